/**
 * The shapes the plugin works with. Types only: nothing here exists at run time, so the plugin stays plain `.mjs`,
 * which the CLI loads on every Node it supports.
 */

export type Json = string | number | boolean | null | readonly Json[] | Body;

/** A JSON object, as it goes to the API or comes from it. */
export interface Body {
  readonly [key: string]: Json;
}

/** `functions.<key>` in serverless.yml, after the schema has accepted it. */
export interface FunctionConfig {
  readonly name: string;
  readonly handler: string;
  readonly bundle: string;
  readonly include?: readonly string[];
  readonly sourceMap?: boolean;
  readonly description?: string;
  readonly runtime?: string;
  readonly memorySize?: number;
  readonly timeout?: number;
  readonly agency?: string;
  readonly executionAgency?: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly encryptedEnvironment?: Readonly<Record<string, string>>;
  readonly initializer?: { readonly handler: string; readonly timeout: number };
  readonly vpc?: { readonly vpcId: string; readonly subnetId: string };
  readonly maxInstances?: number;
  readonly maximumRetryAttempts?: number;
  readonly maximumEventAge?: number;
  readonly destinations?: { readonly onSuccess?: Destination; readonly onFailure?: Destination };
  readonly events: readonly EventConfig[];
  package?: { artifact: string };
}

export interface Destination {
  readonly destination: 'OBS' | 'SMN' | 'DIS' | 'FunctionGraph';
  readonly param: Readonly<Record<string, string | number>>;
}

/** One entry of `events`: a single key, the event's name, with its settings. */
export type EventConfig = Readonly<Record<string, Body>>;

/** `provider` in serverless.yml. */
export interface ProviderConfig {
  readonly name: string;
  readonly region: string;
  readonly stage?: string;
  readonly app?: string;
  readonly endpoint?: string;
  readonly ltsEndpoint?: string;
  readonly runtime?: string;
  readonly memorySize?: number;
  readonly timeout?: number;
  readonly agency?: string;
  readonly environment?: Readonly<Record<string, string>>;
}

export interface ServiceConfig {
  readonly service: string;
  readonly provider: ProviderConfig;
  readonly functions: Readonly<Record<string, FunctionConfig>>;
  readonly custom?: { readonly functiongraph?: { readonly build?: string | readonly string[] } };
  readonly package?: Readonly<Record<string, unknown>>;
}

/** What one function should look like on the platform: the bodies of the API calls that make it so. */
export interface DesiredFunction {
  readonly key: string;
  readonly name: string;
  readonly artifact: string;
  readonly code: { readonly sha512: string; readonly size: number };
  /** Body of "create a function", without the code itself. */
  readonly create: Body;
  /** Body of "modify the metadata of a function". */
  readonly config: Body;
  readonly maxInstances: number | null;
  readonly asyncConfig: Body | null;
  readonly triggers: readonly DesiredTrigger[];
}

/** Body of "create a trigger". */
export interface DesiredTrigger extends Body {
  readonly trigger_type_code: string;
  readonly trigger_status: string;
  readonly event_data: Body;
}

export interface RemoteTrigger extends DesiredTrigger {
  readonly trigger_id: string;
}

/** What the platform has of one function; `config` is null where there is no such function. */
export interface RemoteFunction {
  readonly config: Body | null;
  readonly asyncConfig: Body | null;
  readonly triggers: readonly RemoteTrigger[];
}

export interface Call {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly path: string;
  readonly body?: Body;
  readonly headers?: Readonly<Record<string, string>>;
  readonly timeoutMs?: number;
}

/** One write that a deployment needs. `body` is made late, so that a plan does not hold the code of every function. */
export interface Step {
  readonly label: string;
  readonly details: readonly string[];
  readonly call: () => Promise<Call>;
  /** Steps that only the answer shows to be needed. */
  readonly followUp?: (answer: Body) => readonly Step[];
}

/** Sends one signed call and gives the parsed answer; throws an `ApiError` for anything but a 2xx. */
export type Send = (call: Call) => Promise<Json>;

export interface Credentials {
  readonly ak: string;
  readonly sk: string;
  readonly securityToken: string | undefined;
  readonly projectId: string;
}

/** Where a command reads and writes: everything it depends on, nothing of the CLI's own classes. */
export interface Host {
  readonly service: ServiceConfig;
  readonly serviceDir: string;
  readonly options: Readonly<Record<string, unknown>>;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Progress, for people: standard error. */
  readonly notice: (text: string) => void;
  /** Results, for people and programs: standard output. */
  readonly print: (text: string) => void;
}

/** The part of the CLI the plugin uses. */
export interface Serverless {
  readonly service: ServiceConfig & { configValidationMode: string };
  readonly serviceDir: string;
  readonly configurationInput: { configValidationMode?: string };
  readonly configSchemaHandler: {
    defineProvider(name: string, schemas: Readonly<Record<string, unknown>>): void;
    defineCustomProperties(schema: Readonly<Record<string, unknown>>): void;
  };
  readonly classes: { readonly Error: new (message: string, code: string) => Error };
  setProvider(name: string, provider: object): void;
}

export interface PluginWriters {
  readonly log: { notice(text: string): void; warning(text: string): void };
  readonly writeText: (text: string) => void;
}
