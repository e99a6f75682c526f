import { own } from '../json.ts';
import { textOfBase64 } from './base64.ts';
import { list, message, type Source } from './source.ts';

const inMessage = (event: unknown): unknown => own(own(event, 'Message'), 'records');

/** Huawei DIS, a stream. */
export const dis: Source = {
  name: 'dis',
  matches: (event) =>
    Array.isArray(inMessage(event)) || (inMessage(event) === null && own(event, 'StreamName') !== undefined),
  open: (event) => list(inMessage(event)).map((record) => message(textOfBase64(own(record, 'data')))),
};
