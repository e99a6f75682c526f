import type { Row, Section } from './row.ts';
import { DECISIONS, INTERNAL_ERRORS, LIMITS, REFUSALS, UNDOCUMENTED } from './rows-answers.ts';
import { AFTER_LOSS, AFTER_NOT_QUEUED, STATUS_READS } from './rows-doubt.ts';
import { MIXED, NO_TIME } from './rows-mixed.ts';
import { BROKEN_ANSWERS, NO_CONNECTION } from './rows-network.ts';
import { REUSED } from './rows-reused.ts';
import { THROTTLING } from './rows-throttling.ts';

/** The fault matrix: everything that can go wrong between the functions and VOD, and what they must answer. */
export const SECTIONS: readonly Section[] = [
  { title: 'No connection: nothing was sent', rows: NO_CONNECTION },
  { title: 'The answer breaks off or never arrives', rows: BROKEN_ANSWERS },
  { title: 'Answers that VOD does not document', rows: UNDOCUMENTED },
  { title: 'VOD refuses', rows: REFUSALS },
  { title: 'VOD fails', rows: INTERNAL_ERRORS },
  { title: 'VOD decides', rows: DECISIONS },
  { title: 'VOD throttles', rows: THROTTLING },
  { title: 'Limits of the functions', rows: LIMITS },
  { title: 'Status read without a doubt', rows: STATUS_READS },
  { title: 'In doubt, then VOD.10083: the status read settles it', rows: AFTER_NOT_QUEUED },
  { title: 'Every answer lost: the status read settles it', rows: AFTER_LOSS },
  { title: 'Lost on a used connection', rows: REUSED },
  { title: 'In doubt, then something else', rows: MIXED },
  { title: 'In doubt, and no time left', rows: NO_TIME },
];

export const MATRIX: readonly Row[] = SECTIONS.flatMap(({ rows }) => rows);
