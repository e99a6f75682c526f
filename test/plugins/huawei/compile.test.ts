import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { terraformFile } from '../../../plugins/huawei/src/compile.ts';
import { compiled, sample, URN } from './sample.ts';

describe('a function', () => {
  const of = (...args: Parameters<typeof sample>) =>
    compiled(sample(...args)).resource['huaweicloud_fgs_function']?.['work'];

  it('has the settings of the page, and those of the provider that it does not change', () => {
    const initializer = { handler: 'index.initializer', timeout: 5 };
    const vpc = { vpcId: '${var.vpc}', subnetId: '${var.subnet}' };
    const logs = { group: 'huaweicloud_lts_group.g', stream: 'huaweicloud_lts_stream.s' };
    expect(of({ memorySize: 512, maxInstances: 2, initializer, vpc, logs, executionAgency: 'code' })).toMatchObject({
      name: 'sample-test-work',
      app: 'default',
      functiongraph_version: 'v2',
      runtime: 'Node.js20.15',
      handler: 'index.handler',
      memory_size: 512,
      timeout: 10,
      agency: 'platform',
      app_agency: 'code',
      initializer_handler: 'index.initializer',
      initializer_timeout: 5,
      max_instance_num: '2',
      vpc_id: '${var.vpc}',
      network_id: '${var.subnet}',
      enable_lts_log: true,
      log_group_id: '${huaweicloud_lts_group.g.id}',
      log_group_name: '${huaweicloud_lts_group.g.group_name}',
      log_stream_id: '${huaweicloud_lts_stream.s.id}',
      log_stream_name: '${huaweicloud_lts_stream.s.stream_name}',
    });
  });

  it('has its code as a literal', () => {
    expect(of()).toMatchObject({ code_type: 'zip', func_code: Buffer.from('code').toString('base64') });
  });

  it('changes the name of its code together with the code, and only then', () => {
    const nameOf = (code: string, memorySize: 128 | 256 = 256) =>
      compiled(sample({ memorySize }), code).resource['huaweicloud_fgs_function']?.['work']?.['code_filename'];
    expect(nameOf('code', 128)).toBe(nameOf('code', 256));
    expect(nameOf('code')).not.toBe(nameOf('other code'));
  });

  it('publishes no version, and does not change versions from the console', () => {
    expect(of()).toMatchObject({ lifecycle: { ignore_changes: ['versions', 'reserved_instances'] } });
    expect(of()).not.toHaveProperty('versions');
  });

  it('has its variables as compact JSON, sorted by name', () => {
    expect(of({ environment: { B: '2' } }, { environment: { C: '3', A: '1' } })).toMatchObject({
      user_data: '{"A":"1","B":"2","C":"3"}',
    });
  });

  it('has {} where there are no variables', () => {
    expect(of()).toMatchObject({ user_data: '{}' });
  });

  it('has no template of Terraform in its variables', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('$', '%', '{', '}', '"', 'a') }), (value) => {
        const text = String(of({ environment: { A: value } })?.['user_data']);
        // As Terraform reads a string: a doubled sign before a brace is the sign, and a single one begins a template.
        expect(text.replaceAll(/([$%])\1\{/g, 'x')).not.toMatch(/[$%]\{/);
        expect(JSON.parse(text.replaceAll(/([$%])\1\{/g, '$1{'))).toEqual({ A: value });
      }),
      { numRuns: 1000 },
    );
  });
});

describe('asynchronous invocations', () => {
  it('have the retries, the age and the topic of the page', () => {
    const asynchronous = { retries: 3, eventAge: 60, failedTopicUrn: '${huaweicloud_smn_topic.failed.topic_urn}' };
    expect(compiled(sample({ asynchronous })).resource['huaweicloud_fgs_async_invoke_configuration']).toEqual({
      work: {
        function_urn: URN,
        max_async_retry_attempts: 3,
        max_async_event_age_in_seconds: 60,
        on_failure: [
          { destination: 'SMN', param: '${jsonencode({ "topic_urn" = huaweicloud_smn_topic.failed.topic_urn })}' },
        ],
      },
    });
  });

  it('are left to FunctionGraph if they are not set', () => {
    expect(compiled(sample()).resource).not.toHaveProperty('huaweicloud_fgs_async_invoke_configuration');
  });
});

describe('the files beside', () => {
  it('know the functions by their keys', () => {
    const { locals } = compiled(sample());
    expect(locals).toEqual({
      region: 'cn-north-4',
      prefix: 'sample-test',
      names: { work: 'sample-test-work' },
      functions: {
        work: { id: '${huaweicloud_fgs_function.work.id}', urn: URN, dimension: 'default-sample-test-work' },
      },
    });
  });
});

describe('the file for Terraform itself', () => {
  const { provider } = sample();

  it('pins the provider and keeps the state, on the command line', () => {
    expect(terraformFile('cli', provider, { local: { path: 'x' } })).toEqual({
      terraform: {
        required_version: '>= 1.4.0',
        backend: { local: { path: 'x' } },
        required_providers: [{ huaweicloud: { source: 'huaweicloud/huaweicloud', version: '1.97.1' } }],
      },
      provider: { huaweicloud: { region: 'cn-north-4' } },
    });
  });

  it("names RFS's own provider and no backend, for RFS", () => {
    expect(JSON.parse(JSON.stringify(terraformFile('rfs', provider)))).toEqual({
      terraform: {
        required_providers: [{ huaweicloud: { source: 'huawei.com/provider/huaweicloud', version: '>= 1.72.1' } }],
      },
      provider: { huaweicloud: { region: 'cn-north-4' } },
    });
  });
});
