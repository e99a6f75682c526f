const NAME = String.raw`[A-Za-z_$][\w$]*`;

/** What is used of an import, from the module down, e.g. `['AKSKSigner', 'sign']`. Empty where it cannot be told. */
export type Use = readonly string[];

/**
 * Every use that a module makes of what it imports from another one.
 *
 * esbuild checks named imports itself, but sees nothing in `AKSKSigner.sign`. This reads `import { A } from "x"` and then
 * `A.b`, or `A(…)`, and reports what it cannot read as a use that cannot be told, rather than pass it over.
 *
 * @param code - the module as esbuild prints it: JavaScript, no comments, one layout
 * @param specifier - the import, as it stands in `from "…"`
 */
export function usesOf(code: string, specifier: string): Use[] {
  const from = JSON.stringify(specifier);
  const imports = [...code.matchAll(new RegExp(String.raw`^import \{([^}]*)\} from ${quoted(from)};`, 'gm'))];
  if (imports.length === 0 || code.split(from).length - 1 !== imports.length) return [[]];
  return imports.flatMap(({ 0: statement, 1: names = '', index }) => {
    const rest = code.slice(0, index) + code.slice(index + statement.length);
    return names
      .split(',')
      .map((name) => name.trim().split(' as '))
      .flatMap(([imported = '', local = imported]) => usesOfLocal(rest, imported, local));
  });
}

function usesOfLocal(code: string, imported: string, local: string): Use[] {
  const mention = new RegExp(String.raw`(?<![\w$.])${quoted(local)}(?![\w$])((?:\.${NAME})*)(\()?`, 'g');
  return [...code.matchAll(mention)].map(([, members = '', call]) => {
    // What is handed on as a whole may be used in any way.
    if (members === '' && call === undefined) return [];
    return [imported, ...members.split('.').slice(1)];
  });
}

function quoted(text: string): string {
  return text.replace(/[^\w]/g, String.raw`\$&`);
}
