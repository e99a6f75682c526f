import * as v from 'valibot';
import { parseJson } from '../../lib/json.ts';
import { type GatewayRequest, splitTarget } from '../gateway/event.ts';
import { type HttpAnswer, json, problem } from '../gateway/problem.ts';
import { newRequestId } from '../request-id.ts';
import type { Change } from '../vod/assets.ts';
import { FAULTS, type FaultName } from '../vod/faults.ts';
import type { VodStandIn } from '../vod/stand-in.ts';

/** One hour. Longer waits are endless, which is `null`. */
const MAX_SECONDS = 3_600;

const AssetId = v.pipe(v.string(), v.regex(/^[0-9a-f]{32}$/));

/** An action of the page on the stand-in. */
type Action = (standIn: VodStandIn, body: unknown) => HttpAnswer;

/** Checks a body before the action. An error names the member, never its value. */
function action<Schema extends v.GenericSchema>(
  schema: Schema,
  act: (standIn: VodStandIn, body: v.InferOutput<Schema>) => HttpAnswer,
): Action {
  return (standIn, body) => {
    const { success, output, issues } = v.safeParse(schema, body);
    if (success) return act(standIn, output);
    const names = issues.map((issue) => v.getDotPath(issue) ?? 'the body');
    return problem(422, `These members are malformed: ${[...new Set(names)].join(', ')}.`);
  };
}

const NOT_QUEUED: Readonly<Record<Exclude<Change, 'done'>, HttpAnswer>> = {
  refused: problem(409, 'A transcode already waits or runs, or the upload is not complete.'),
  unknown: problem(404, 'There is no such asset.'),
};

const EXISTS = problem(409, 'An asset with this id already exists; queue its transcode in its row.');

/** A new asset with its transcode queued. */
const addAsset = action(
  v.strictObject({
    asset_id: v.optional(AssetId, newRequestId),
    wait_seconds: v.nullable(v.pipe(v.number(), v.minValue(0), v.maxValue(MAX_SECONDS))),
  }),
  ({ assets }, { asset_id, wait_seconds }) => {
    if (assets.get(asset_id) !== undefined) return EXISTS;
    const waitMs = wait_seconds === null ? Number.POSITIVE_INFINITY : wait_seconds * 1_000;
    assets.put(asset_id, { transcodeStatus: 'WAITING_TRANSCODE', waitMs, transcodeMs: 30_000 });
    return json(201, { asset_id });
  },
);

/** Queues the transcode of an asset again. */
const queue = action(v.strictObject({ asset_id: AssetId }), ({ assets }, { asset_id }) => {
  const change = assets.queue(asset_id);
  return change === 'done' ? json(200, { asset_id }) : NOT_QUEUED[change];
});

/** Injects a fault for the next calls. */
const addFault = action(
  v.strictObject({
    name: v.picklist(Object.keys(FAULTS) as FaultName[]),
    times: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(100)),
    on: v.optional(v.picklist(['cancel', 'list', 'any'])),
  }),
  (standIn, { name, times, on }) => {
    standIn.inject(name, { times, ...(on !== undefined && { on }) });
    return json(201, { name, times });
  },
);

const clearFaults = action(v.strictObject({}), (standIn) => {
  standIn.clearFaults();
  return json(200, {});
});

/** The actions by path. */
const ACTIONS: ReadonlyMap<string, Action> = new Map([
  ['/console/assets', addAsset],
  ['/console/queue', queue],
  ['/console/faults', addFault],
  ['/console/faults/clear', clearFaults],
]);

/**
 * Runs the action of a path. It takes only JSON, which a page of another site cannot send without a preflight (CORS).
 *
 * @param standIn - undefined if the functions call the real VOD, which no action changes
 * @returns undefined if no action has this path
 */
export function act(
  { target, headers, body }: GatewayRequest,
  standIn: VodStandIn | undefined,
): HttpAnswer | undefined {
  const action = ACTIONS.get(splitTarget(target).path);
  if (action === undefined) return undefined;
  if (!/^application\/json(?:;|$)/i.test(String(headers['content-type']))) {
    return problem(415, 'The body must be application/json.');
  }
  if (standIn === undefined) return problem(409, 'This is the real VOD. The console cannot change it.');
  return action(standIn, parseJson(body.toString('utf8')));
}
