import { MarkdownString } from 'vscode';
import type { Tooltip } from '../../services/views/tooltip';
import { tooltipMarkdown } from '../../services/views/tooltipMarkdown';

/** A tooltip that shows every text exactly and can run nothing. */
export function markdownOf(tooltip: Tooltip): MarkdownString {
  const markdown = new MarkdownString(tooltipMarkdown(tooltip), false);
  markdown.isTrusted = false;
  markdown.supportHtml = false;
  return markdown;
}
