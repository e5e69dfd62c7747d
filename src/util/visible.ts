/**
 * Text of a cloud as it may stand in a row, a tooltip or a dialog: characters that nobody sees but that change what
 * is seen (line breaks, controls, marks that turn the writing direction, zero-width spaces, blanks that pass for a space) are named instead, so
 * that two names that look alike are alike. Joiners within emoji and scripts that need them stay.
 */
export function visibleText(text: string): string {
  return text.replace(hidden, (c) => `\\u{${(c.codePointAt(0) ?? 0).toString(16)}}`);
}

/** What stands before a joiner that can be seen to join: emoji, and letters of these scripts. */
const scripts = [
  'Arabic Syriac Mongolian Devanagari Bengali Gurmukhi Gujarati Oriya Tamil Telugu Kannada Malayalam Sinhala Khmer',
  'Myanmar',
].flatMap((names) => names.split(' '));
const joined = `\\p{Extended_Pictographic}|\\p{Emoji_Modifier}|\\p{Extended_Pictographic}\\ufe0f|${scripts.map((s) => `\\p{Script=${s}}`).join('|')}`;
const joiner = '(?:\\u200c|\\u200d)';
const emojiStyle = '(?:\\ufe0e|\\ufe0f)';

const hidden = new RegExp(
  [
    // Joiners and styles where there is nothing to join or to style.
    `(?<!${joined})${joiner}`,
    `(?<!\\p{Extended_Pictographic})(?!(?<=[0-9#*])\\ufe0f\\u20e3)${emojiStyle}`,
    // What nobody sees.
    `(?!${joiner}|${emojiStyle})(?:\\p{Default_Ignorable_Code_Point}|\\p{Cc}|[\\u2028\\u2029\\ufff9-\\ufffb])`,
    // Blanks that pass for a space or for nothing.
    '[\\u00a0\\u1680\\u2000-\\u200a\\u202f\\u205f\\u2800]',
  ].join('|'),
  'gu',
);
