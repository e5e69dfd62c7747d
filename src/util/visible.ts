/**
 * Text of a cloud as it may stand in a row, a tooltip or a dialog: characters that nobody sees but that change what
 * is seen (line breaks, controls, marks that turn the writing direction, zero-width spaces, everything that shows as
 * nothing or as a blank beside the ordinary space) are named instead, so that two names that look alike are alike.
 * Joiners within emoji and scripts that need them stay.
 */
export function visibleText(text: string): string {
  return plain.test(text) ? text : text.replace(hidden, (c) => `\\u{${(c.codePointAt(0) ?? 0).toString(16)}}`);
}

/** Most text is: it need not be looked at character by character. */
const plain = /^[\x20-\x7e]*$/;

/** What stands before a joiner that can be seen to join: emoji, and letters of these scripts. */
const scripts = [
  'Arabic Syriac Mongolian Devanagari Bengali Gurmukhi Gujarati Oriya Tamil Telugu Kannada Malayalam Sinhala Khmer',
  'Myanmar',
].flatMap((names) => names.split(' '));
const joined = `\\p{Extended_Pictographic}|\\p{Emoji_Modifier}|\\p{Extended_Pictographic}\\ufe0f|${scripts.map((s) => `\\p{Script=${s}}`).join('|')}`;
const joiner = '(?:\\u200c|\\u200d)';
const emojiStyle = '(?:\\ufe0e|\\ufe0f)';

/** Format characters that are signs of their own: marks of numbers and verses in Arabic, Syriac and Kaithi. */
const seenFormats = '[\\u0600-\\u0605\\u06dd\\u070f\\u0890\\u0891\\u08e2\\u{110bd}\\u{110cd}]';
/** Blank by their glyph, whatever Unicode's categories say: Braille, a null notehead, hieroglyphs, joiners, an object's place. */
const blankGlyphs = '[\\u2800\\u2d7f\\ufffc\\u{1107f}\\u{13430}-\\u{13442}\\u{16fe4}\\u{1d159}]';
/** No character at all (newer emoji excepted), half of one, or one that every font draws as it likes. */
const noCharacter = '(?!\\p{Extended_Pictographic})\\p{Cn}|\\p{Cs}|\\p{Co}';

const hidden = new RegExp(
  [
    // Joiners and styles where there is nothing to join or to style.
    `(?<!${joined})${joiner}`,
    `(?<!\\p{Extended_Pictographic})(?!(?<=[0-9#*])\\ufe0f\\u20e3)${emojiStyle}`,
    // What nobody sees.
    `(?!${joiner}|${emojiStyle}|${seenFormats})(?:\\p{Default_Ignorable_Code_Point}|\\p{Cc}|\\p{Cf}|\\p{Zl}|\\p{Zp})`,
    // Blanks that pass for a space or for nothing.
    `(?! )\\p{Zs}|${blankGlyphs}`,
    noCharacter,
  ].join('|'),
  'gu',
);
