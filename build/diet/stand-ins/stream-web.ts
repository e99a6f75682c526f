/** Nothing is an instance of it, as nothing here streams a response. */
export class ReadableStream {}
