import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

/**
 * A stand-in of the AWS services that `osls deploy` calls, on a loopback port: STS, CloudFormation, S3 and Lambda. It
 * keeps the uploads, and which template the stack gets. It does not read the template: every change succeeds. Sources:
 * the API references of STS 2011-06-15, CloudFormation 2010-05-15, S3 2006-03-01 and Lambda 2015-03-31.
 */
export interface AwsServices {
  readonly url: string;
  /** What lies in the bucket of the deployment, by its key. */
  readonly uploads: ReadonlyMap<string, Buffer>;
  /** The key of the template in the bucket that the stack was updated with. */
  readonly deployed: string | undefined;
  close(): void;
}

const STACK = 'vod-transcode-cancel-prod';
const BUCKET = 'deployment-bucket';
const STACK_ID = `arn:aws:cloudformation:eu-central-1:000000000000:stack/${STACK}/0`;

/** The stack after so many change sets. */
const statusAfter = (changes: number): string => (changes > 1 ? 'UPDATE_COMPLETE' : 'CREATE_COMPLETE');

/** The result of each action, by the number of change sets that were executed. */
const RESULTS: Readonly<Record<string, (changes: number) => string>> = {
  GetCallerIdentity: () => '<Account>000000000000</Account><Arn>arn:aws:iam::000000000000:user/fake</Arn>',
  DescribeStacks: (changes) =>
    `<Stacks><member><StackName>${STACK}</StackName><StackId>${STACK_ID}</StackId>
    <CreationTime>2026-01-01T00:00:00Z</CreationTime><StackStatus>${statusAfter(changes)}</StackStatus>
    <Outputs><member><OutputKey>ServerlessDeploymentBucketName</OutputKey><OutputValue>${BUCKET}</OutputValue></member>
    </Outputs></member></Stacks>`,
  CreateChangeSet: () => `<Id>change</Id><StackId>${STACK_ID}</StackId>`,
  DescribeChangeSet: () => '<ChangeSetName>change</ChangeSetName><Status>CREATE_COMPLETE</Status>',
  ExecuteChangeSet: () => '',
  DeleteChangeSet: () => '',
  DescribeStackEvents: (changes) =>
    `<StackEvents><member><EventId>${changes}</EventId><StackId>${STACK_ID}</StackId><StackName>${STACK}</StackName>
    <LogicalResourceId>${STACK}</LogicalResourceId><PhysicalResourceId>${STACK_ID}</PhysicalResourceId>
    <ResourceType>AWS::CloudFormation::Stack</ResourceType>
    <ResourceStatus>${statusAfter(changes)}</ResourceStatus><Timestamp>2100-01-01T00:00:00Z</Timestamp></member>
    </StackEvents>`,
  DescribeStackResource: () =>
    `<StackResourceDetail><PhysicalResourceId>${BUCKET}</PhysicalResourceId></StackResourceDetail>`,
  ListStackResources: () => '<StackResourceSummaries/>',
  ValidateTemplate: () => '',
};

/** The key of an object in the bucket. Here, as at AWS, `…/bucket/key` and `bucket.…/key` name the same object. */
const keyOf = (pathname: string): string => decodeURIComponent(pathname).replace(`/${BUCKET}/`, '').replace(/^\//, '');

interface Answer {
  readonly status: number;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
}

const failed = (code: string): Answer => ({
  status: 400,
  body: `<ErrorResponse><Error><Code>${code}</Code><Message>Stack with id ${STACK} does not exist</Message></Error></ErrorResponse>`,
});

/** Nothing lies in the bucket yet, and no function is there. */
const REST: Answer = { status: 200, body: '<ListBucketResult/>' };
const NO_FUNCTION: Answer = {
  status: 404,
  body: '{}',
  headers: { 'content-type': 'application/json', 'x-amzn-errortype': 'ResourceNotFoundException' },
};

export async function startAwsServices(): Promise<AwsServices> {
  const uploads = new Map<string, Buffer>();
  let changes = 0;
  let deployed: string | undefined;

  const answerAction = (form: URLSearchParams): Answer => {
    const action = form.get('Action') ?? '';
    if (action === 'DescribeStacks' && changes === 0) return failed('ValidationError');
    const result = RESULTS[action];
    if (result === undefined) return failed('InvalidAction');
    if (action === 'ExecuteChangeSet') changes += 1;
    const template = form.get('TemplateURL');
    if (template !== null) deployed = keyOf(new URL(template).pathname);
    const body = `<${action}Response><${action}Result>${result(changes)}</${action}Result></${action}Response>`;
    return { status: 200, body };
  };

  const answer = async (request: IncomingMessage): Promise<Answer> => {
    const body = await buffer(request);
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    if (request.method === 'POST') return answerAction(new URLSearchParams(body.toString('utf8')));
    if (request.method === 'PUT') uploads.set(keyOf(pathname), body);
    return pathname.startsWith(`/${BUCKET}/`) ? REST : NO_FUNCTION;
  };

  const server = createServer((request, response) => {
    void answer(request).then(({ status, body, headers }) => response.writeHead(status, headers).end(body));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    uploads,
    get deployed() {
      return deployed;
    },
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
