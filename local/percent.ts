/** Percent-decodes a text. A text that cannot be decoded does not change. */
export function decodePercent(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
