import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';

const PAGE = readFileSync(new URL('../../docs/events.md', import.meta.url), 'utf8');
const [, LOOP = ''] = /```sh\n(while [\s\S]*?)```/.exec(PAGE) ?? [];

const BODIES = ['{"detail":{"asset_id":"1"}}', '{"detail":{"note":"a \\"quoted\\" $HOME"}}'];

/** Stands for the AWS CLI, with a queue in a file. Without a message it prints `null`, as the CLI does with this query. */
const AWS = `#!${process.execPath}
const { appendFileSync, readFileSync, writeFileSync } = require('node:fs');
const [, name, ...args] = process.argv.slice(2);
const value = (option) => args[args.indexOf(option) + 1];
const bodies = JSON.parse(readFileSync('queue.json', 'utf8'));
if (name === 'receive-message') {
  const message = bodies.length === 0 ? null : { Body: bodies[0], ReceiptHandle: 'receipt ' + bodies[0] };
  console.log(JSON.stringify(message));
} else if (name === 'send-message') {
  if (process.env.REFUSES) process.exit(254);
  appendFileSync('sent.txt', value('--message-body') + '\\n');
} else if (name === 'delete-message' && value('--receipt-handle') === 'receipt ' + bodies[0]) {
  writeFileSync('queue.json', JSON.stringify(bodies.slice(1)));
}
`;

/** Runs the loop of the page in a folder of its own. */
function replay(env: Readonly<Record<string, string>> = {}) {
  const cwd = mkdtempSync(join(tmpdir(), 'replay-'));
  onTestFinished(() => rmSync(cwd, { recursive: true, force: true }));
  writeFileSync(join(cwd, 'aws'), AWS, { mode: 0o755 });
  writeFileSync(join(cwd, 'queue.json'), JSON.stringify(BODIES));
  writeFileSync(join(cwd, 'sent.txt'), '');
  const PATH = `${cwd}${delimiter}${process.env['PATH']}`;
  spawnSync('bash', ['-c', LOOP], {
    cwd,
    env: { QUEUE_URL: 'q', UNDELIVERED_URL: 'u', ...env, PATH },
    timeout: 120_000,
  });
  const read = (name: string): string => readFileSync(join(cwd, name), 'utf8');
  return { sent: read('sent.txt').split('\n').slice(0, -1), left: JSON.parse(read('queue.json')) as string[] };
}

const hasJq = spawnSync('jq', ['--version']).status === 0;

it.runIf(hasJq)('the loop of docs/events.md moves each event, and sends nothing for an empty queue', () => {
  expect(replay()).toEqual({ sent: BODIES, left: [] });
});

it.runIf(hasJq)('the loop of docs/events.md keeps an event that could not be sent', () => {
  expect(replay({ REFUSES: '1' })).toEqual({ sent: [], left: BODIES });
});
