import { get } from './elements.js';
import { EN } from './words-en.js';
import { ZH } from './words-zh.js';

const WORDS = { en: EN, 'zh-CN': ZH };
const LANGUAGE_KEY = 'vod-transcode-cancel.language';
let language = localStorage.getItem(LANGUAGE_KEY) ?? (navigator.language.startsWith('zh') ? 'zh-CN' : 'en');
if (!Object.hasOwn(WORDS, language)) language = 'en';

const word = (key, values = {}) =>
  (WORDS[language][key] ?? key).replace(/\{(\w+)\}/g, (hole, name) =>
    Object.hasOwn(values, name) ? values[name] : hole,
  );

/** Shows a text in the page's language, and again after the language changes. A value `=key` is a text itself. */
export function say(element, key, values = {}) {
  element.dataset.i18n = key;
  for (const [name, value] of Object.entries(values)) element.dataset[name] = value;
  translate(element);
  return element;
}

function valuesOf(element) {
  const { i18n, i18nLabel, ...values } = element.dataset;
  for (const [name, value] of Object.entries(values)) if (value.startsWith('=')) values[name] = word(value.slice(1));
  return values;
}

function translate(element) {
  const { i18n, i18nLabel } = element.dataset;
  if (i18n !== undefined) {
    const text = word(i18n, valuesOf(element));
    if (element.textContent !== text) element.textContent = text;
  }
  if (i18nLabel !== undefined) element.setAttribute('aria-label', word(i18nLabel, valuesOf(element)));
}

/** Whether the table has a text with this key. */
export const hasWord = (key) => Object.hasOwn(EN, key);

/** Translates the whole page. */
function setLanguage(next) {
  language = next;
  document.documentElement.lang = next;
  for (const element of document.querySelectorAll('[data-i18n], [data-i18n-label]')) translate(element);
  const toggle = get('language');
  toggle.textContent = word('language');
  toggle.lang = next === 'en' ? 'zh-CN' : 'en';
}
/** Lets a person switch the language, and remembers it. */
export function startLanguage() {
  get('language').addEventListener('click', () => {
    setLanguage(language === 'en' ? 'zh-CN' : 'en');
    localStorage.setItem(LANGUAGE_KEY, language);
  });
  setLanguage(language);
}
