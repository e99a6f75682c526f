import { own } from '../json.ts';
import { textOfBase64 } from './base64.ts';
import { delivered, message, type Source } from './source.ts';

const inMessage = (event: unknown): unknown => own(own(event, 'Message'), 'records');

/** Huawei DIS, a stream. */
export const dis: Source = {
  name: 'dis',
  matches: (event) =>
    Array.isArray(inMessage(event)) || (own(event, 'StreamName') !== undefined && own(event, 'Message') !== undefined),
  open: (event) => delivered(inMessage(event)).map((record) => message(textOfBase64(own(record, 'data')))),
};
