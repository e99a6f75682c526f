import { afterEach, describe, expect, it, vi } from 'vitest';
import { createLog, LOG_LEVELS, logWritten } from '../../../lib/log/log.ts';

const LEVELS = ['debug', 'info', 'warn', 'error'] as const;

function captured(): string[] {
  const lines: string[] = [];
  vi.spyOn(process.stdout, 'write').mockImplementation((line) => lines.push(String(line)) > 0);
  return lines;
}

afterEach(() => {
  vi.useRealTimers();
});

describe.each(LOG_LEVELS)('a log of the level %s', (threshold) => {
  it('writes the lines of that level and above', () => {
    const lines = captured();
    const log = createLog(threshold);
    for (const level of LEVELS) log(level, { message: level });
    const written = LEVELS.slice(LOG_LEVELS.indexOf(threshold));
    expect(lines.map((line) => JSON.parse(line).message)).toEqual(written);
    expect(log.isDebug).toBe(threshold === 'debug');
  });
});

it('a line is one write of one JSON object, with level, time and message first', () => {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.parse('2026-03-01T12:00:00.007Z') });
  const lines = captured();
  createLog('info')('warn', { message: 'm', gone: undefined, members: { a: 1 } });
  expect(lines).toEqual(['{"level":"WARN","timestamp":"2026-03-01T12:00:00.007Z","message":"m","members":{"a":1}}\n']);
});

it('a write that fails, or fields that are no JSON, do not end the invocation', () => {
  const write = vi.spyOn(process.stdout, 'write').mockImplementation(() => {
    throw new Error('closed');
  });
  const circle: Record<string, unknown> = {};
  circle['self'] = circle;
  createLog('info')('info', { message: 'm' });
  createLog('info')('info', { message: 'm', circle });
  expect(write).toHaveBeenCalledTimes(1);
});

it('an output that breaks later does not end the process, and gets one listener', () => {
  captured();
  process.stdout.removeAllListeners('error');
  const log = createLog('info');
  log('info', { message: 'm' });
  log('info', { message: 'm' });
  expect(process.stdout.listenerCount('error')).toBe(1);
  expect(() => process.stdout.emit('error', new Error('EPIPE'))).not.toThrow();
});

describe('the wait for the lines', () => {
  const withWaiting = (length: number) => vi.spyOn(process.stdout, 'writableLength', 'get').mockReturnValue(length);

  it('is over at once if none is waiting', async () => {
    withWaiting(0);
    const write = vi.spyOn(process.stdout, 'write');
    await logWritten(60_000);
    expect(write).not.toHaveBeenCalled();
  });

  /** Node's own `write`. A host, and a spy of another file in this worker, replaces the one of the stream. */
  const ownWrite = () => {
    Reflect.deleteProperty(process.stdout, 'write');
    return vi.spyOn(Object.getPrototypeOf(process.stdout) as typeof process.stdout, 'write');
  };

  it('is over at once if a host has replaced the write, and writes nothing there', async () => {
    withWaiting(1);
    const write = vi.spyOn(process.stdout, 'write').mockReturnValue(false);
    await logWritten(60_000);
    expect(write).not.toHaveBeenCalled();
  });

  it('is over when they are out', async () => {
    withWaiting(1);
    vi.useFakeTimers();
    ownWrite().mockImplementation((_, ...rest: unknown[]) => {
      const done = rest.at(-1);
      if (typeof done === 'function') done();
      return true;
    });
    await logWritten(60_000);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('ends after its limit if the output is not read', async () => {
    withWaiting(1);
    vi.useFakeTimers();
    ownWrite().mockReturnValue(false);
    const written = logWritten(500);
    await vi.advanceTimersByTimeAsync(499);
    expect(vi.getTimerCount()).toBe(1);
    await vi.advanceTimersByTimeAsync(1);
    await written;
    expect(vi.getTimerCount()).toBe(0);
  });
});
