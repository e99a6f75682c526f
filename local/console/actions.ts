import * as v from 'valibot';
import { type HttpAnswer, json, problem } from '../gateway/problem.ts';
import { newRequestId } from '../request-id.ts';
import type { Change } from '../vod/assets.ts';
import { FAULTS, type FaultName } from '../vod/faults.ts';
import type { VodStandIn } from '../vod/stand-in.ts';

/** One hour. Longer waits are endless, which is `null`. */
const MAX_SECONDS = 3_600;

const Seconds = v.pipe(v.number(), v.minValue(0), v.maxValue(MAX_SECONDS));

const AssetId = v.pipe(v.string(), v.regex(/^[0-9a-f]{32}$/));

export const FAULT_NAMES = Object.keys(FAULTS) as readonly FaultName[];

const isFaultName = (name: string): name is FaultName => Object.hasOwn(FAULTS, name);

/** An action of the page on the stand-in. */
export type Action = (standIn: VodStandIn, body: unknown) => HttpAnswer;

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
    wait_seconds: v.optional(v.nullable(Seconds), null),
    transcode_seconds: v.optional(Seconds, 30),
  }),
  ({ assets }, { asset_id, wait_seconds, transcode_seconds }) => {
    if (assets.get(asset_id) !== undefined) return EXISTS;
    const waitMs = wait_seconds === null ? Number.POSITIVE_INFINITY : wait_seconds * 1_000;
    assets.put(asset_id, { transcodeStatus: 'WAITING_TRANSCODE', waitMs, transcodeMs: transcode_seconds * 1_000 });
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
    name: v.pipe(v.string(), v.guard(isFaultName)),
    times: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(100)), 1),
    on: v.optional(v.picklist(['cancel', 'list', 'queue', 'any'])),
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

/** The actions by path. All are POST requests. */
export const ACTIONS: ReadonlyMap<string, Action> = new Map([
  ['/console/assets', addAsset],
  ['/console/queue', queue],
  ['/console/faults', addFault],
  ['/console/faults/clear', clearFaults],
]);
