/**
 * Replaces a text that must be there exactly once, so that an edit of the SDK's source never goes wrong in silence.
 *
 * @param file - Name of the source, for the message.
 * @throws Error that says what to do where the text is missing or ambiguous.
 */
export function replaceExactly(source: string, from: string, to: string, file: string): string {
  const [before, after, ...more] = source.split(from);
  if (before === undefined || after === undefined || more.length > 0) {
    const found = after === undefined ? 'does not have' : 'has more than once';
    throw new Error(
      `${file} ${found} the text ${JSON.stringify(from.slice(0, 100))}: ` +
        'the SDK has changed; read its source again and adapt scripts/diet',
    );
  }
  return before + to + after;
}
