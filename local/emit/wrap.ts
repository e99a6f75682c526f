import { awsWrappings } from './wrap-aws.ts';
import { huaweiWrappings } from './wrap-huawei.ts';
import type { Wrapping } from './wrapping.ts';

/**
 * How a source wraps a message, by the name that the function logs as `trigger`: the sources that docs/send-events.md
 * describes. The functions read more, and `POST /events` takes any event as JSON.
 *
 * @example
 * WRAPPINGS.sqs.wrap(JSON.stringify(WRAPPINGS.cloudevents.wrap('{"asset_id":"850883081a2e7255715ef81ae7c34338"}')))
 */
export const WRAPPINGS = { ...huaweiWrappings, ...awsWrappings } as const satisfies Record<string, Wrapping>;

/** Whether a source has this name. */
export function isWrappingName(name: string): name is keyof typeof WRAPPINGS {
  return Object.hasOwn(WRAPPINGS, name);
}
