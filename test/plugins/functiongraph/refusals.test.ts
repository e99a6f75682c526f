import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Service } from './helpers/cli.ts';

describe('a configuration that is wrong', () => {
  let service: Service;

  beforeEach(async () => {
    service = await Service.create();
  });

  afterEach(() => service.remove());

  it('stops the run, with the path of every misspelt key, runtime, event and auth', async () => {
    await service.edit(
      'serverless.yml',
      ['  app: samples', '  appp: samples'],
      ['    build: node build.mjs', '    bild: node build.mjs'],
      ['    memorySize: 512', '    memorysize: 512'],
      ['runtime: Node.js22.18', 'runtime: Node.js18.15'],
      ['      timeout: 5\n', '      timeOut: 5\n'],
      ['          auth: APP', '          auth: APPS'],
      ['          topicUrn:', '          topicURN:'],
      ['      - dis:', '      - dsi:'],
      ['maximumRetryAttempts: 3', 'maximumRetryAttempts: 4'],
      ['      onFailure:', '      onFail:'],
      ["envId: '11111111111111111111111111111111'", 'envId: 11111111111111111111111111111111'],
      ['bundle: bundles/events', 'bundle: ../bundles/events'],
    );
    const { status, stdout } = await service.run('package');
    expect(status).toBe(1);
    for (const problem of [
      "at 'provider': unrecognized property 'appp'",
      "at 'custom.functiongraph': unrecognized property 'bild'",
      "at 'functions.web': unrecognized property 'memorysize'",
      "at 'functions.web.runtime': must be equal to one of the allowed values [Node.js20.15, Node.js22.18]",
      "at 'functions.web.initializer': unrecognized property 'timeOut'",
      "at 'functions.web.events.0.apig.auth': must be equal to one of the allowed values [IAM, APP, NONE]",
      "at 'functions.web.events.0.apig.envId': must match pattern",
      "at 'functions.events.events.1.smn': unrecognized property 'topicURN'",
      "at 'functions.events.events.4': unsupported function event",
      "at 'functions.events.maximumRetryAttempts': must be <= 3",
      "at 'functions.events.destinations': unrecognized property 'onFail'",
      "at 'functions.events.bundle': must match pattern",
    ])
      expect(stdout).toContain(problem);
    expect(stdout).not.toMatch(/\n\s+at \S+ \(/);
  });

  it('stops the run also where the configuration asks for less', async () => {
    await service.edit('serverless.yml', ['Mode: error', 'Mode: off'], ['memorySize: 512', 'memorysize: 512']);
    const { status, stdout, stderr } = await service.run('package');
    expect(status).toBe(1);
    expect(stdout).toContain("at 'functions.web': unrecognized property 'memorysize'");
    expect(stderr).toContain('configValidationMode is "error" with this provider');
  });

  it('has no default for auth, and takes NONE only with public: true', async () => {
    await service.edit('serverless.yml', ['          auth: APP\n', '']);
    expect((await service.run('package')).stdout).toContain(
      "at 'functions.web.events.0.apig': must have required property 'auth'",
    );
  });

  it('names what no schema can say', async () => {
    await service.edit(
      'serverless.yml',
      ['          public: true\n', ''],
      ['          timeout: 25000\n', '          timeout: 60001\n'],
      ['          rate: 1h\n', ''],
      ['          password: not-a-real-password\n          enabled', '          enabled'],
      ['handler: index.initializer', 'handler: start.initializer'],
      ['          topic_urn: urn', '          topicUrn: urn'],
      ['API_KEY: not-a-real-key', 'GREETING: not-a-real-key'],
      [
        '    maxInstances: 2\n',
        '    maxInstances: 2\n    name: a-name-that-is-longer-than-the-sixty-characters-that-the-api-takes\n',
      ],
    );
    const { status, stdout } = await service.run('package');
    expect(status).toBe(1);
    for (const problem of [
      "at 'functions.web.name':",
      "at 'functions.web.events.0.apig.timeout': must be <= 60000 without an instanceId",
      "at 'functions.web.events.1.apig.public': must be true where auth is NONE",
      "at 'functions.web.initializer.handler': must be in the same file as the handler",
      "at 'functions.web.encryptedEnvironment.GREETING': is a plain environment variable as well",
      "at 'functions.events.destinations.onFailure.param': must have required property 'topic_urn'",
      "at 'functions.events.destinations.onFailure.param': unrecognized property 'topicUrn'",
      "at 'functions.events.events.2.kafka': user and password go together",
      "at 'functions.events.events.5.timer': needs either rate or cron",
    ])
      expect(stdout).toContain(problem);
  });

  it('does not take options that mean nothing here', async () => {
    const { status, stdout } = await service.run('deploy', '--aws-s3-accelerate');
    expect(status).toBe(1);
    expect(stdout).toContain('Not supported by "deploy" for this provider: --aws-s3-accelerate');
  });
});
