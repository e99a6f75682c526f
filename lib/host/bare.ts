import { environment } from './context.ts';
import type { Host } from './types.ts';

/** Any other caller, a test or a script: no deadline, settings from the environment. */
export function bareHost(): Host {
  return {
    name: 'bare',
    requestId: undefined,
    remainingMs: undefined,
    settingSources: [environment],
    agencyKey: undefined,
    projectId: undefined,
    hasSecrets: false,
    xrayTraceId: undefined,
  };
}
