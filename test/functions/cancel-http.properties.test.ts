import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { startVodStandIn, type VodStandIn } from '../../local/vod/stand-in.ts';
import { type Bundle, freshBundle } from '../helpers/bundle.ts';
import { captureConsole } from '../helpers/console-lines.ts';
import { ASSET_ID, functionGraphContext, KEY, PROJECT_ID, settingsFor } from '../helpers/contexts.ts';
import { GATEWAY_EVENTS, GATEWAY_NAMES } from '../helpers/http-events.ts';
import { runs } from '../helpers/properties.ts';
import { useVirtualTime } from '../helpers/virtual-time.ts';

useVirtualTime();

let vod: VodStandIn;
let bundle: Bundle;

beforeAll(async () => {
  vod = await startVodStandIn({
    accounts: [{ ak: KEY.ak, sk: KEY.sk, projectId: PROJECT_ID }],
    callsPerMinute: 1_000_000,
  });
  bundle = freshBundle('cancel-http');
});

afterAll(() => vod.close());

beforeEach(() => {
  captureConsole();
  vod.resetCalls();
  vod.assets.put(ASSET_ID, { transcodeStatus: 'WAITING_TRANSCODE' });
});

afterEach(() => {
  vi.restoreAllMocks();
});

const context = () => functionGraphContext({ settings: settingsFor(vod.origin, { VOD_CALLS_PER_MINUTE: '1000000' }) });

async function expectWellFormed(event: unknown): Promise<void> {
  const response = await bundle.handler(event, context());
  expect(response).toMatchObject({ statusCode: expect.any(Number), body: expect.any(String), isBase64Encoded: false });
  const { statusCode, body, headers, multiValueHeaders } = response as Record<string, unknown>;
  expect(Number.isInteger(statusCode) && Number(statusCode) >= 200 && Number(statusCode) < 600).toBe(true);
  expect((headers === undefined) !== (multiValueHeaders === undefined)).toBe(true);
  expect(JSON.parse(String(body))).toMatchObject({ outcome: expect.any(String), attempts: expect.any(Number) });
  for (const { assetId } of vod.calls) expect(assetId).toMatch(/^[0-9a-f]{32}$/);
}

it('whatever the event, the response is well formed', async () => {
  await fc.assert(
    fc.asyncProperty(fc.oneof(fc.jsonValue(), fc.anything({ withDate: true, withMap: true })), expectWellFormed),
    { numRuns: runs(100) },
  );
});

/** Ids that are nearly right are the interesting ones. */
const anyId = fc.oneof(
  fc.constant(ASSET_ID),
  fc.string({
    unit: fc.constantFrom(...Array.from('0123456789abcdefABCDEFg,-\r\n\u0000 ')),
    minLength: 30,
    maxLength: 34,
  }),
  fc.string({ unit: 'binary' }),
  fc.constantFrom('__proto__', 'constructor', `${ASSET_ID}\n`, ` ${ASSET_ID}`, `${ASSET_ID},${ASSET_ID}`),
);

const anyParts = fc.record({
  method: fc.oneof(fc.constantFrom('DELETE', 'POST', 'delete', 'GET'), fc.string()),
  path: fc.option(fc.dictionary(fc.constantFrom('asset_id', '__proto__', 'id'), anyId)),
  query: fc.option(fc.dictionary(fc.constantFrom('asset_id', 'constructor', 'x'), fc.oneof(anyId, fc.array(anyId)))),
  headers: fc.option(fc.dictionary(fc.string(), fc.oneof(fc.string(), fc.array(fc.string())))),
  body: fc.option(
    fc.oneof(
      fc.json(),
      fc.string(),
      anyId.map((id) => JSON.stringify({ asset_id: id })),
      fc.jsonValue(),
    ),
  ),
  base64: fc.boolean(),
});

/** A request that is right, so that the property is not about refusals alone. */
const RIGHT_PARTS = {
  method: 'DELETE',
  path: { asset_id: ASSET_ID },
  query: null,
  headers: null,
  body: null,
  base64: false,
};

it.each(GATEWAY_NAMES)('whatever comes through %s, VOD is called only with an id that meets the rule', async (name) => {
  await fc.assert(
    fc.asyncProperty(anyParts, async (parts) => {
      // A lone surrogate has no percent-encoding, so no gateway could have passed it on.
      fc.pre(!/\\ud[89a-f]/i.test(JSON.stringify(parts)));
      await expectWellFormed(GATEWAY_EVENTS[name](parts));
    }),
    { numRuns: runs(40), examples: [[RIGHT_PARTS]] },
  );
  expect(vod.calls.length).toBeGreaterThan(0);
});
