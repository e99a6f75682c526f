import { format } from 'node:util';

/** The temporary key pair of a function's agency. */
export interface AgencyCredentials {
  readonly accessKey: string;
  readonly secretKey: string;
  readonly securityToken: string;
}

export interface ContextOptions {
  readonly requestId: string;
  /** What `getUserData` knows: the function's settings. */
  readonly userData: Readonly<Record<string, string>>;
  /** The function's own timeout. */
  readonly timeoutMs: number;
  /** Default: no agency, which the platform shows as empty strings. */
  readonly agency?: AgencyCredentials;
  readonly projectId?: string;
}

const NO_AGENCY: AgencyCredentials = { accessKey: '', secretKey: '', securityToken: '' };

/** The runtime's logger: what it is given goes to stdout like everything else. */
const logger = {
  debug: (...parts: unknown[]) => console.debug(format(...parts)),
  info: (...parts: unknown[]) => console.info(format(...parts)),
  warn: (...parts: unknown[]) => console.warn(format(...parts)),
  error: (...parts: unknown[]) => console.error(format(...parts)),
  setLevel: (_level: string) => undefined,
};

/**
 * The context FunctionGraph's Node.js runtime hands to a function, names and capitals as there
 * (`getRemainingTimeInMilliSeconds` with its second S). Time counts from the moment it is made.
 */
export function createContext(options: ContextOptions) {
  const { requestId, userData, timeoutMs, agency = NO_AGENCY, projectId = '' } = options;
  const startedAt = performance.now();
  return {
    getRequestID: () => requestId,
    getRemainingTimeInMilliSeconds: () => Math.floor(startedAt + timeoutMs - performance.now()),
    getUserData: (name: string) => (Object.hasOwn(userData, name) ? userData[name] : undefined),
    getSecurityAccessKey: () => agency.accessKey,
    getSecuritySecretKey: () => agency.secretKey,
    getSecurityToken: () => agency.securityToken,
    // Kept by the platform for old functions; they give what the agency gives.
    getAccessKey: () => agency.accessKey,
    getSecretKey: () => agency.secretKey,
    getToken: () => '',
    getProjectID: () => projectId,
    getPackage: () => 'default',
    getFunctionName: () => 'cancel-local',
    getVersion: () => 'latest',
    getAlias: () => '',
    // Milliseconds in spite of the name, and text where one would expect numbers: so the runtime's code has it.
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
