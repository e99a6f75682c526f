/** A line of the log, as the object it holds. */
export type Line = Readonly<Record<string, unknown>>;

export type Condition = (line: Line) => boolean;

/** How a language spells what the three of them have in common. */
export interface Grammar {
  /** Finds one token at the start of a text; white space between tokens is no matter. */
  readonly token: RegExp;
  readonly and: string;
  readonly or: string;
  /** Reads a condition without `and`, `or` and parentheses around it. */
  readonly condition: (tokens: Tokens) => Condition;
}

/** The tokens of a query, read from left to right. */
export class Tokens {
  readonly #tokens: readonly string[];
  #at = 0;

  constructor(text: string, token: RegExp) {
    const tokens: string[] = [];
    let rest = text.trim();
    while (rest !== '') {
      const [found] = token.exec(rest) ?? [];
      if (found === undefined || !rest.startsWith(found)) throw new SyntaxError(`not understood: ${rest}`);
      tokens.push(found);
      rest = rest.slice(found.length).trimStart();
    }
    this.#tokens = tokens;
  }

  get next(): string | undefined {
    return this.#tokens[this.#at];
  }

  take(): string {
    const token = this.next;
    if (token === undefined) throw new SyntaxError('the query ends too early');
    this.#at += 1;
    return token;
  }

  /** Takes the token where it is the next one. */
  skip(token: string): boolean {
    if (this.next?.toLowerCase() !== token) return false;
    this.#at += 1;
    return true;
  }

  expect(token: string): void {
    if (!this.skip(token)) throw new SyntaxError(`${token} is expected, not ${this.next ?? 'the end'}`);
  }
}

/**
 * Reads a whole condition. `and` binds more than `or`, as in all three languages.
 *
 * @throws SyntaxError where the text is not of the language, so that a query that is wrong fails its test
 */
export function readCondition(text: string, grammar: Grammar): Condition {
  const tokens = new Tokens(text, grammar.token);
  const condition = readOr(tokens, grammar);
  if (tokens.next !== undefined) throw new SyntaxError(`${tokens.next} is one too many`);
  return condition;
}

function readOr(tokens: Tokens, grammar: Grammar): Condition {
  const parts = [readAnd(tokens, grammar)];
  while (tokens.skip(grammar.or)) parts.push(readAnd(tokens, grammar));
  return (line) => parts.some((part) => part(line));
}

function readAnd(tokens: Tokens, grammar: Grammar): Condition {
  const parts = [readOne(tokens, grammar)];
  while (tokens.skip(grammar.and)) parts.push(readOne(tokens, grammar));
  return (line) => parts.every((part) => part(line));
}

function readOne(tokens: Tokens, grammar: Grammar): Condition {
  if (!tokens.skip('(')) return grammar.condition(tokens);
  const inner = readOr(tokens, grammar);
  tokens.expect(')');
  return inner;
}

/** A member by its path, such as `error.code`; undefined where it is missing. */
export function memberOf(line: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>(
      (value, name) => (typeof value === 'object' && value !== null ? (value as Line)[name] : undefined),
      line,
    );
}
