import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { inChinese } from '../../local/console/page/sentences.js';
import FAULT_WORDS from '../../local/console/page/words/faults.json' with { type: 'json' };
import PAGE_WORDS from '../../local/console/page/words/page.json' with { type: 'json' };
import { FAULTS } from '../../local/vod/faults.ts';

const PROJECT = join(import.meta.dirname, '../..');
const PAGE = 'local/console/page';

const read = (path: string): string => readFileSync(join(PROJECT, path), 'utf8');

const filesIn = (folder: string, ending: string): readonly string[] =>
  readdirSync(join(PROJECT, folder))
    .filter((file) => file.endsWith(ending))
    .map((file) => join(folder, file));

const HAN = /\p{Script=Han}/u;

const holesIn = (text: string): readonly string[] => (text.match(/\{\w+\}/g) ?? []).toSorted();

describe('the words of the page', () => {
  it.each(Object.entries(PAGE_WORDS))('%s are there in both languages, with the same holes', (_key, texts) => {
    const [english = '', chinese = ''] = texts;
    expect(texts).toHaveLength(2);
    expect(english).not.toBe('');
    expect(chinese).not.toBe('');
    expect(holesIn(chinese)).toEqual(holesIn(english));
  });

  it('are all there that the page asks for', () => {
    const html = read(`${PAGE}/index.html`);
    const asked = [...html.matchAll(/data-i18n="([^"]+)"/g)].map(([, key = '']) => key);
    const code = filesIn(PAGE, '.js').map(read).join('\n');
    asked.push(...[...code.matchAll(/'([a-z]+\.[A-Za-z.-]+)'/g)].map(([, key = '']) => key));
    expect(asked.length).toBeGreaterThan(60);
    expect(asked.filter((key) => !Object.hasOwn(PAGE_WORDS, key))).toEqual([]);
  });

  it('are there for each button: what it does, what it is doing, and that it has done it', () => {
    const buttons = Object.keys(PAGE_WORDS).flatMap((key) => (key.startsWith('do.') ? [key.slice(3)] : []));
    const keys = buttons.flatMap((name) => [`doing.${name}`, `status.${name}`]);
    // What these two have done is said by the function's result.
    const told = ['status.cancel', 'status.supersede'];
    expect(keys.filter((key) => !Object.hasOwn(PAGE_WORDS, key))).toEqual(told);
  });

  it('say what each fault does, in a group, in both languages', () => {
    expect(Object.keys(FAULT_WORDS.faults).toSorted()).toEqual(Object.keys(FAULTS).toSorted());
    for (const [name, [group, english, chinese]] of Object.entries(FAULT_WORDS.faults)) {
      expect([name, Object.keys(FAULT_WORDS.groups)]).toEqual([name, expect.arrayContaining([group])]);
      expect(english).toMatch(/^\S.*\.$/);
      expect(chinese).toMatch(HAN);
    }
    for (const texts of Object.values(FAULT_WORDS.groups)) expect(texts[1]).toMatch(HAN);
  });
});

/** Where the sentences come from that the page shows. */
const FOLDERS = [
  'lib/cancel',
  'lib/events',
  'lib/events/sources',
  'lib/config',
  'lib/log',
  'local/gateway',
  'local/console',
];

/** Never shown as they are: `error.message` stands in the JSON only, and a schema's texts in the description. */
const NOT_SHOWN = /(?:own-errors|-schema)\.ts$/;

const LITERAL = /'((?:[^'\\\n]|\\.)*)'|"((?:[^"\\\n]|\\.)*)"|`((?:[^`\\]|\\.)*)`/g;

/** The sentences in a source file, with something in each hole. */
function sentencesIn(path: string): readonly string[] {
  const code = read(path).replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '');
  return [...code.matchAll(LITERAL)]
    .map(([, single, double, template]) => single ?? double ?? template ?? '')
    .filter((text) => /^[A-Z$a-z_{}.]+ .* .*\.$|^transcode cancel/.test(text))
    .map((text) => text.replace(/\$\{[^}]*\}/g, 'X'));
}

const SENTENCES = FOLDERS.flatMap((folder) => filesIn(folder, '.ts'))
  .filter((path) => !NOT_SHOWN.test(path))
  .flatMap(sentencesIn);

describe('a sentence of the functions or the gateway', () => {
  it('is found in the sources', () => {
    expect(SENTENCES.length).toBeGreaterThan(80);
  });

  it.each([...new Set(SENTENCES)])('has a Chinese one: %s', (sentence) => {
    expect(inChinese(sentence)).toMatch(HAN);
  });

  it('keeps what fills its holes, and translates a sentence in it', () => {
    expect(inChinese('2 of 3 cancels not completed: a (VOD_TIMEOUT), b (VOD.1)')).toBe(
      '3 次取消中有 2 次未完成：a (VOD_TIMEOUT), b (VOD.1)',
    );
    expect(inChinese('In an earlier delivery of this message: VOD has no asset with this id.')).toBe(
      '此消息先前投递时的结果：VOD 中没有此 ID 的媒资。',
    );
    expect(inChinese('VOD.10083: VOD has no asset with this id.')).toBe('VOD.10083：VOD 中没有此 ID 的媒资。');
    expect(inChinese('transcode cancel: not_found')).toBe('取消转码：媒资不存在');
    for (const call of ['cancel', 'status']) expect(inChinese(`call to VOD: ${call}`)).toMatch(HAN);
    expect(inChinese('Something else $1.')).toBe('Something else $1.');
  });
});
