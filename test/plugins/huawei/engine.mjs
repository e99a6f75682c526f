#!/usr/bin/env node
// An engine that does nothing but write down how it was called, and a state where its configuration says.
import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';

const [command, ...args] = process.argv.slice(2);
const { ENGINE_LOG, ENGINE_VERSION = '1.11.4', ENGINE_FAILS, ENGINE_WAITS, ENGINE_RELEASE } = process.env;

if (command === 'version') {
  console.log(JSON.stringify({ terraform_version: ENGINE_VERSION }));
  process.exit();
}

const note = (entry) => appendFileSync(ENGINE_LOG, `${JSON.stringify(entry)}\n`);
note({ command, args, cwd: process.cwd() });
console.log(`engine: ${command}`);
console.error(`engine warns: ${command}`);

if (command === ENGINE_FAILS) process.exit(3);

if (command === 'apply') {
  const { terraform } = JSON.parse(readFileSync('terraform.tf.json', 'utf8'));
  writeFileSync(terraform.backend.local.path, '{}');
}

if (command === ENGINE_WAITS) {
  // As Terraform does: the first signal ends it in order, here as soon as the test allows it. A second one ends it at once.
  let signals = 0;
  const alive = setInterval(() => {
    if (signals === 0 || !existsSync(ENGINE_RELEASE)) return;
    clearInterval(alive);
    note({ ended: 'in order' });
    process.exitCode = 1;
  }, 100);
  for (const signal of ['SIGINT', 'SIGTERM'])
    process.on(signal, () => {
      signals += 1;
      note({ signal });
      if (signals > 1) process.exit(9);
    });
  console.log('engine: waiting');
}
