import { runBuild } from './bundle.mjs';
import { checkService } from './checks.mjs';
import { deploy } from './commands/deploy.mjs';
import { info } from './commands/info.mjs';
import { invoke } from './commands/invoke.mjs';
import { invokeLocal } from './commands/invoke-local.mjs';
import { logs } from './commands/logs.mjs';
import { remove } from './commands/remove.mjs';
import { UserError } from './errors.mjs';
import { checkOptions } from './options.mjs';
import { eventSchemas } from './schema/events.mjs';
import { functionSchema } from './schema/function.mjs';
import { customSchema, providerSchema } from './schema/provider.mjs';
import { writePackage } from './state.mjs';

/** @import { Host, PluginWriters, Serverless } from './types.ts' */

const PROVIDER = 'huawei';

/** Deploys a service to Huawei Cloud FunctionGraph: the provider `huawei` of osls. */
export default class FunctionGraphPlugin {
  static getProviderName() {
    return PROVIDER;
  }

  /**
   * @param {Serverless} serverless
   * @param {Readonly<Record<string, unknown>>} options
   * @param {PluginWriters} writers
   */
  constructor(serverless, options, writers) {
    this.provider = PROVIDER;
    if (serverless.service.provider.name === PROVIDER) {
      serverless.setProvider(PROVIDER, this);
      this.#defineSchema(serverless, writers);
    }

    this.commands = {
      deploy: {
        lifecycleEvents: ['deploy', 'finalize'],
        options: {
          'dry-run': { usage: 'Print what would be changed, and change nothing', type: 'boolean' },
        },
      },
    };

    /** @returns {Host} */
    const host = () => ({
      service: serverless.service,
      serviceDir: serverless.serviceDir,
      options,
      env: process.env,
      notice: (text) => writers.log.notice(text),
      print: (text) => writers.writeText(text),
    });

    /** @param {string} command @param {(host: Host) => unknown} run */
    const on = (command, run) => async () => {
      try {
        checkOptions(command, options);
        await run(host());
      } catch (error) {
        if (!(error instanceof UserError)) throw error;
        throw new serverless.classes.Error(error.message, error.code);
      }
    };

    this.hooks = {
      initialize: on('initialize', ({ service }) => checkService(service)),
      'before:package:createDeploymentArtifacts': on('package', async (given) => {
        await runBuild(given);
        for (const [key, artifact] of await writePackage(given)) {
          const fn = given.service.functions[key];
          // Tells the CLI's own packaging that there is nothing left to zip.
          if (fn !== undefined) fn.package = { artifact };
        }
      }),
      'deploy:deploy': on('deploy', deploy),
      'info:info': on('info', info),
      'invoke:invoke': on('invoke', invoke),
      'invoke:local:invoke': on('invoke local', invokeLocal),
      'logs:logs': on('logs', logs),
      'remove:remove': on('remove', remove),
    };
  }

  /**
   * The CLI can be told to warn of an invalid configuration, or to say nothing. A misspelt key of this provider would
   * then deploy something else than was written, so it always stops.
   *
   * @param {Serverless} serverless
   * @param {PluginWriters} writers
   */
  #defineSchema(serverless, writers) {
    const { configurationInput, service, configSchemaHandler } = serverless;
    if ((configurationInput.configValidationMode ?? 'error') !== 'error')
      writers.log.warning('configValidationMode is "error" with this provider, whatever the configuration says');
    configurationInput.configValidationMode = 'error';
    service.configValidationMode = 'error';
    configSchemaHandler.defineCustomProperties(customSchema);
    configSchemaHandler.defineProvider(PROVIDER, {
      provider: providerSchema,
      function: functionSchema,
      functionEvents: eventSchemas,
    });
  }
}
