import { text } from './language.js';

/** Milliseconds in words, with one decimal below 10. */
export const milliseconds = (ms) => text('time.ms', { n: ms < 10 ? ms.toFixed(1) : ms.toFixed(0) });

/** The number of seconds with one decimal, from milliseconds. */
export const seconds = (ms) => (ms / 1_000).toFixed(1);
