import { withoutMark } from './decodeText';

/** An ini file: sections by name, values by name, and the numbers of lines that are neither. */
export interface Ini {
  readonly sections: ReadonlyMap<string, ReadonlyMap<string, string>>;
  /** Counted from 1. */
  readonly strangeLines: readonly number[];
}

/**
 * Reads the plain ini that credentials files are: `[section]`, `name = value`, comments after `#` or `;` at the start
 * of a line or after a space. Values may stand in quotes. Names are lower-cased; what comes before the first section
 * has no place and counts as strange. A section that comes again adds to the first.
 */
export function parseIni(text: string): Ini {
  const sections = new Map<string, Map<string, string>>();
  const strangeLines: number[] = [];
  let current: Map<string, string> | undefined;
  withoutMark(text)
    .split(/\r\n|\r|\n/)
    .forEach((raw, index) => {
      const line = raw.trim();
      if (line === '' || line.startsWith('#') || line.startsWith(';')) return;
      const header = /^\[([^\]]+)\]\s*(?:[#;].*)?$/.exec(line)?.[1]?.trim();
      const equals = line.indexOf('=');
      if (header !== undefined) {
        current = sections.get(header) ?? new Map<string, string>();
        sections.set(header, current);
      } else if (equals > 0 && current !== undefined)
        current.set(line.slice(0, equals).trim().toLowerCase(), valueOf(line.slice(equals + 1).trim()));
      else strangeLines.push(index + 1);
    });
  return { sections, strangeLines };
}

function valueOf(text: string): string {
  return unquoted(text) ?? text.replace(/\s[#;].*$/, '').trim();
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
