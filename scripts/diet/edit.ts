/**
 * Replaces a text that must occur exactly once, so that no edit of the SDK's source fails silently.
 *
 * @param file - Name of the source, for the message.
 * @throws Error that says what to do, if the text is missing or ambiguous.
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
