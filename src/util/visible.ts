/**
 * Text of a cloud as it may stand in a row, a tooltip or a dialog: characters that nobody sees but that change what
 * is seen (line breaks, controls, marks that turn the writing direction, zero-width spaces) are named instead, so
 * that two names that look alike are alike. Joiners within emoji and scripts that need them stay.
 */
export function visibleText(text: string): string {
  return text.replace(hidden, (c) => `\\u{${(c.codePointAt(0) ?? 0).toString(16)}}`);
}

const hidden = /[\p{Cc}\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/gu;
