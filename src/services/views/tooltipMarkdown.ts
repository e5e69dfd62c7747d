import * as l10n from '@vscode/l10n';
import { escapeMarkdown } from '../../util/markdown';
import type { Tooltip } from './tooltip';

/** A tooltip as Markdown in which everything that came from a cloud is shown as it is. */
export function tooltipMarkdown({ title, lines, notes }: Tooltip): string {
  const rows = lines.map(({ label, value }) =>
    l10n.t('{0}: {1}', escapeMarkdown(label), escapeMarkdown(shorten(value))),
  );
  const parts = [
    `**${escapeMarkdown(shorten(title))}**`,
    rows.join('  \n'),
    ...notes.map((note) => escapeMarkdown(shorten(note))),
  ];
  return parts.filter((part) => part !== '').join('\n\n');
}

/** A tooltip is no place for a page of text; the details and the response have all of it. */
function shorten(text: string): string {
  return text.length <= 500 ? text : `${text.slice(0, 500)}…`;
}
