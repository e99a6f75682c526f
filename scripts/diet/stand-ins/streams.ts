/** What middy asks of Node for responses that are streamed. Nothing here streams one, so none of it is ever reached. */
function leftOut(): never {
  throw new Error('streamed responses are left out of this bundle: see scripts/diet/table.ts');
}

export class ReadableStream {}
export const Readable = { from: leftOut };
export const pipeline = leftOut;
