/** What Node's `--cpu-prof` writes (Chrome DevTools Protocol, Profiler.Profile), as far as it is read here. */
export interface CpuProfile {
  readonly nodes: readonly ProfileNode[];
  /** The id of the node that was running, sample by sample. */
  readonly samples: readonly number[];
  /** Microseconds since the sample before. */
  readonly timeDeltas: readonly number[];
}

export interface ProfileNode {
  readonly id: number;
  readonly callFrame: Frame;
  readonly children?: readonly number[];
}

export interface Frame {
  readonly functionName: string;
  /** Empty for native code, `node:…` for Node's own. */
  readonly url: string;
}

/** The frames of each node, from the root down. */
export function stacksOf({ nodes }: CpuProfile): ReadonlyMap<number, readonly Frame[]> {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const stacks = new Map<number, readonly Frame[]>();
  const isChild = new Set(nodes.flatMap(({ children }) => children ?? []));
  const open: (readonly [id: number, above: readonly Frame[]])[] = nodes
    .filter(({ id }) => !isChild.has(id))
    .map(({ id }) => [id, []]);
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const [id, above] = next;
    const node = byId.get(id);
    if (node === undefined) continue;
    const stack = [...above, node.callFrame];
    stacks.set(id, stack);
    for (const child of node.children ?? []) open.push([child, stack]);
  }
  return stacks;
}
