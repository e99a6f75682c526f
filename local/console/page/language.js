import { inChinese } from './sentences.js';
import FAULT_WORDS from './words/faults.json' with { type: 'json' };
import PAGE_WORDS from './words/page.json' with { type: 'json' };

const LANGUAGES = ['en', 'zh-CN'];
const STORED_AS = 'vod-transcode-cancel.language';

const prefixed = (prefix, words) =>
  Object.entries(words).map(([name, texts]) => [`${prefix}.${name}`, texts.slice(-2)]);

/** Every word of the page by its key: English, Chinese. */
export const WORDS = {
  ...PAGE_WORDS,
  ...Object.fromEntries([...prefixed('group', FAULT_WORDS.groups), ...prefixed('fault', FAULT_WORDS.faults)]),
};

const remembered = localStorage.getItem(STORED_AS) ?? (navigator.language.startsWith('zh') ? 'zh-CN' : 'en');
let language = LANGUAGES.includes(remembered) ? remembered : 'en';

export const hasWord = (key) => Object.hasOwn(WORDS, key);

const word = (key, values = {}) =>
  (WORDS[key]?.[LANGUAGES.indexOf(language)] ?? key).replace(/\{(\w+)\}/g, (hole, name) => values[name] ?? hole);

const sentence = (english) => (language === 'en' ? english : inChinese(english));

/** A value `=key` is a word, a value `~text` is a sentence of the functions: both follow the language. */
function resolved(value) {
  if (value.startsWith('=')) return word(value.slice(1));
  return value.startsWith('~') ? sentence(value.slice(1)) : value;
}

const valuesOf = (element) =>
  Object.fromEntries(Object.entries(element.dataset).map(([name, value]) => [name, resolved(value)]));

/** Says a word in the page's language, also if that is switched later. */
export function say(element, key, values = {}) {
  element.dataset.i18n = key;
  for (const [name, value] of Object.entries(values)) element.dataset[name] = value;
  translate(element);
  return element;
}

/** Says a sentence of the functions, which is English, in the page's language. */
export function saySentence(element, english) {
  element.dataset.english = english;
  translate(element);
  return element;
}

function translate(element) {
  const { i18n, i18nLabel, english } = element.dataset;
  const text = i18n === undefined ? sentence(english ?? '') : word(i18n, valuesOf(element));
  // Screen readers read a live region again if its text is set, even to the same text.
  const isText = i18n !== undefined || english !== undefined;
  if (isText && element.textContent !== text) element.textContent = text;
  if (english !== undefined) element.lang = text === english ? 'en' : language;
  if (i18nLabel !== undefined) element.setAttribute('aria-label', word(i18nLabel, valuesOf(element)));
  if (element.dataset.i18nGroup !== undefined) element.label = word(element.dataset.i18nGroup);
}

function setLanguage(next) {
  language = next;
  document.documentElement.lang = next;
  const all = '[data-i18n], [data-i18n-label], [data-i18n-group], [data-english]';
  for (const element of document.querySelectorAll(all)) translate(element);
  document.getElementById('language').lang = LANGUAGES.find((other) => other !== next);
}

/** Shows the page in the language of the browser or of an earlier visit. The button switches it. */
export function startLanguage() {
  document.getElementById('language').addEventListener('click', () => {
    setLanguage(LANGUAGES.find((other) => other !== language));
    localStorage.setItem(STORED_AS, language);
  });
  setLanguage(language);
}
