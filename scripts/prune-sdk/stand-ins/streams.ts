/** What middy imports from Node for streamed responses. The functions stream none, so this code never runs. */
function leftOut(): never {
  throw new Error('streamed responses are left out of this bundle: see scripts/prune-sdk/table.ts');
}

export class ReadableStream {}
export const Readable = { from: leftOut };
export const pipeline = leftOut;
