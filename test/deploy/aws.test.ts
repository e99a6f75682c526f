import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runbookQueries } from '../helpers/queries/queries.ts';
import { packagedAws, type Template } from './aws-package.ts';
import type { DeployCopy } from './copy.ts';

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
  ({ copy, template } = await packagedAws());
});

afterAll(() => copy.remove());

describe('serverless.aws.yml', () => {
  it.each([
    ['http', 10, '100'],
    ['superseded', 440, '40'],
  ])('makes cancel-%s a small arm64 function whose key is in a secret', (name, timeout, pace) => {
    const { Environment, ...properties } = one('AWS::Lambda::Function', name);
    expect(properties).toMatchObject({
      Runtime: 'nodejs24.x',
      LoggingConfig: { LogFormat: 'JSON', ApplicationLogLevel: 'INFO' },
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
    // It would hide the level that Lambda is told, so that the two could differ.
    expect(Object.keys(Variables)).not.toContain('LOG_LEVEL');
    expect(one('AWS::Logs::LogGroup', name)).toMatchObject({ RetentionInDays: 30 });
  });

  it('lets only IAM principals of the account delete, by HTTP, no faster than VOD allows, and logs each request', () => {
    const RouteKey = 'DELETE /assets/{asset_id}/transcode-task';
    expect(one('AWS::ApiGatewayV2::Route')).toMatchObject({ RouteKey, AuthorizationType: 'AWS_IAM' });
    const { RouteSettings, AccessLogSettings } = one('AWS::ApiGatewayV2::Stage');
    const throttle = (RouteSettings as Record<string, { ThrottlingRateLimit: number }>)[RouteKey];
    expect(throttle).toMatchObject({ ThrottlingBurstLimit: expect.any(Number) });
    // A whole number above 100 a minute.
    expect(throttle?.ThrottlingRateLimit).toBe(Math.ceil(100 / 60));
    expect(AccessLogSettings).toMatchObject({ DestinationArn: arnOf('HttpApiLogGroup') });
    expect(one('AWS::Logs::LogGroup', 'HttpApi')).toMatchObject({ RetentionInDays: 30 });
  });

  it('has one way in: the rule puts events into the queue, and the queue alone calls the function', () => {
    const { EventPattern, Targets } = one('AWS::Events::Rule');
    expect(EventPattern).toEqual({ 'detail-type': ['vod.upload.superseded'] });
    expect(Targets).toEqual([
      {
        Id: 'queue',
        Arn: arnOf('SupersededUploads'),
        RetryPolicy: { MaximumEventAgeInSeconds: 21_600 },
        DeadLetterConfig: { Arn: arnOf('UndeliveredEvents') },
      },
    ]);
    expect(one('AWS::Lambda::EventSourceMapping')).toMatchObject({ EventSourceArn: arnOf('SupersededUploads') });
    // The API calls the other function; a rule that called one itself would need a permission too.
    expect(one('AWS::Lambda::Permission')).toMatchObject({ FunctionName: arnOf('CancelDashhttpLambdaFunction') });
    expect(Object.values(template.Resources).map(({ Type }) => Type)).not.toContain('AWS::Lambda::EventInvokeConfig');
  });

  it('lets the rule, and nothing else, send into both queues without a role', () => {
    const { Queues, PolicyDocument } = one('AWS::SQS::QueuePolicy');
    expect(Queues).toEqual([{ Ref: 'SupersededUploads' }, { Ref: 'UndeliveredEvents' }]);
    expect((PolicyDocument as { Statement: unknown[] }).Statement).toEqual([
      {
        Effect: 'Allow',
        Principal: { Service: 'events.amazonaws.com' },
        Action: 'sqs:SendMessage',
        Resource: [arnOf('SupersededUploads'), arnOf('UndeliveredEvents')],
        Condition: { ArnEquals: { 'aws:SourceArn': arnOf('SupersededRule') } },
      },
    ]);
  });

  it('reports failed messages of a batch one by one, and moves them away in the end', () => {
    const fn = one('AWS::Lambda::Function', 'superseded');
    expect(one('AWS::Lambda::EventSourceMapping')).toMatchObject({
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      ScalingConfig: { MaximumConcurrency: fn['ReservedConcurrentExecutions'] },
    });
    const { VisibilityTimeout, RedrivePolicy } = template.Resources['SupersededUploads']?.Properties ?? {};
    // Lambda refuses a queue that shows a message again while its function may still work on it.
    expect(VisibilityTimeout).toBeGreaterThanOrEqual(Number(fn['Timeout']));
    // Instances may take turns, and each remembers what it did for 15 minutes.
    expect(Number(VisibilityTimeout) * Number(fn['ReservedConcurrentExecutions'])).toBeLessThanOrEqual(15 * 60);
    expect(RedrivePolicy).toMatchObject({ deadLetterTargetArn: arnOf('SupersededUploadsGivenUp') });
    for (const name of ['SupersededUploadsGivenUp', 'UndeliveredEvents'])
      expect(template.Resources[name]?.Properties).toMatchObject({ MessageRetentionPeriod: 1_209_600 });
  });

  it('allows each function what it needs, by name, and no more', () => {
    const logTo = (group: string) => ({
      Effect: 'Allow',
      Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      Resource: arnOf(group),
    });
    const readKey = {
      Effect: 'Allow',
      Action: 'secretsmanager:GetSecretValue',
      Resource: {
        'Fn::Sub': `arn:\${AWS::Partition}:secretsmanager:\${AWS::Region}:\${AWS::AccountId}:secret:vod-transcode-cancel/prod/huawei-key-??????`,
      },
    };
    const receive = {
      Effect: 'Allow',
      Action: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'],
      Resource: arnOf('SupersededUploads'),
    };
    expect(statementsOf('CancelHttpRole')).toEqual([logTo('CancelDashhttpLogGroup'), readKey]);
    expect(statementsOf('CancelSupersededRole')).toEqual([logTo('CancelDashsupersededLogGroup'), readKey, receive]);
    const roles = Object.entries(template.Resources).filter(([, { Type }]) => Type === 'AWS::IAM::Role');
    expect(roles.map(([id]) => id)).toEqual(['CancelHttpRole', 'CancelSupersededRole']);
  });

  it('rings for what the log and the platform say, at a topic if there is one', async () => {
    const alarms = Object.values(template.Resources).filter(({ Type }) => Type === 'AWS::CloudWatch::Alarm');
    const prefix = 'vod-transcode-cancel-prod-';
    const names = alarms.map(({ Properties }) => String(Properties['AlarmName']).replace(prefix, ''));
    expect(names).toEqual([
      'failed-for-good',
      'refused-key',
      'unknown',
      'old-messages',
      'given-up',
      'undelivered',
      'http-errors',
      'http-throttles',
      'event-errors',
      'event-throttles',
    ]);
    const runbook = await readFile(new URL('../../docs/operations.md', import.meta.url), 'utf8');
    const [table = ''] = /\n## Alarms\n.*?\nSome questions/s.exec(runbook) ?? [];
    const described = Array.from(table.matchAll(/^\| ([a-z, -]+?)(?: \([^)]*\))? \|/gm), ([, first]) =>
      first?.split(', '),
    );
    expect(described.flat()).toEqual(expect.arrayContaining(names));
    const counted = Object.values(template.Resources)
      .filter(({ Type }) => Type === 'AWS::Logs::MetricFilter')
      .flatMap(({ Properties }) => Properties['MetricTransformations'] as { MetricName: string }[])
      .map(({ MetricName }) => MetricName);
    for (const { Properties } of alarms) {
      const { AlarmActions, Namespace, MetricName } = Properties;
      expect(AlarmActions).toEqual({ 'Fn::If': ['HasAlarmTopic', [''], { Ref: 'AWS::NoValue' }] });
      if (Namespace === 'vod-transcode-cancel/prod') expect(counted).toContain(MetricName);
    }
  });

  it('has a dashboard whose text is JSON once its references are filled in', () => {
    const { DashboardBody } = one('AWS::CloudWatch::Dashboard');
    const text = (DashboardBody as { 'Fn::Sub': string })['Fn::Sub'];
    const references = Array.from(text.matchAll(/\$\{(\w+)[^}]*\}/g), ([, id]) => id).filter((id) => id !== 'AWS');
    for (const id of references) expect(Object.keys(template.Resources)).toContain(id);
    const { widgets } = JSON.parse(text.replaceAll(/\$\{[^}]*\}/g, 'filled-in')) as { widgets: unknown[] };
    expect(widgets).toHaveLength(5);
    const { properties } = widgets.at(-1) as { properties: { query: string } };
    const [filter] =
      /filter .*/.exec(runbookQueries('insights').find(({ name }) => name === 'failed-for-good')?.text ?? '') ?? [];
    expect(properties.query).toContain(` | ${filter} | `);
  });

  it('leaves a part of the limit of VOD to cancels by HTTP, and takes batches that fit into one invocation', () => {
    const fn = one('AWS::Lambda::Function', 'superseded');
    const { Variables } = fn['Environment'] as { Variables: Record<string, string> };
    const pace = Number(Variables['VOD_CALLS_PER_MINUTE']);
    expect(Number(fn['ReservedConcurrentExecutions']) * pace).toBeLessThanOrEqual(80);
    const { BatchSize } = one('AWS::Lambda::EventSourceMapping');
    expect(BatchSize).toBeLessThanOrEqual((pace * Number(fn['Timeout'])) / 60);
  });
});
