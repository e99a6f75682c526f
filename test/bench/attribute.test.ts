import { describe, expect, it } from 'vitest';
import { attribute } from '../../bench/profile/attribute.ts';
import type { CpuProfile, Frame } from '../../bench/profile/cpu-profile.ts';

const SUBJECT = 'file:///bundle.js';
const PROGRAM = 'file:///program.js';

const frame = (functionName: string, url = ''): Frame => ({ functionName, url });
const program = frame('compete', PROGRAM);
const ours = (name: string): Frame => frame(name, SUBJECT);

/** A profile with one sample for each stack, given from the root down, each 10 µs long. */
function profileOf(...stacks: readonly (readonly Frame[])[]): CpuProfile {
  const nodes: { id: number; callFrame: Frame; children: number[] }[] = [
    { id: 1, callFrame: frame('(root)'), children: [] },
  ];
  const samples = stacks.map((stack) => {
    let parent = nodes[0];
    for (const callFrame of stack) {
      const node = { id: nodes.length + 1, callFrame, children: [] };
      nodes.push(node);
      parent?.children.push(node.id);
      parent = node;
    }
    return parent?.id ?? 1;
  });
  return { nodes, samples, timeDeltas: samples.map(() => 10) };
}

const spent = (...stacks: readonly (readonly Frame[])[]): Record<string, number> =>
  Object.fromEntries(attribute(profileOf([program], ...stacks), { subject: SUBJECT, program: PROGRAM }));

describe('attribute', () => {
  it('counts a sample for the innermost function of the subject and what that called', () => {
    expect(
      spent(
        [program, ours('handler'), ours('sign'), frame('createHmac', 'node:crypto'), frame('Hmac', 'node:crypto')],
        [program, ours('handler'), ours('sign')],
      ),
    ).toEqual({ '(the program)': 10, 'sign › createHmac': 10, sign: 10 });
  });

  it('adds up', () => {
    expect(spent([program, ours('sign')], [program, ours('sign')])).toMatchObject({ sign: 20 });
  });

  it('leaves out what is before the first line, and waiting', () => {
    const boot = [frame('bootstrap', 'node:internal/main')];
    const profile = profileOf(boot, [program], [frame('(idle)')], boot);
    const result = attribute(profile, { subject: SUBJECT, program: PROGRAM });
    expect(Object.fromEntries(result)).toEqual({ '(the program)': 10, 'Node › bootstrap': 10 });
  });

  it('tells a require by the module of Node that it loads', () => {
    const require = frame('require', 'node:internal/modules/helpers');
    const loader = frame('', 'node:internal/bootstrap/realm');
    expect(
      spent(
        [program, ours(''), require, loader, frame('', 'node:https'), frame('', 'node:tls')],
        [program, require, frame('wrapSafe', 'node:internal/modules/cjs/loader')],
      ),
    ).toMatchObject({ '(module or anonymous) › require node:https': 10, '(the program) › require': 10 });
  });

  it('passes over what Node calls everything through', () => {
    const ticks = frame('processTicksAndRejections', 'node:internal/process/task_queues');
    expect(spent([ticks, frame('onSocketNT', 'node:_http_client')], [ticks])).toMatchObject({
      'Node › onSocketNT': 10,
      Node: 10,
    });
  });

  it('keeps the garbage collector apart', () => {
    expect(spent([program, ours('sign'), frame('(garbage collector)')])).toMatchObject({ '(garbage collector)': 10 });
  });
});
