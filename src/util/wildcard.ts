/** Which characters of a pattern stand for others: `*` always does, `?` for any one where that is said. */
export interface WildcardOptions {
  readonly flags: string;
  readonly single?: boolean;
}

/**
 * An expression for a pattern in which `*` stands for any text. Takes time in proportion to the text, however many
 * stars there are: what stands between two of them is taken where it comes first, and not looked for again.
 */
export function wildcardPattern(pattern: string, { flags, single = false }: WildcardOptions): RegExp {
  const [first = '', ...rest] = pattern.split(/\*+/).map((part) => literal(part, single));
  const last = rest.pop();
  // A lookahead is not gone back into.
  const middle = rest.map((part, i) => `(?=(?<s${i}>.*?${part}))\\k<s${i}>`);
  return new RegExp(`^${first}${middle.join('')}${last === undefined ? '' : `.*${last}`}$`, flags);
}

function literal(text: string, single: boolean): string {
  const escaped = text.replace(/[\\^$.|+?()[\]{}]/g, '\\$&');
  return single ? escaped.replaceAll('\\?', '.') : escaped;
}
