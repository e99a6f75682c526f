import { isUtf8 } from 'node:buffer';
import { decodeBase64 } from '../../base64.ts';
import { failed } from '../items.ts';
import { looksLikeJson } from '../text.ts';
import { type Delivery, ended, message } from './source.ts';

/** Begins an aggregate of the Kinesis Producer Library: many records in one, as protobuf (its file aggregation-format.md). */
const AGGREGATE = Buffer.from([0xf3, 0x89, 0x9a, 0xc2]);

/** What a schema registry's serialiser puts before the JSON, by its first bytes. */
const FRAMES = [
  // Confluent: 0x00, then the id of the schema in 4 bytes.
  { begins: '\0', length: 5 },
  // AWS Glue: 0x03, 0x00 for "not compressed", then the UUID of the schema's version.
  { begins: '\u0003\0', length: 18 },
] as const;

/** A message in base64. What is no string is handed on as it is: an absent message has a result of its own. */
export function fromBase64(value: unknown): Delivery {
  if (typeof value !== 'string') return message(value);
  return fromBytes(decodeBase64(value));
}

/** A record of a stream (Kafka, Kinesis, DIS) in base64, which may have a frame before its JSON. */
export function fromStream(value: unknown): Delivery {
  if (typeof value !== 'string') return message(value);
  const bytes = decodeBase64(value);
  if (bytes?.subarray(0, AGGREGATE.length).equals(AGGREGATE)) return ended(failed('aggregate'));
  // One byte, one letter: the bytes of a frame need not be UTF-8.
  return fromBytes(bytes?.subarray(frameLength(bytes.toString('latin1'))));
}

/**
 * A record of a stream whose bytes somebody has decoded to text. Where a byte of the frame was none of ASCII it is lost,
 * and with it how many bytes there were.
 */
export function fromStreamText(value: unknown): Delivery {
  if (typeof value !== 'string') return message(value);
  const frame = value.slice(0, frameLength(value));
  return message(Buffer.byteLength(frame) === frame.length ? value.slice(frame.length) : value);
}

function fromBytes(bytes: Buffer | undefined): Delivery {
  return bytes !== undefined && isUtf8(bytes) ? message(bytes.toString()) : ended(failed('wrong_type'));
}

/** A frame counts only before JSON: NUL alone may just as well stand before a bare id. */
function frameLength(text: string): number {
  return FRAMES.find(({ begins, length }) => text.startsWith(begins) && looksLikeJson(text.slice(length)))?.length ?? 0;
}
