import { isUtf8 } from 'node:buffer';
import { decodeBase64 } from '../../base64.ts';
import { failed } from '../items.ts';
import { beginsLikeJson } from '../text.ts';
import { type Delivery, known, message } from './source.ts';

/**
 * The first bytes of an aggregate of the Kinesis Producer Library: many records in one (its file
 * aggregation-format.md).
 */
const AGGREGATE = Buffer.from([0xf3, 0x89, 0x9a, 0xc2]);

/** The frames that serialisers of schema registries put before the JSON. */
const FRAMES = [
  // Confluent: 0x00, then the id of the schema in 4 bytes.
  { begins: '\0', length: 5 },
  // AWS Glue: 0x03, 0x00 for "not compressed", then the UUID of the schema's version.
  { begins: '\u0003\0', length: 18 },
] as const;

/** Reads a message in base64. A value that is not a string is passed on: a missing message has its own error. */
export function fromBase64(value: unknown): Delivery {
  if (typeof value !== 'string') return message(value);
  return fromBytes(decodeBase64(value));
}

/** Reads a record of a stream (Kafka, Kinesis, DIS) in base64. A frame may come before its JSON. */
export function fromStream(value: unknown): Delivery {
  if (typeof value !== 'string') return message(value);
  const bytes = decodeBase64(value);
  if (bytes?.subarray(0, AGGREGATE.length).equals(AGGREGATE)) return known(failed('aggregate'));
  // In latin1 one byte is one character. The bytes of a frame may not be UTF-8.
  return fromBytes(bytes?.subarray(frameLength(bytes.toString('latin1'))));
}

/**
 * Reads a record of a stream whose bytes were decoded to text. A byte of the frame that is not ASCII is lost, so the
 * length of the frame is unknown then.
 */
export function fromStreamText(value: unknown): Delivery {
  if (typeof value !== 'string') return message(value);
  const frame = value.slice(0, frameLength(value));
  return message(Buffer.byteLength(frame) === frame.length ? value.slice(frame.length) : value);
}

function fromBytes(bytes: Buffer | undefined): Delivery {
  return bytes !== undefined && isUtf8(bytes) ? message(bytes.toString()) : known(failed('wrong_type'));
}

/** A frame counts only before JSON, because a bare id may also begin with NUL. */
function frameLength(text: string): number {
  return (
    FRAMES.find(({ begins, length }) => text.startsWith(begins) && beginsLikeJson(text.slice(length)))?.length ?? 0
  );
}
