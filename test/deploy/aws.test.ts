import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AWS_PARAMS, DeployCopy, switchedOn } from './copy.ts';

interface Resource {
  readonly Type: string;
  readonly Properties: Readonly<Record<string, unknown>>;
}

interface Template {
  readonly Resources: Readonly<Record<string, Resource>>;
}

const CONFIG = ['--config', 'serverless.aws.yml'] as const;
const TEMPLATE = '.serverless/cloudformation-template-update-stack.json';
const arnOf = (logicalId: string) => ({ 'Fn::GetAtt': [logicalId, 'Arn'] });

let copy: DeployCopy;
let template: Template;

/** The only resource of its type, or the one whose name says so. */
const one = (type: string, name = ''): Record<string, unknown> => {
  const found = Object.entries(template.Resources).filter(([id, { Type }]) => Type === type && id.includes(name));
  expect(found.map(([id]) => id)).toHaveLength(1);
  return { ...found[0]?.[1].Properties };
};

const statementsOf = (role: string): { Action: string | string[]; Resource: unknown }[] => {
  const [policy] = one('AWS::IAM::Role', role)['Policies'] as {
    PolicyDocument: { Statement: { Action: string | string[]; Resource: unknown }[] };
  }[];
  return policy?.PolicyDocument.Statement ?? [];
};

beforeAll(async () => {
  copy = await DeployCopy.create();
  const { status, stdout, stderr } = await copy.run('package', ...CONFIG, ...AWS_PARAMS);
  expect(status, stdout + stderr).toBe(0);
  template = await copy.readJson<Template>(TEMPLATE);
});

afterAll(() => copy.remove());

describe('serverless.aws.yml', () => {
  it.each([
    ['http', 10, '10'],
    ['superseded', 60, '15'],
  ])('makes cancel-%s a small arm64 function whose key is in a secret', (name, timeout, pace) => {
    const { Environment, ...properties } = one('AWS::Lambda::Function', name);
    expect(properties).toMatchObject({
      Runtime: 'nodejs22.x',
      Architectures: ['arm64'],
      Handler: 'index.handler',
      Timeout: timeout,
      MemorySize: 256,
      ReservedConcurrentExecutions: 2,
      Layers: [expect.stringContaining(':layer:AWS-Parameters-and-Secrets-Lambda-Extension-Arm64:')],
    });
    const { Variables } = Environment as { Variables: Record<string, unknown> };
    expect(Variables).toMatchObject({
      VOD_REGION: 'cn-north-4',
      VOD_CALLS_PER_MINUTE: pace,
      VOD_CREDENTIALS_SECRET: 'vod-transcode-cancel/prod/huawei-key',
    });
    expect(Object.keys(Variables)).not.toContain('HUAWEICLOUD_SDK_SK');
    expect(one('AWS::Logs::LogGroup', name)).toMatchObject({ RetentionInDays: 30 });
  });

  it('lets only IAM principals of the account delete, by HTTP', () => {
    expect(one('AWS::ApiGatewayV2::Route')).toMatchObject({
      RouteKey: 'DELETE /assets/{asset_id}/transcode-task',
      AuthorizationType: 'AWS_IAM',
    });
  });

  it('keeps an event that EventBridge cannot hand over, in a queue that lets it in', () => {
    const { EventPattern, Targets, Name } = one('AWS::Events::Rule');
    expect(EventPattern).toEqual({ 'detail-type': ['vod.upload.superseded'] });
    expect(Targets).toMatchObject([
      {
        RetryPolicy: { MaximumRetryAttempts: 10, MaximumEventAgeInSeconds: 3600 },
        DeadLetterConfig: { Arn: arnOf('UndeliveredEvents') },
      },
    ]);
    const { Queues, PolicyDocument } = one('AWS::SQS::QueuePolicy');
    expect(Queues).toEqual([{ Ref: 'UndeliveredEvents' }]);
    expect(PolicyDocument).toMatchObject({
      Statement: [{ Principal: { Service: 'events.amazonaws.com' }, Action: 'sqs:SendMessage' }],
    });
    expect(JSON.stringify(PolicyDocument)).toContain(`:rule/${String(Name)}"`);
  });

  it('reports failed messages of a batch one by one, and moves them away in the end', () => {
    expect(one('AWS::Lambda::EventSourceMapping')).toMatchObject({
      BatchSize: 10,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      ScalingConfig: { MaximumConcurrency: 2 },
    });
    const queue = template.Resources['SupersededUploads']?.Properties;
    expect(queue).toMatchObject({
      VisibilityTimeout: 6 * Number(one('AWS::Lambda::Function', 'superseded')['Timeout']),
      RedrivePolicy: { deadLetterTargetArn: arnOf('SupersededUploadsGivenUp'), maxReceiveCount: 5 },
    });
  });

  it('keeps an event that the function failed on for good', () => {
    expect(one('AWS::Lambda::EventInvokeConfig')).toMatchObject({
      MaximumRetryAttempts: 2,
      MaximumEventAgeInSeconds: 3600,
      DestinationConfig: { OnFailure: { Destination: arnOf('FailedEvents') } },
    });
  });

  it('gives each function what it needs, by name', () => {
    const actions = (role: string) => statementsOf(role).flatMap(({ Action }) => Action);
    const both = ['logs:CreateLogStream', 'logs:PutLogEvents', 'secretsmanager:GetSecretValue'];
    const queues = ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:SendMessage'];
    expect(actions('CancelHttpRole')).toEqual(both);
    expect(actions('CancelSupersededRole')).toEqual([...both, ...queues]);
    for (const role of ['CancelHttpRole', 'CancelSupersededRole'])
      for (const { Resource } of statementsOf(role)) expect(Resource).not.toBe('*');
  });

  it("keeps even the first minute of all instances within VOD's limit, and batches within the pace", () => {
    const paces = ['http', 'superseded'].map((name) => {
      const fn = one('AWS::Lambda::Function', name);
      const { Variables } = fn['Environment'] as { Variables: Record<string, string> };
      const pace = Number(Variables['VOD_CALLS_PER_MINUTE']);
      return { pace, timeout: Number(fn['Timeout']), instances: Number(fn['ReservedConcurrentExecutions']) };
    });
    const firstMinute = paces.map(({ pace, instances }) => 2 * pace * instances);
    expect(firstMinute.reduce((sum, calls) => sum + calls)).toBeLessThanOrEqual(100);
    const { pace, timeout } = paces[1] ?? { pace: 0, timeout: 0 };
    expect(one('AWS::Lambda::EventSourceMapping')['BatchSize']).toBeLessThanOrEqual((pace * timeout) / 60);
  });

  it('bounds a stream, once it is switched on, so that one bad record does not hold it up', async () => {
    const other = await DeployCopy.create();
    await other.change('serverless.aws.yml', switchedOn);
    await other.change('deploy/aws-roles.yml', switchedOn);
    const { status, stdout } = await other.run('package', ...CONFIG, ...AWS_PARAMS);
    expect(status, stdout).toBe(0);
    const { Resources } = await other.readJson<Template>(TEMPLATE);
    await other.remove();
    const stream = Object.entries(Resources).find(([id]) => id.includes('EventSourceMappingKinesis'))?.[1];
    expect(stream?.Properties).toMatchObject({
      BatchSize: 15,
      MaximumRetryAttempts: 5,
      MaximumRecordAgeInSeconds: 3600,
      BisectBatchOnFunctionError: true,
      DestinationConfig: { OnFailure: { Destination: arnOf('FailedEvents') } },
    });
    expect(JSON.stringify(Resources['CancelSupersededRole'])).toContain('kinesis:GetRecords');
  });

  it('cannot be packaged without what only the deployer knows', async () => {
    const { status, stdout } = await copy.run('package', ...CONFIG, ...AWS_PARAMS.slice(0, 1));
    expect(status).toBe(1);
    expect(stdout).toContain('"functions.cancel-http.layers.0": Value not found at "param" source');
  });

  it('stops at a misspelt key, with its path', async () => {
    const other = await DeployCopy.create();
    const keys = ['logRetentionInDays', 'architecture', 'versionFunctions', 'reservedConcurrency', 'layers'];
    const deeper = [
      'authorizer',
      'retryPolicy',
      'deadLetterQueueArn',
      'functionResponseType',
      'onFailure',
      'detail-type',
    ];
    await other.misspell('serverless.aws.yml', ...keys, ...deeper);
    const { status, stdout } = await other.run('package', ...CONFIG, ...AWS_PARAMS);
    await other.remove();
    expect(status).toBe(1);
    for (const problem of [
      "at 'provider': unrecognized property 'logRetentionInDaysx'",
      "at 'provider': unrecognized property 'architecturex'",
      "at 'provider': unrecognized property 'versionFunctionsx'",
      "at 'functions.cancel-http': unrecognized property 'reservedConcurrencyx'",
      "at 'functions.cancel-superseded': unrecognized property 'layersx'",
    ])
      expect(stdout).toContain(problem);
    for (const key of deeper) expect(stdout, key).toContain(`unrecognized property '${key}x'`);
  });
});
