import { type Condition, type Grammar, memberOf, readCondition, type Tokens } from './conditions.ts';

/**
 * The part of CloudWatch's filter pattern language for JSON that the metric filters use: selectors of members, `=` with a
 * text or a number, `*` in a text for any characters, `IS TRUE`, `IS FALSE`, `&&`, `||` and parentheses
 * (docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html).
 */
const GRAMMAR: Grammar = {
  token: /^(?:\$(?:\.\w+)+|"[^"]*"|&&|\|\||[()=]|IS|TRUE|FALSE|-?\d+(?:\.\d+)?)/,
  and: '&&',
  or: '||',
  condition: readComparison,
};

/** CloudWatch refuses a longer pattern (API reference, PutMetricFilter). */
const MAX_LENGTH = 1_024;

/** Reads a filter pattern as a condition. A line that is no JSON object matches none of these patterns. */
export function readFilterPattern(pattern: string): Condition {
  if (pattern.length > MAX_LENGTH) throw new SyntaxError(`the pattern has ${pattern.length} characters`);
  const [, inner] = /^\{(.*)\}$/s.exec(pattern.trim()) ?? [];
  if (inner === undefined) throw new SyntaxError('a pattern for JSON stands in braces');
  return readCondition(inner, GRAMMAR);
}

function readComparison(tokens: Tokens): Condition {
  const selector = tokens.take();
  if (!selector.startsWith('$.')) throw new SyntaxError(`${selector} selects nothing`);
  const path = selector.slice(2);
  if (tokens.skip('is')) {
    const wanted = tokens.take() === 'TRUE';
    return (line) => memberOf(line, path) === wanted;
  }
  tokens.expect('=');
  const value = tokens.take();
  if (!value.startsWith('"')) return (line) => memberOf(line, path) === Number(value);
  const text = textPattern(value.slice(1, -1));
  return (line) => {
    const member = memberOf(line, path);
    return typeof member === 'string' && text.test(member);
  };
}

function textPattern(text: string): RegExp {
  const parts = text.split('*').map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, String.raw`\$&`));
  return new RegExp(`^${parts.join('.*')}$`, 's');
}
