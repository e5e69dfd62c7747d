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
  text.split(/\r\n|\r|\n/).forEach((raw, index) => {
    const line = raw.trim();
    if (line === '' || line.startsWith('#') || line.startsWith(';')) return;
    const header = /^\[([^\]]+)\]\s*(?:[#;].*)?$/.exec(line)?.[1]?.trim();
    const pair = /^([^=\s][^=]*?)\s*=\s*(.*)$/.exec(line);
    if (header !== undefined) {
      current = sections.get(header) ?? new Map<string, string>();
      sections.set(header, current);
    } else if (pair?.[1] !== undefined && current !== undefined)
      current.set(pair[1].toLowerCase(), valueOf(pair[2] ?? ''));
    else strangeLines.push(index + 1);
  });
  return { sections, strangeLines };
}

function valueOf(text: string): string {
  const quoted = /^(["'])(.*)\1\s*(?:[#;].*)?$/.exec(text);
  return quoted?.[2] ?? text.replace(/\s[#;].*$/, '').trim();
}
