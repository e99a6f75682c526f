import { LIMIT } from '../pace/vod.ts';

const [WIDTH, HEIGHT, BAR, LEFT, BOTTOM] = [720, 200, 22, 40, 170] as const;
const y = (calls: number): number => BOTTOM - Math.min(140, calls * 0.875);

const text = (x: number, at: number, words: string | number): string => `<text x="${x}" y="${at}">${words}</text>`;

const bars = (colour: string, calls: readonly (readonly [from: number, to: number])[]): string =>
  `<path stroke="${colour}" stroke-width="${BAR - 4}" d="${calls.map(([from, to], minute) => `M${LEFT + (minute + 0.5) * BAR} ${y(from).toFixed(1)}V${y(to).toFixed(1)}`).join('')}"/>`;

/** Calls admitted and refused in each minute, as an SVG picture that reads well on light and on dark pages. */
export function plot(title: string, minutes: readonly (readonly [admitted: number, refused: number])[]): string {
  const shown = minutes.slice(0, Math.floor((WIDTH - LEFT) / BAR));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="sans-serif" font-size="12" fill="#808080">`,
    `<title>${title}: calls a minute, admitted and refused</title>`,
    text(
      LEFT,
      16,
      `${title}: calls a minute, <tspan fill="#2a9d8f">admitted</tspan>, <tspan fill="#e76f51">refused</tspan>`,
    ),
    bars(
      '#2a9d8f',
      shown.map(([admitted]) => [0, admitted]),
    ),
    bars(
      '#e76f51',
      shown.map(([admitted, refused]) => [admitted, admitted + refused]),
    ),
    ...shown.flatMap((_, minute) => (minute % 5 === 0 ? text(LEFT + minute * BAR + 7, BOTTOM + 18, minute) : [])),
    ...[0, LIMIT].map(
      (calls) =>
        `<path d="M${LEFT} ${y(calls)}H${WIDTH}" stroke="#808080" stroke-dasharray="4"/>${text(10, y(calls) + 4, calls)}`,
    ),
    '</svg>\n',
  ].join('\n');
}
