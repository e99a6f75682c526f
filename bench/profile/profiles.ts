import { mkdtemp, readdir, readFile, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Contestant } from '../contestants.ts';
import type { Run } from '../measure.ts';
import { callsOf, type WarmPlan } from '../protocol.ts';
import { format, type Table } from '../table.ts';
import { type Attribution, attribute, type Files } from './attribute.ts';
import type { CpuProfile } from './cpu-profile.ts';

/** Samples are this far apart. */
const INTERVAL_US = 100;

const US_PER_MS = 1_000;

/** Places in a table. */
const ROWS = 15;

/** How a profile is taken. */
export interface ProfileOptions {
  /** How many profiles are added up. */
  readonly count: number;
  /** Folder for them. */
  readonly folder: string;
}

/** Milliseconds by place from the first line to the first result, the mean of some runs. */
export function profileCold(contestant: Contestant, options: ProfileOptions, run: Run): Promise<Attribution> {
  return profile(contestant, options, (how) => run(contestant, how), US_PER_MS);
}

/** Microseconds by place for one call. */
export function profileWarm(
  contestant: Contestant,
  options: ProfileOptions,
  run: Run,
  warm: WarmPlan,
): Promise<Attribution> {
  return profile(contestant, options, (how) => run(contestant, { ...how, warm }), callsOf(warm));
}

async function profile(
  contestant: Contestant,
  { count, folder }: ProfileOptions,
  run: (how: { readonly nodeOptions: readonly string[] }) => Promise<unknown>,
  usPerUnit: number,
): Promise<Attribution> {
  const files = await filesOf(contestant);
  const sum = new Map<string, number>();
  for (let n = 0; n < count; n++) {
    const into = await mkdtemp(join(folder, 'profile-'));
    await run({ nodeOptions: ['--cpu-prof', `--cpu-prof-dir=${into}`, `--cpu-prof-interval=${INTERVAL_US}`] });
    for (const [place, us] of attribute(await readProfile(into), files)) {
      sum.set(place, (sum.get(place) ?? 0) + us / usPerUnit / count);
    }
  }
  return sum;
}

async function readProfile(folder: string): Promise<CpuProfile> {
  const [name = ''] = await readdir(folder);
  return JSON.parse(await readFile(join(folder, name), 'utf8')) as CpuProfile;
}

async function filesOf({ subject, program }: Contestant): Promise<Files> {
  const url = async (path: string): Promise<string> => pathToFileURL(await realpath(path)).href;
  return { subject: await url(subject), program: await url(program) };
}

/**
 * The places that most went to.
 *
 * @param unit - of the figures
 */
export function profileTable(spent: Attribution, unit: string): Table {
  const places = [...spent].sort(([, left], [, right]) => right - left);
  const total = places.reduce((sum, [, value]) => sum + value, 0);
  const row = (place: string, value: number): string[] => [
    place,
    format(value, 1),
    `${format((value / total) * 100, 0)} %`,
  ];
  return {
    head: ['where', unit, 'share'],
    rows: [...places.slice(0, ROWS).map(([place, value]) => row(`\`${place}\``, value)), row('all', total)],
  };
}
