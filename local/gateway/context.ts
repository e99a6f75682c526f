/** The temporary key of a function's agency. */
interface AgencyCredentials {
  readonly accessKey: string;
  readonly secretKey: string;
  readonly securityToken: string;
}

export interface ContextOptions {
  readonly requestId: string;
  /** The function's settings, for `getUserData`. */
  readonly userData: Readonly<Record<string, string>>;
  /** The function's timeout, in milliseconds. */
  readonly timeoutMs: number;
  /** Default: no agency. The platform then returns empty strings. */
  readonly agency?: AgencyCredentials;
  readonly projectId?: string;
}

const NO_AGENCY: AgencyCredentials = { accessKey: '', secretKey: '', securityToken: '' };

/** The runtime's logger at its default level, INFO, which drops `debug`. `setLevel` does nothing here. */
const logger = {
  debug: () => undefined,
  info: (...parts: unknown[]) => console.info(...parts),
  warn: (...parts: unknown[]) => console.warn(...parts),
  error: (...parts: unknown[]) => console.error(...parts),
  setLevel: () => undefined,
};

/**
 * Creates the context that FunctionGraph's Node.js runtime gives to a function. Names are spelled as in the runtime:
 * `getRemainingTimeInMilliSeconds` has a capital S. The time left counts from this call.
 */
export function createContext(options: ContextOptions) {
  const { requestId, userData, timeoutMs, agency = NO_AGENCY, projectId = '' } = options;
  // Not `performance`, because its first use loads modules: the bench measures cold starts with this context.
  const startedAt = Date.now();
  return {
    getRequestID: () => requestId,
    getRemainingTimeInMilliSeconds: () => startedAt + timeoutMs - Date.now(),
    getUserData: (name: string) => (Object.hasOwn(userData, name) ? userData[name] : undefined),
    getSecurityAccessKey: () => agency.accessKey,
    getSecuritySecretKey: () => agency.secretKey,
    getSecurityToken: () => agency.securityToken,
    // The platform keeps these for old functions. They return the agency's key.
    getAccessKey: () => agency.accessKey,
    getSecretKey: () => agency.secretKey,
    getToken: () => '',
    getProjectID: () => projectId,
    getPackage: () => 'default',
    getFunctionName: () => 'cancel-local',
    getVersion: () => 'latest',
    getAlias: () => '',
    // The runtime returns milliseconds here in spite of the name, and texts below in place of numbers.
    getRunningTimeInSeconds: () => timeoutMs,
    getMemorySize: () => '128',
    getCPUNumber: () => '300',
    getLogger: () => logger,
    getWorkflowID: () => '',
    getWorkflowRunID: () => '',
    getWorkflowStateID: () => '',
  };
}

export type FunctionGraphContext = ReturnType<typeof createContext>;
