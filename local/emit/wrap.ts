import { awsWrappings } from './wrap-aws.ts';
import { huaweiWrappings } from './wrap-huawei.ts';
import { listWrappings } from './wrap-lists.ts';
import type { Wrapping } from './wrapping.ts';

/**
 * How each source wraps a message, by the name that the function logs as `trigger`. Other layouts of a source have
 * names of their own.
 *
 * @example
 * WRAPPINGS.sqs.wrap(JSON.stringify(WRAPPINGS.cloudevents.wrap('{"asset_id":"850883081a2e7255715ef81ae7c34338"}')))
 */
export const WRAPPINGS = { ...huaweiWrappings, ...awsWrappings, ...listWrappings } as const satisfies Record<
  string,
  Wrapping
>;

export type WrappingName = keyof typeof WRAPPINGS;

/** Whether a source has this name. */
export function isWrappingName(name: string): name is WrappingName {
  return Object.hasOwn(WRAPPINGS, name);
}
