import { type Condition, type Grammar, type Line, memberOf, readCondition, type Tokens } from './conditions.ts';

/**
 * The part of the CloudWatch Logs Insights language that the runbook uses in `filter`: `=`, `!=`, `in [...]`,
 * `ispresent()`, `and`, `or` and parentheses
 * (docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_QuerySyntax.html).
 */
const GRAMMAR: Grammar = {
  token: /^(?:[A-Za-z_@][\w.@]*|"[^"]*"|!=|[()[\],=]|-?\d+)/,
  and: 'and',
  or: 'or',
  condition: readComparison,
};

/** Reads what a query selects; its other commands only shape what is shown. */
export function readInsightsQuery(query: string): Condition {
  const commands = query.split('|').map((command) => command.trim());
  for (const command of commands) {
    if (!/^(?:fields|filter|stats|sort|limit|display)\s/.test(command)) throw new SyntaxError(`no command: ${command}`);
  }
  const filters = commands
    .filter((command) => command.startsWith('filter '))
    .map((command) => readCondition(command.slice('filter '.length), GRAMMAR));
  return (line) => filters.every((filter) => filter(line));
}

/** The members that a query shows or counts by, each by its path. */
export function fieldsOf(query: string): readonly string[] {
  return query
    .split('|')
    .map((command) => command.trim())
    .flatMap((command) => /^(?:fields|stats .* by) (.*)$/s.exec(command)?.[1]?.split(',') ?? [])
    .map((field) => field.trim())
    .filter((field) => !field.startsWith('@'));
}

function readComparison(tokens: Tokens): Condition {
  const field = tokens.take();
  if (field === 'ispresent') {
    tokens.expect('(');
    const path = tokens.take();
    tokens.expect(')');
    return (line) => memberOf(line, path) !== undefined;
  }
  const operator = tokens.take();
  const values = operator === 'in' ? readList(tokens) : [literalOf(tokens.take())];
  const isOneOf = (line: Line): boolean => values.includes(memberOf(line, field));
  if (operator === '!=') return (line) => !isOneOf(line);
  if (operator === '=' || operator === 'in') return isOneOf;
  throw new SyntaxError(`${operator} is no operator`);
}

function readList(tokens: Tokens): readonly unknown[] {
  tokens.expect('[');
  const values = [literalOf(tokens.take())];
  while (tokens.skip(',')) values.push(literalOf(tokens.take()));
  tokens.expect(']');
  return values;
}

/** A text, or a number; the language compares `true` and `false` as 1 and 0. */
const literalOf = (token: string): unknown => (token.startsWith('"') ? token.slice(1, -1) : Number(token));
