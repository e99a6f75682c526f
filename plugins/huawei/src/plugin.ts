import { serviceProblems } from './checks.ts';
import { deploy, info, remove } from './commands.ts';
import { type Host, refuse, UserError } from './host.ts';
import { writePackage } from './package.ts';
import { SCHEMAS, type Service } from './schema.ts';

const PROVIDER = 'huawei';

/** Hooks of commands that osls offers with every provider. Without a hook they would do nothing and end with 0. */
const MISSING = ['deploy:function:deploy', 'invoke:invoke', 'invoke:local:invoke', 'logs:logs', 'rollback:rollback'];

/** The part of osls that the plugin uses. */
interface Serverless {
  readonly service: Service & { configValidationMode: string };
  readonly serviceDir: string;
  readonly configurationInput: { configValidationMode?: string };
  readonly configSchemaHandler: {
    defineProvider(name: string, schemas: object): void;
    defineCustomProperties(schema: object): void;
  };
  readonly classes: { readonly Error: new (message: string, code: string) => Error };
  setProvider(name: string, provider: object): void;
}

/** The provider `huawei` of osls: serverless.yml in, Terraform out. */
export default class HuaweiProvider {
  static getProviderName(): string {
    return PROVIDER;
  }

  readonly provider = PROVIDER;
  readonly hooks: Readonly<Record<string, () => Promise<void>>>;
  readonly commands = {
    deploy: {
      lifecycleEvents: ['deploy', 'finalize'],
      options: { 'dry-run': { usage: 'Show what would change, and change nothing', type: 'boolean' } },
    },
  };

  constructor(serverless: Serverless, options: Host['options'], { log }: { log: { notice(text: string): void } }) {
    serverless.setProvider(PROVIDER, this);
    // With a looser mode a misspelt key would deploy something else than what was written.
    serverless.configurationInput.configValidationMode = 'error';
    serverless.service.configValidationMode = 'error';
    serverless.configSchemaHandler.defineCustomProperties(SCHEMAS.custom);
    serverless.configSchemaHandler.defineProvider(PROVIDER, SCHEMAS.provider);

    const hook = (run: (host: Host) => Promise<void>) => async () => {
      const { service, serviceDir } = serverless;
      try {
        await run({ service, serviceDir, options, env: process.env, notice: (text) => log.notice(text) });
      } catch (error) {
        if (!(error instanceof UserError)) throw error;
        throw new serverless.classes.Error(error.message, error.code);
      }
    };
    this.hooks = {
      initialize: hook(async ({ service }) => refuse(serviceProblems(service))),
      'before:package:createDeploymentArtifacts': hook(writePackage),
      'deploy:deploy': hook(deploy),
      'info:info': hook(info),
      'remove:remove': hook(remove),
      ...Object.fromEntries(MISSING.map((name) => [name, hook(missing)])),
    };
  }
}

async function missing(): Promise<void> {
  throw new UserError('Not a command of this provider: use the console of FunctionGraph, or KooCLI', 'NO_SUCH_COMMAND');
}
