import { type ClientRequest, request } from 'node:http';

export interface StreamMessage {
  readonly name: string;
  readonly data: unknown;
}

/** A page's end of the stream. */
export interface StreamClient {
  /** Every byte received, as text. */
  readonly text: () => string;
  readonly messages: () => readonly StreamMessage[];
  /** The data of all messages of one name. */
  readonly all: (name: string) => readonly Record<string, unknown>[];
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly ended: Promise<void>;
  readonly close: () => void;
}

function parse(text: string): StreamMessage[] {
  return text.split('\n\n').flatMap((block) => {
    const [, name, data] = /^event: (.+)\ndata: (.+)$/.exec(block) ?? [];
    return name === undefined || data === undefined ? [] : [{ name, data: JSON.parse(data) as unknown }];
  });
}

/** Connects as a page does; resolves with the head of the answer. */
export function openStream(origin: string): Promise<StreamClient> {
  return new Promise((resolve, reject) => {
    let text = '';
    const outgoing: ClientRequest = request(`${origin}/console/stream`, { agent: false }, (incoming) => {
      incoming.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk;
      });
      const ended = new Promise<void>((over) => incoming.on('close', over));
      const messages = (): StreamMessage[] => parse(text);
      resolve({
        text: () => text,
        messages,
        all: (name) =>
          messages()
            .filter((message) => message.name === name)
            .map(({ data }) => data as Record<string, unknown>),
        headers: incoming.headers,
        ended,
        close: () => outgoing.destroy(),
      });
      incoming.on('error', () => undefined);
    });
    outgoing.on('error', reject);
    outgoing.end();
  });
}
