import * as l10n from '@vscode/l10n';
import { oneLine } from '../../util/plainText';

/** "a, b, c and 4 more" */
export function listing(names: readonly string[], atMost: number): string {
  const shown = names
    .slice(0, atMost)
    .map((name) => oneLine(name, 80))
    .join(l10n.t(', '));
  const more = names.length - atMost;
  return more > 0 ? l10n.t('{0} and {1} more', shown, more) : shown;
}

/** A message and its advice as one text; nothing is said twice. */
export function sentences(...parts: readonly (string | undefined)[]): string {
  return [...new Set(parts.filter((part) => part !== undefined && part !== ''))].join(' ');
}
