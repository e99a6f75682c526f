// Child process of the signature tests: signs the calls read from stdin at the given times, with the given bundle.
// argv: path of the bundle. stdin: JSON [{ call, time }]. Writes what was sent to file descriptor 3, so that anything on
// stdout or stderr is something the bundle printed.
const { readFileSync, writeSync } = require('node:fs');

const RealDate = Date;
let now = 0;
globalThis.Date = class extends RealDate {
  constructor(...parts) {
    super(...(parts.length > 0 ? parts : [now]));
  }
  static now() {
    return now;
  }
};

async function main() {
  const { handler } = require(process.argv[2]);
  const sent = [];
  for (const { call, time } of JSON.parse(readFileSync(0, 'utf8'))) {
    now = time;
    sent.push(await handler(call));
  }
  writeSync(3, JSON.stringify(sent));
}

void main();
