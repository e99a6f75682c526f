/** What one section of a page must have in every language: all that is not prose. */
export interface Outline {
  /** Number of `#`; the part before the first heading does not occur, for a page begins with one. */
  readonly level: number;
  /** With their fences. */
  readonly blocks: readonly string[];
  readonly tables: readonly TableOutline[];
  /** Targets of links and pictures, sorted. */
  readonly links: readonly string[];
  /** Inline code, each once, sorted; a sentence may name a thing more often in one language than in another. */
  readonly code: readonly string[];
}

/** The shape of a table and what identifies its rows. */
export interface TableOutline {
  readonly columns: readonly number[];
  /** The first cell of each row where it is code; the other cells are prose. */
  readonly names: readonly (string | undefined)[];
}

const BLOCK = /^```[\s\S]*?^```$/gm;
const TABLE = /(?:^\|.*\|\n)+/gm;
const LINK = /\]\(([^)]+)\)|<(https?:[^>]+)>/g;
const CODE = /`[^`\n]+`/g;
const CODES_ONLY = /^`[^`]+`(?:, `[^`]+`)*$/;

/** @returns one outline for each heading, in order */
export function outline(page: string): Outline[] {
  const blocks = page.match(BLOCK) ?? [];
  let next = 0;
  // A line of a block may begin with "#", so the blocks are away while the page is cut at its headings.
  const sections = page.replace(BLOCK, '\0').split(/^(?=#{1,6} )/m);
  return sections.map((section) => {
    const count = section.split('\0').length - 1;
    next += count;
    return {
      level: /^#*/.exec(section)?.[0].length ?? 0,
      blocks: blocks.slice(next - count, next),
      tables: (section.match(TABLE) ?? []).map(outlineTable),
      links: [...section.matchAll(LINK)].map(([, target, url]) => target ?? url ?? '').sort(),
      code: [...new Set(section.match(CODE))].sort(),
    };
  });
}

function outlineTable(table: string): TableOutline {
  const rows = table
    .trimEnd()
    .split('\n')
    .map((row) => row.split('|').slice(1, -1));
  return {
    columns: rows.map((cells) => cells.length),
    names: rows.map(([first = '']) => (CODES_ONLY.test(first.trim()) ? first.trim() : undefined)),
  };
}
