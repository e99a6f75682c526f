import { type Condition, type Grammar, type Line, readCondition, type Tokens } from './conditions.ts';

/**
 * The part of the search syntax of Huawei Cloud's Log Tank Service that the alarms and the runbook use: phrases, `and`,
 * `or`, `not` and parentheses. LTS splits a line into words at punctuation and white space, and a phrase `#"..."` is found
 * where its words stand next to each other in this order.
 */
const GRAMMAR: Grammar = {
  token: /^(?:#"[^"]*"|[()]|and\b|or\b|not\b)/i,
  and: 'and',
  or: 'or',
  condition: readPhrase,
};

/** LTS's default delimiters. A dot, a hyphen and an underscore are not among them, so they belong to a word. */
const DELIMITERS = /[\s,'";=()[\]{}@&<>/:]+/;

/** Reads a search as a condition on the text of a line. */
export const readLtsSearch = (search: string): Condition => readCondition(search, GRAMMAR);

function readPhrase(tokens: Tokens): Condition {
  if (tokens.skip('not')) {
    const phrase = readPhrase(tokens);
    return (line) => !phrase(line);
  }
  const token = tokens.take();
  if (!token.startsWith('#"')) throw new SyntaxError(`${token} is no phrase`);
  const phrase = wordsOf(token.slice(2, -1));
  return (line) => {
    const words = wordsOf(textOf(line));
    return words.some((_, at) => phrase.every((word, index) => words[at + index] === word));
  };
}

const wordsOf = (text: string): readonly string[] =>
  text
    .toLowerCase()
    .split(DELIMITERS)
    .filter((word) => word !== '');

const textOf = (line: Line): string => JSON.stringify(line);
