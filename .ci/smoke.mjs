// Runs `npm start` as a person would, sends the README's request to the URL it prints, and stops it.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';

const LIMIT_MS = 60_000;

const readme = await readFile(new URL('../README.md', import.meta.url), 'utf8');
const path = /http:\/\/127\.0\.0\.1:8080(\/assets\/\S+)/.exec(readme)?.[1];
if (path === undefined) throw new Error('the README shows no request');

// In a process group of its own: npm starts a shell and a program, and all of them must end.
const npm = spawn('npm', ['start'], {
  env: { ...process.env, PORT: '0' },
  stdio: ['ignore', 'pipe', 'inherit'],
  detached: true,
});
const exited = once(npm, 'exit');
const timer = setTimeout(kill, LIMIT_MS);

function kill() {
  try {
    process.kill(-npm.pid, 'SIGKILL');
  } catch (error) {
    // The group has already ended.
    if (error.code !== 'ESRCH') throw error;
  }
}

try {
  let origin;
  for await (const line of createInterface({ input: npm.stdout })) {
    console.log(line);
    origin = /http:\/\/127\.0\.0\.1:\d+/.exec(line)?.[0];
    if (origin) break;
  }
  if (origin === undefined) throw new Error('npm start printed no URL');
  npm.stdout.resume();

  const response = await fetch(new URL(path, origin), { method: 'DELETE' });
  const result = await response.json();
  console.log(response.status, JSON.stringify(result));
  if (response.status !== 200 || result.outcome !== 'cancelled') throw new Error("the README's request did not cancel");

  npm.kill('SIGTERM');
  const [status] = await exited;
  if (status !== 0) throw new Error(`npm start ended with ${status} on SIGTERM`);
} finally {
  clearTimeout(timer);
  kill();
}
