import { withoutMark } from './decodeText';

/** An ini file: sections by name, values by name, and the numbers of lines that are neither. */
export interface Ini {
  readonly sections: ReadonlyMap<string, ReadonlyMap<string, string>>;
  /** Counted from 1. */
  readonly strangeLines: readonly number[];
  /** Sections that come twice, or in which a name has two values: what they say is not certain. */
  readonly repeated: ReadonlySet<string>;
}

/**
 * Reads the plain ini that credentials files are: `[section]`, `name = value`, comments after `#` or `;` at the start
 * of a line or after a space. Values may stand in quotes. Names are lower-cased; what comes before the first section
 * has no place and counts as strange. Of what comes again the last counts, and the section is named as repeated.
 */
export function parseIni(text: string): Ini {
  const sections = new Map<string, Map<string, string>>();
  const strangeLines: number[] = [];
  const repeated = new Set<string>();
  let current: { readonly name: string; readonly values: Map<string, string> } | undefined;
  withoutMark(text)
    .split(/\r\n|\r|\n/)
    .forEach((raw, index) => {
      const line = raw.trim();
      if (line === '' || line.startsWith('#') || line.startsWith(';')) return;
      const header = /^\[([^\]]+)\]\s*(?:[#;].*)?$/.exec(line)?.[1]?.trim();
      const equals = line.indexOf('=');
      if (header !== undefined) {
        if (sections.has(header)) repeated.add(header);
        current = { name: header, values: new Map<string, string>() };
        sections.set(header, current.values);
      } else if (equals > 0 && current !== undefined) {
        const name = line.slice(0, equals).trim().toLowerCase();
        const value = valueOf(line.slice(equals + 1).trim());
        if (current.values.has(name) && current.values.get(name) !== value) repeated.add(current.name);
        current.values.set(name, value);
      } else strangeLines.push(index + 1);
    });
  return { sections, strangeLines, repeated };
}

function valueOf(text: string): string {
  return (unquoted(text) ?? text.replace(/\s[#;].*$/, '')).trim();
}

/** What stands in quotes, if nothing but a comment follows them. By hand: an expression would try every pair of quotes. */
function unquoted(text: string): string | undefined {
  const quote = text.charAt(0);
  if (quote !== '"' && quote !== "'") return undefined;
  for (let end = text.lastIndexOf(quote); end > 0; end = text.lastIndexOf(quote, end - 1)) {
    let next = end + 1;
    while (/\s/.test(text.charAt(next))) next++;
    if (next === text.length || '#;'.includes(text.charAt(next))) return text.slice(1, end);
  }
  return undefined;
}
