import { visibleText } from './visible';

/** One `--Name=value` of a command line. */
export type CommandOption = readonly [name: string, value: string];

/**
 * A command for a POSIX shell. Each option is one word: a value that begins with dashes can then never be read as an
 * option of its own. Empty values are left out: `--Name=` takes the next word for its value in the vendors' parsers.
 */
export function posixCommand(words: readonly string[], options: readonly CommandOption[]): string {
  return [...words, ...given(options).map(([name, value]) => `--${name}=${posixQuote(value)}`)].join(' ');
}

/**
 * A command for PowerShell of any version. `program` is an expression of PowerShell, `words` stand as they are.
 * PowerShell before 7.3 hands quotes and a last backslash to a program without escaping them, later versions escape
 * them, so a value with such is handed over as a finished command line, which no version touches.
 */
export function powerShellCommand(
  program: string,
  words: readonly string[],
  options: readonly CommandOption[],
): string {
  const all = given(options);
  if (all.every(([, value]) => !/"|\\$/.test(value)))
    return ['&', program, ...words, ...all.map(([name, value]) => `--${name}=${powerShellQuote(value)}`)].join(' ');
  const line = [...words, ...all.map(([name, value]) => windowsWord(`--${name}=${value}`))].join(' ');
  return `Start-Process -Wait -FilePath ${program} -ArgumentList ${powerShellQuote(line)}`;
}

/** Controls are named: pasted into a terminal, some of them would end the line. */
function given(options: readonly CommandOption[]): CommandOption[] {
  return options.flatMap(([name, value]): CommandOption[] => (value === '' ? [] : [[name, visibleText(value)]]));
}

/** Single quotes take everything literally in a POSIX shell, but a single quote itself. */
export function posixQuote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/** Single quotes take everything literally in PowerShell, which also takes the curly ones for such; they are doubled. */
export function powerShellQuote(text: string): string {
  return `'${text.replace(/['\u2018-\u201b]/g, '$&$&')}'`;
}

/** One word of a Windows command line, as `CommandLineToArgvW` takes it apart: backslashes count before a quote only. */
export function windowsWord(text: string): string {
  return `"${text.split('"').map(withDoubledEnd).join('\\"')}"`;
}

function withDoubledEnd(text: string): string {
  let end = text.length;
  while (text[end - 1] === '\\') end -= 1;
  return text + text.slice(end);
}
