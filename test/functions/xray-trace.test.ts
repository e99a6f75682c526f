import { afterEach, describe, expect, it, vi } from 'vitest';
import { freshBundle } from '../helpers/bundle.ts';
import { lambdaContext, settingsFor } from '../helpers/contexts.ts';
import { apigEvent } from '../helpers/http-events.ts';
import { useLogLines } from './log-lines.ts';

const { vod, lines } = await useLogLines();

afterEach(() => {
  vi.unstubAllEnvs();
});

describe("X-Ray's trace", () => {
  const header = 'Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1';
  const invoke = async (event: unknown) => {
    for (const [name, value] of Object.entries(settingsFor(vod.origin))) vi.stubEnv(name, value);
    await freshBundle('cancel-http').handler(event, lambdaContext());
    return lines().records().at(-1);
  };

  it('is in the line where Lambda names one', async () => {
    vi.stubEnv('_X_AMZN_TRACE_ID', header);
    const line = await invoke(apigEvent());
    expect(line).toMatchObject({ xray_trace_id: '1-5759e988-bd862e3fe1be46a994272793' });
    expect(line).not.toHaveProperty('trace_id');
  });

  it('gives way to a traceparent', async () => {
    vi.stubEnv('_X_AMZN_TRACE_ID', header);
    const traceparent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';
    const line = await invoke(apigEvent({ headers: { traceparent, tracestate: 'a=b' } }));
    expect(line).toMatchObject({ trace_id: '4bf92f3577b34da6a3ce929d0e0e4736' });
    expect(line).not.toHaveProperty('xray_trace_id');
  });

  it.each(['', 'Root=1-5759e988', 'Self=1', `Root=1-5759e988-bd862e3fe1be46a994272793"x`])(
    'is left out where the variable is %j',
    async (value) => {
      vi.stubEnv('_X_AMZN_TRACE_ID', value);
      expect(await invoke(apigEvent())).not.toHaveProperty('xray_trace_id');
    },
  );
});
