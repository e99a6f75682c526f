import PAGE_WORDS from './words/page.json' with { type: 'json' };
import SENTENCES from './words/sentences.json' with { type: 'json' };

const HOLE = /\{(\w+)\}/g;

const escaped = (text) => text.replace(/[.*+?^$()|[\]\\/]/g, '\\$&');

/** Sentences with holes, as patterns whose groups are named as the holes. */
const patterns = Object.entries(SENTENCES)
  .filter(([english]) => english.includes('{'))
  .map(([english, chinese]) => [new RegExp(`^${escaped(english).replace(HOLE, '(?<$1>[^]*)')}$`), chinese]);

/**
 * Translates a sentence of the functions or of the gateway into Chinese. What fills a hole is translated too.
 *
 * @param {string} english
 * @returns {string} the sentence as it is if the tables do not have it
 */
export function inChinese(english) {
  if (Object.hasOwn(SENTENCES, english)) return SENTENCES[english];
  for (const [pattern, chinese] of patterns) {
    const groups = pattern.exec(english)?.groups;
    if (groups === undefined) continue;
    const filled = (name) => PAGE_WORDS[`outcome.${groups[name]}`]?.[1] ?? inChinese(groups[name]);
    return chinese.replace(HOLE, (_hole, name) => filled(name));
  }
  return english;
}
