import { own } from '../json.ts';
import { fromStream } from './encoded.ts';
import { delivered, each, type Source } from './source.ts';

const inMessage = (event: unknown): unknown => own(own(event, 'Message'), 'records');

/** Huawei DIS, a stream. */
export const dis: Source = {
  name: 'dis',
  matches: (event) =>
    Array.isArray(inMessage(event)) || (own(event, 'StreamName') !== undefined && own(event, 'Message') !== undefined),
  open: (event) => each(delivered(inMessage(event)), (record) => fromStream(own(record, 'data'))),
};
