import { LIMIT } from './simulate.ts';

const [WIDTH, HEIGHT, BAR, LEFT, TOP, BOTTOM] = [720, 200, 22, 40, 30, 30] as const;
/** Tallest bar, in calls a minute. */
const MOST = 160;

const y = (calls: number): number => HEIGHT - BOTTOM - ((HEIGHT - TOP - BOTTOM) * Math.min(MOST, calls)) / MOST;

const text = (x: number, at: number, anchor: 'start' | 'middle' | 'end', words: string): string =>
  `<text x="${x}" y="${at}" text-anchor="${anchor}">${words}</text>`;

const bar = (minute: number, from: number, to: number, colour: string): string =>
  `<rect x="${LEFT + 4 + minute * BAR}" y="${y(to).toFixed(1)}" width="${BAR - 4}" height="${(y(from) - y(to)).toFixed(1)}" fill="${colour}"/>`;

/** Calls admitted and refused in each minute, as an SVG picture that reads well on light and on dark pages. */
export function plot(title: string, minutes: readonly (readonly [admitted: number, refused: number])[]): string {
  const shown = minutes.slice(0, Math.floor((WIDTH - LEFT) / BAR));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="sans-serif" font-size="12" fill="#808080">`,
    `<title>${title}</title>`,
    text(
      LEFT,
      16,
      'start',
      `${title}: calls a minute, <tspan fill="#2a9d8f">admitted</tspan>, <tspan fill="#e76f51">refused</tspan>`,
    ),
    ...shown.flatMap(([admitted, refused], minute) => [
      bar(minute, 0, admitted, '#2a9d8f'),
      bar(minute, admitted, admitted + refused, '#e76f51'),
      ...(minute % 5 === 0 ? [text(LEFT + minute * BAR + BAR / 2, HEIGHT - 12, 'middle', String(minute))] : []),
    ]),
    ...[0, LIMIT].map((calls) => `<path d="M${LEFT} ${y(calls)}H${WIDTH}" stroke="#808080" stroke-dasharray="4"/>`),
    ...[0, LIMIT].map((calls) => text(LEFT - 6, y(calls) + 4, 'end', String(calls))),
    '</svg>\n',
  ].join('\n');
}
