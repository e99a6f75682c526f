import { MINUTE_MS } from '../pace/simulate.ts';
import { type ArrivedCall, LIMIT } from '../pace/vod.ts';

const [WIDTH, HEIGHT, BAR, LEFT, BOTTOM] = [720, 200, 22, 40, 170] as const;
const [ADMITTED, REFUSED] = ['#2a9d8f', '#e76f51'] as const;

const x = (minute: number): number => LEFT + minute * BAR;
const y = (calls: number): number => BOTTOM - Math.min(140, calls * 0.875);

const text = (left: number, bottom: number, words: string | number): string =>
  `<text x="${left}" y="${bottom}">${words}</text>`;

const bar = (colour: string, minute: number, from: number, to: number): string =>
  `<rect fill="${colour}" x="${x(minute)}" y="${y(to)}" width="${BAR - 4}" height="${y(from) - y(to)}"/>`;

/** Calls admitted and refused in each minute, as an SVG picture that reads well on light and on dark pages. */
export function plot(title: string, calls: readonly ArrivedCall[]): string {
  const minutes = Array.from({ length: Math.floor((WIDTH - LEFT) / BAR) }, (_, minute) => {
    const arrived = calls.filter(({ at }) => Math.floor(at / MINUTE_MS) === minute);
    const admitted = arrived.filter((call) => call.admitted).length;
    return [bar(ADMITTED, minute, 0, admitted), bar(REFUSED, minute, admitted, arrived.length)];
  });
  const words = `<tspan fill="${ADMITTED}">admitted</tspan>, <tspan fill="${REFUSED}">refused</tspan>`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="sans-serif" font-size="12" fill="#808080">`,
    `<title>${title}: calls a minute, admitted and refused</title>`,
    text(LEFT, 16, `${title}: calls a minute, ${words}`),
    ...minutes.flat(),
    ...[0, 5, 10, 15, 20, 25].map((minute) => text(x(minute) + 5, BOTTOM + 18, minute)),
    ...[0, LIMIT].flatMap((limit) => [
      `<path d="M${LEFT} ${y(limit)}H${WIDTH}" stroke="#808080" stroke-dasharray="4"/>`,
      text(10, y(limit) + 4, limit),
    ]),
    '</svg>\n',
  ].join('\n');
}
