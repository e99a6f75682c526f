import crypto from 'node:crypto';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { FUNCTIONS } from '../../scripts/functions.ts';
import { freshBundle } from '../helpers/bundle.ts';
import { captureConsole } from '../helpers/console-lines.ts';
import { functionGraphContext, settingsFor } from '../helpers/contexts.ts';

afterEach(() => {
  vi.restoreAllMocks();
});

describe.each(FUNCTIONS)('the initializer of %s', (name) => {
  const initialise = (context: unknown): Promise<unknown[]> =>
    new Promise((resolve) => freshBundle(name).initializer?.(context, (...args: unknown[]) => resolve(args)));

  it('has exactly two declared parameters, as the runtime demands', () => {
    expect(freshBundle(name).initializer).toHaveLength(2);
  });

  it('signs once, so that the first cancel finds it done', async () => {
    const createHmac = vi.spyOn(crypto, 'createHmac');
    await initialise(functionGraphContext({ settings: settingsFor('http://127.0.0.1:9') }));
    expect(createHmac).toHaveBeenCalledOnce();
  });

  it.each([
    ['a good context', functionGraphContext({ settings: settingsFor('http://127.0.0.1:9') })],
    ['a wrong setting', functionGraphContext({ settings: { VOD_MAX_ATTEMPTS: 'x' } })],
    ['no context', undefined],
  ])('ends in callback(null) with %s, and prints nothing', async (_name, context) => {
    const lines = captureConsole();
    expect(await initialise(context)).toEqual([null]);
    expect(lines.text()).toBe('');
  });
});
