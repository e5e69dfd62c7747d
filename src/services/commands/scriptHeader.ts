import * as l10n from '@vscode/l10n';
import type { ScriptLanguage } from '../../core/script';
import { HeaderReader } from './headerReader';
import type { ReadHeader, Words } from './headerTypes';

const comments: Readonly<Record<ScriptLanguage, RegExp>> = {
  shell: /^\s*#\s?(.*)$/,
  powershell: /^\s*#\s?(.*)$/,
  python: /^\s*#\s?(.*)$/,
  batch: /^\s*@?(?:rem\b|::)\s?(.*)$/i,
};

/** A header further below is no header. */
const lastLine = 200;

/**
 * Reads the header of a script: comment lines between `/// cloud-assistant` and `///`, each `key: value`.
 *
 *     # /// cloud-assistant
 *     # name: Disks that fill up
 *     # name.zh-cn: 快满的磁盘
 *     # effect: reads
 *     # timeout: 60
 *     # parameter: limit
 *     #   description: Percent from which a disk is told
 *     #   default: 80
 *     #   pattern: [1-9][0-9]?
 *     # ///
 */
export function readHeader(text: string, language: ScriptLanguage): ReadHeader {
  const lines = text
    .split(/\r?\n/, lastLine)
    .map((line) => comments[language].exec(line.replace(/^\ufeff/, ''))?.[1]?.trim());
  const begin = lines.findIndex((line) => line !== undefined && /^\/\/\/\s*cloud-assistant$/i.test(line));
  if (begin === -1) return { header: undefined, problems: [] };
  const reader = new HeaderReader();
  for (let at = begin + 1; at < lines.length; at++) {
    const line = lines[at];
    if (line === undefined) break;
    if (line === '///') return reader.finish();
    reader.read(line, at + 1);
  }
  const missing = l10n.t('The header that begins here has no end: a comment line with /// alone.');
  return { header: undefined, problems: [{ line: begin + 1, text: missing }] };
}

/** The text in the language of the user. */
export function wordsIn({ en, zh }: Words, language: string): string {
  return language.toLowerCase().startsWith('zh') ? zh : en;
}
