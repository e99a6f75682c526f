import type { Contestant } from '../contestants.ts';
import type { Run } from '../measure.ts';
import type { WarmPlan } from '../protocol.ts';
import type { Section } from '../report.ts';
import { type ProfileOptions, profileCold, profileTable, profileWarm } from './profiles.ts';

/** Many more calls with 50 in flight than there are before them. */
const WARM: WarmPlan = { warmUp: 500, sequential: 1, paused: 1, concurrent: 3_000, handled: 1 };

/**
 * Profiles of the function and, to compare it with, the floor.
 *
 * @param contestants - built without minification, so that their functions have names
 */
export async function profileSections(
  contestants: readonly Contestant[],
  options: ProfileOptions,
  run: Run,
): Promise<Section[]> {
  const sections: Section[] = [];
  for (const contestant of contestants.filter(({ name }) => name === 'cancel-http' || name === 'floor')) {
    const { title } = contestant;
    const cold = await profileCold(contestant, options, run);
    const warm = await profileWarm(contestant, { ...options, count: 1 }, run, WARM);
    sections.push(
      { heading: `Cold: ${title}`, table: profileTable(cold, 'ms') },
      { heading: `Warm, mostly with 50 in flight: ${title}`, table: profileTable(warm, 'µs per call') },
    );
  }
  return sections;
}
