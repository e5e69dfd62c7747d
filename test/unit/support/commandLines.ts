import { execFileSync } from 'node:child_process';

/** How shells and programs take a command line apart, told apart from how we put it together. */

/** The words that a real `sh` hands to the program of a one-line command. */
export function wordsOfSh(command: string, program: string): string[] {
  const script = `${program}() { printf '%s\\0' "$@"; }\n${command}`;
  const told = execFileSync('sh', ['-c', script], { encoding: 'utf8', env: { LC_ALL: 'C.UTF-8' } });
  return told.split('\0').slice(0, -1);
}

/** PowerShell up to 7.2, and Windows PowerShell before 6; from 7.3 on every word arrives as it is. */
export type PowerShellVersion = '5.1' | '7.2' | '7.4';

/** The words a Windows program gets from a line of PowerShell that starts it. */
export function wordsOfPowerShell(line: string, version: PowerShellVersion): string[] {
  const [command, ...words] = powerShellTokens(line);
  if (command === '&') return argvOf(nativeLine(words.slice(1), version));
  if (command !== 'Start-Process') throw new Error(`Not a command that starts a program: ${line}`);
  // Start-Process hands its list on as it is.
  return argvOf(words[words.indexOf('-ArgumentList') + 1] ?? '');
}

/** Words with plain, double-quoted (no expansion is told apart) and single-quoted parts. */
function powerShellTokens(line: string): string[] {
  const part = /'(?:[^'\u2018-\u201b]|['\u2018-\u201b]{2})*['\u2018-\u201b]|"[^"]*"|[^\s'"\u2018-\u201b]+/g;
  const words = line.match(new RegExp(`(?:${part.source})+`, 'g')) ?? [];
  if (words.join(' ') !== line) throw new Error(`PowerShell would not read this: ${line}`);
  return words.map((word) =>
    word.replace(part, (text) => {
      if (text.startsWith("'")) return text.slice(1, -1).replace(/(['\u2018-\u201b])['\u2018-\u201b]/g, '$1');
      return text.startsWith('"') ? text.slice(1, -1) : text;
    }),
  );
}

function nativeLine(words: readonly string[], version: PowerShellVersion): string {
  return words.map((word) => (version === '7.4' ? escaped(word) : legacy(word, version))).join(' ');
}

/** `NativeCommandParameterBinder`: quotes go around a word with a blank outside quotes; nothing is escaped. */
function legacy(word: string, version: PowerShellVersion): string {
  let quotes = 0;
  let needed = false;
  [...word].forEach((c, i) => {
    if (c === '"' && (version === '5.1' || word[i - 1] !== '\\')) quotes += 1;
    else if (/\s/.test(c) && quotes % 2 === 0) needed = true;
  });
  const end = version === '5.1' ? '' : (/\\+$/.exec(word)?.[0] ?? '');
  return needed ? `"${word}${end}"` : word;
}

function escaped(word: string): string {
  if (/^[^\s"]+$/.test(word)) return word;
  return `"${word.replace(/(\\*)("|$)/g, (_, slashes: string, quote: string) => slashes.repeat(2) + (quote && '\\"'))}"`;
}

/** `CommandLineToArgvW`: backslashes count only before a quote; a quote opens or closes. */
function argvOf(line: string): string[] {
  const words: string[] = [];
  let word: string | undefined;
  let quoted = false;
  for (let i = 0; i < line.length; i += 1) {
    const [slashes = ''] = /^\\*/.exec(line.slice(i)) ?? [];
    const next = line[i + slashes.length];
    if (slashes !== '') {
      const isQuote = next === '"';
      word = (word ?? '') + (isQuote ? slashes.slice(0, slashes.length / 2) : slashes);
      if (isQuote && slashes.length % 2 === 1) {
        word += '"';
        i += 1;
      }
      i += slashes.length - 1;
    } else if (next === '"') {
      word ??= '';
      quoted = !quoted;
    } else if (!quoted && (next === ' ' || next === '\t')) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else word = (word ?? '') + (next ?? '');
  }
  return word === undefined ? words : [...words, word];
}

/**
 * What the `aliyun` CLI and the agent make of their words (`cli/parser.go` of both): a word that begins with two
 * dashes is an option up to its first `=` or `:`; without a value behind it, it takes the next word that is none.
 */
export function optionsOfAliyun(words: readonly string[]): { args: string[]; options: Record<string, string> } {
  const args: string[] = [];
  const options: Record<string, string> = {};
  let open: string | undefined;
  for (const word of words) {
    const [, name, value = ''] = /^--(?!-)([^=:]+)[=:]?([^]*)$/.exec(word) ?? [];
    if (name !== undefined) {
      if (name in options) throw new Error(`--${name} duplicated`);
      options[name] = value;
      open = value === '' ? name : undefined;
    } else if (/^-(?!-)/.test(word)) throw new Error(`not support flag form ${word}`);
    else if (open === undefined) args.push(word);
    else {
      options[open] = word;
      open = undefined;
    }
  }
  return { args, options };
}
