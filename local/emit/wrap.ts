import { awsWrappings } from './wrap-aws.ts';
import { huaweiWrappings } from './wrap-huawei.ts';
import { listWrappings } from './wrap-lists.ts';
import type { Wrapping } from './wrapping.ts';

/**
 * How each source of messages wraps what is sent through it, by the name the function logs as `trigger`; where a source
 * has several layouts, the others have names of their own.
 *
 * @example
 * WRAPPINGS.sqs.wrap(JSON.stringify(WRAPPINGS.cloudevents.wrap('{"asset_id":"850883081a2e7255715ef81ae7c34338"}')))
 */
export const WRAPPINGS = { ...huaweiWrappings, ...awsWrappings, ...listWrappings } as const satisfies Record<
  string,
  Wrapping
>;

export type WrappingName = keyof typeof WRAPPINGS;

/** Whether there is a source of this name. */
export function isWrappingName(name: string): name is WrappingName {
  return Object.hasOwn(WRAPPINGS, name);
}
