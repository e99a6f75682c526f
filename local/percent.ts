/** Percent-decodes; a text that cannot be decoded stays as it came. */
export function decodePercent(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
