import { visibleText } from './visible';

/**
 * Text put into Markdown so that exactly the text is shown: no emphasis, link, image, HTML, entity, address made into
 * a link or icon comes out of it, and no space is lost. One line in, one line out.
 */
export function escapeMarkdown(text: string): string {
  return visibleText(text)
    .replace(/[!-/:-@[-`{-~]/g, '\\$&')
    .replace(/^ | (?= )| $/g, '&nbsp;');
}
