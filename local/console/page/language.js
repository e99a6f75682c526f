import { inChinese } from './sentences.js';
import WORDS from './words/page.json' with { type: 'json' };

const CHINESE = 'zh-CN';
const STORED_AS = 'vod-transcode-cancel.language';

/** The link to the other language sets it. */
const chosen = new URLSearchParams(location.search).get('lang');
if (chosen !== null) localStorage.setItem(STORED_AS, chosen);

const isChinese = (localStorage.getItem(STORED_AS) ?? navigator.language).startsWith('zh');

/** The one of two texts, English and Chinese, that is in the page's language. */
export const pick = ([english, chinese]) => (isChinese ? chinese : english);

/**
 * Returns a text in the page's language.
 *
 * @param {string} key - a key of the words, or an English sentence of the functions
 * @param {object} values - what fills the holes. Each can be a key or a sentence, too
 */
export function text(key, values = {}) {
  const words = Object.hasOwn(WORDS, key) ? WORDS[key] : [key, inChinese(key)];
  return pick(words).replace(/\{(\w+)\}/g, (hole, name) => (name in values ? text(String(values[name])) : hole));
}

/** Writes {@link text} into an element. @returns the element */
export function setText(element, key, values) {
  element.textContent = text(key, values);
  return element;
}

/** Writes the texts of the document. */
export function startLanguage() {
  document.documentElement.lang = isChinese ? CHINESE : 'en';
  for (const element of document.querySelectorAll('[data-i18n]'))
    setText(element, element.dataset.i18n, element.dataset);
  const other = isChinese ? 'en' : CHINESE;
  const link = document.getElementById('language');
  link.lang = other;
  link.href = `?lang=${other}`;
}
