/** Runs the plugin's commands in this process, on the sample service as the CLI reads it. */
import { writePackage } from '../../../../plugins/functiongraph/state.mjs';
import type { FunctionConfig, Host, ProviderConfig, ServiceConfig } from '../../../../plugins/functiongraph/types.ts';
import type { Service } from './cli.ts';

type Writable<T> = { -readonly [K in keyof T]: T[K] };

export interface Sample extends ServiceConfig {
  readonly provider: Writable<ProviderConfig>;
  readonly functions: Readonly<Record<string, Writable<FunctionConfig>>>;
}

/** The sample's configuration, with its variables resolved, and the names that the CLI gives functions. */
export const readSample = async (service: Service): Promise<Sample> => {
  const { stdout } = await service.run('print', '--format', 'json');
  const config = JSON.parse(stdout) as Sample;
  for (const [key, fn] of Object.entries(config.functions)) fn.name = `sample-test-${key}`;
  return config;
};

export interface Harness {
  readonly host: Host;
  readonly printed: string[];
  readonly noticed: string[];
}

export const harness = (service: Service, config: ServiceConfig, options: Host['options'] = {}): Harness => {
  const printed: string[] = [];
  const noticed: string[] = [];
  return {
    printed,
    noticed,
    host: {
      service: config,
      serviceDir: service.folder,
      options,
      env: { PATH: process.env['PATH'], ...service.env },
      print: (text) => printed.push(text),
      notice: (text) => noticed.push(text),
    },
  };
};

/** What `osls deploy` does: packages, then runs the command. */
export const packaged = async (
  command: (host: Host) => Promise<void>,
  service: Service,
  config: ServiceConfig,
  options: Host['options'] = {},
): Promise<Harness> => {
  const made = harness(service, config, options);
  await writePackage(made.host);
  made.noticed.length = 0;
  await command(made.host);
  return made;
};
