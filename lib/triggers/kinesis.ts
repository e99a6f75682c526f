import { own } from '../json.ts';
import { textOfBase64 } from './base64.ts';
import { list, message, type Source } from './source.ts';

const records = (event: unknown): readonly unknown[] => list(own(event, 'Records'));

/** AWS Kinesis Data Streams. */
export const kinesis: Source = {
  name: 'kinesis',
  matches: (event) => records(event).some((record) => own(record, 'kinesis') !== undefined),
  open: (event) => records(event).map((record) => message(textOfBase64(own(own(record, 'kinesis'), 'data')))),
};
