import { writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { deploy } from '../../../plugins/functiongraph/commands/deploy.mjs';
import { info } from '../../../plugins/functiongraph/commands/info.mjs';
import { invoke } from '../../../plugins/functiongraph/commands/invoke.mjs';
import { invokeLocal } from '../../../plugins/functiongraph/commands/invoke-local.mjs';
import { logs, startTime } from '../../../plugins/functiongraph/commands/logs.mjs';
import { remove } from '../../../plugins/functiongraph/commands/remove.mjs';
import type { Host } from '../../../plugins/functiongraph/types.ts';
import { CREDENTIALS, Service } from './helpers/cli.ts';
import { type Harness, harness, packaged, readSample, type Sample } from './helpers/host.ts';
import { StandIn } from './helpers/stand-in.ts';

describe('commands', () => {
  const standIn = new StandIn();
  let service: Service;
  let sample: Sample;

  const run = async (
    command: (host: Host) => Promise<void>,
    options: Host['options'],
    config: Sample = sample,
  ): Promise<Harness> => {
    const made = harness(service, config, options);
    await command(made.host);
    return made;
  };

  beforeAll(async () => {
    service = await Service.create({ ...CREDENTIALS, SAMPLE_ENDPOINT: await standIn.start() });
    sample = await readSample(service);
    await packaged(deploy, service, sample);
  });

  beforeEach(() => {
    standIn.calls.length = 0;
  });

  afterAll(async () => {
    await standIn.stop();
    await service.remove();
  });

  describe('invoke', () => {
    it('fails when the function failed, after its result and, with --log, its log', async () => {
      const made = harness(service, sample, { function: 'web', data: '{"fail":true}', log: true });
      await expect(invoke(made.host)).rejects.toThrow('The function failed (request sync-request)');
      expect(made.printed).toEqual(['{"errorType":"TypeError"}']);
      expect(made.noticed).toEqual(['last lines']);
    });

    it('hands an event over with --type Event', async () => {
      await writeFile(service.path('event.json'), '{"from":"a file"}');
      const { printed } = await run(invoke, { function: 'events', path: 'event.json', type: 'Event' });
      expect(printed).toEqual(['{"request_id":"async-request"}']);
      expect(standIn.platform.lastEvent).toEqual({ from: 'a file' });
    });

    it.each<[Host['options'], string]>([
      [{ function: 'nope' }, 'There is no function "nope"'],
      [{ function: 'constructor' }, 'There is no function "constructor"'],
      [{ function: 'web', data: 'text' }, 'The event is not JSON'],
      [{ function: 'web', data: '[1]' }, 'The event must be a JSON object'],
      [{ function: 'web', path: 'missing.json' }, 'Cannot read missing.json'],
      [{ function: 'web', type: 'Sync' }, '--type is RequestResponse or Event'],
    ])('refuses %o', async (options, message) => {
      await expect(run(invoke, options)).rejects.toThrow(message);
      expect(standIn.take({ reads: true })).toEqual([]);
    });
  });

  describe('invoke local', () => {
    const withHandler = async (code: string, change: Partial<Sample['functions'][string]> = {}): Promise<Harness> => {
      const name = `bundles/case-${crypto.randomUUID()}`;
      await writeFile(service.path(`${name.slice(8)}.js`), code);
      const fn = { ...(sample.functions['events'] as Sample['functions'][string]), bundle: '.', ...change };
      const handler = `${name.slice(8)}.handler`;
      const config = { ...sample, custom: {}, functions: { local: { ...fn, handler } } };
      return run(invokeLocal, { function: 'local', data: '{}' }, config);
    };

    it.each([
      ['one parameter', 'exports.handler = async (event) => event'],
      ['a default parameter', 'exports.handler = async (event, context = {}) => event'],
      ['no function', 'exports.handler = 1'],
      ['another name', 'exports.other = async (event, context) => event'],
    ])('refuses a handler with %s, as the runtime does', async (_what, code) => {
      await expect(withHandler(code)).rejects.toThrow('must be a function of 2 or 3 declared parameters');
    });

    it('takes callback(null, result) for success and callback() for failure, as the runtime does', async () => {
      expect((await withHandler('exports.handler = (e, c, done) => done(null, "fine")')).printed).toEqual(['fine']);
      await expect(withHandler('exports.handler = (e, c, done) => done()')).rejects.toThrow('The function failed');
    });

    it('gives up when the function’s time is over', async () => {
      const never = 'exports.handler = (event, context, done) => {}';
      await expect(withHandler(never, { timeout: 0.05 })).rejects.toThrow('Time out after 0.05 s');
    });

    it('tells why a bundle cannot be loaded', async () => {
      await expect(withHandler('require("not-bundled")')).rejects.toThrow(/Cannot load .*not-bundled/);
    });

    it('gives no credential where there is no agency', async () => {
      const { printed } = await withHandler(
        'exports.handler = async (e, c) => [c.getSecurityAccessKey(), c.getSecuritySecretKey(), c.getSecurityToken(), c.getUserData("NONE") === undefined]',
      );
      expect(JSON.parse(printed[0] ?? '')).toEqual(['', '', '', true]);
    });
  });

  describe('logs', () => {
    it.each([
      ['10m', 1_000_000 - 600_000],
      ['2h', 1_000_000 - 7_200_000],
      ['1970-01-01T00:00:01Z', 1000],
    ])('takes a start of %s', (text, expected) => {
      expect(startTime(text, 1_000_000)).toBe(expected);
    });

    it('refuses any other start', () => {
      expect(() => startTime('soon', 0)).toThrow('--startTime is a time span such as 10m, or a date');
    });

    it('goes on with --tail until something stops it, and prints no line twice', async () => {
      standIn.platform.logLines.push('one', 'two');
      const { host, printed } = harness(service, sample, { function: 'web', tail: true, interval: '1' });
      const print = (line: string): void => {
        printed.push(line);
        if (line === 'one') standIn.platform.logLines.push('three');
        if (line === 'three')
          standIn.failures.set('POST logs', { status: 503, body: { error_code: 'LTS.0503', error_msg: 'Busy' } });
      };
      await expect(logs({ ...host, print })).rejects.toThrow('LTS.0503: Busy');
      expect(printed).toEqual(['one', 'two', 'three']);
      standIn.platform.logLines.length = 0;
    });

    it('refuses an interval that is none', async () => {
      await expect(run(logs, { function: 'web', interval: 'often' })).rejects.toThrow('--interval is a number');
    });

    it('asks LTS for the time and the words wanted, through a signed call', async () => {
      standIn.platform.logLines.push('a line');
      const { printed } = await run(logs, { function: 'web', startTime: '2026-01-01T00:00:00Z', filter: 'error' });
      expect(printed).toEqual(['a line']);
      expect(standIn.calls.map(({ call }) => call)).toEqual(['GET web lts-log-detail', 'POST logs']);
      expect(standIn.calls[1]?.body).toMatchObject({ start_time: '1767225600000', keywords: 'error', is_desc: false });
    });
  });

  describe('remove', () => {
    it('says where an EventGrid subscription may be left, and goes on where a trigger is gone already', async () => {
      standIn.failures.set('DELETE web trigger APIG', {
        status: 404,
        body: { error_code: 'FSS.1112', error_msg: 'No such trigger' },
      });
      const { noticed } = await run(remove, {});
      expect(noticed).toContainEqual(expect.stringMatching(/EventGrid may keep its subscription [0-9a-f-]{36}/));
      expect(standIn.platform.functions.size).toBe(0);
      expect((await run(info, {})).printed).toEqual(['web: not deployed', 'events: not deployed']);
    });
  });
});
