import { environment } from './context.ts';
import type { Host } from './types.ts';

/** Any other caller, such as a test or a script. It sets no deadline, and its settings come from the environment. */
export function bareHost(): Host {
  return { name: 'bare', settingSources: [environment] };
}
