import * as l10n from '@vscode/l10n';
import { oneLine } from '../../util/plainText';

/** Lines of plans and results: one fact a line, so that two versions can be compared. */

const longest = 500;

export function title(words: string): string {
  return `${words}\n${'='.repeat(60)}`;
}

export function heading(words: string): string {
  return `${words}\n${'-'.repeat(60)}`;
}

export function fact(name: string, value: string): string {
  return l10n.t('{0}: {1}', name, oneLine(value, longest));
}

export function inner(name: string, value: string): string {
  return `    ${fact(name, value)}`;
}

export function text(lines: readonly string[]): string {
  return `${lines.join('\n')}\n`;
}
