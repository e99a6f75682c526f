/** The names under which a function takes a key from its environment. */
const KEY_NAMES = ['HUAWEICLOUD_SDK_AK', 'HUAWEICLOUD_SDK_SK', 'HUAWEICLOUD_SDK_SECURITY_TOKEN'];

/** @typedef {{ environment?: Record<string, unknown> | null }} WithEnvironment */

/**
 * Refuses to package a key of Huawei Cloud in an `environment`. The package, the console of the cloud and every state file
 * would contain it in plain text.
 */
export default class NoKeys {
  constructor(serverless) {
    this.hooks = {
      'before:package:initialize': () => {
        const places = placesOfKeys(serverless.service);
        if (places.length === 0) return;
        throw new serverless.classes.Error(
          `${places.join(', ')}: a key must not stand in the environment, where everybody can read it. Put the key in a secret ` +
            'and set VOD_CREDENTIALS_SECRET to its name.',
        );
      },
    };
  }
}

/** @param {{ provider: WithEnvironment, functions?: Record<string, WithEnvironment> }} service */
function placesOfKeys({ provider, functions = {} }) {
  const owners = {
    provider,
    ...Object.fromEntries(Object.entries(functions).map(([name, fn]) => [`functions.${name}`, fn])),
  };
  return Object.entries(owners).flatMap(([owner, { environment }]) =>
    KEY_NAMES.filter((name) => Object.hasOwn(environment ?? {}, name)).map((name) => `${owner}.environment.${name}`),
  );
}
