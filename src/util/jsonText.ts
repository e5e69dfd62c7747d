const token = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g;

/**
 * JSON laid out over lines, two spaces a level, every number and text exactly as it was written: a parse would round
 * what is beyond 2^53 and lose doubled fields. Throws `SyntaxError` when the text is not JSON.
 */
export function layOutJson(text: string): string {
  JSON.parse(text);
  const tokens = text.match(token) ?? [];
  const parts: string[] = [];
  let level = 0;
  for (const [index, part] of tokens.entries()) {
    const opens = part === '{' || part === '[';
    const closes = part === '}' || part === ']';
    const isEmpty = closes && tokens[index - 1] === (part === '}' ? '{' : '[');
    if (closes) level--;
    if (closes && !isEmpty) parts.push(lineAt(level));
    parts.push(part);
    if (opens) level++;
    const next = tokens[index + 1];
    if (part === ',' || (opens && next !== '}' && next !== ']')) parts.push(lineAt(level));
    if (part === ':') parts.push(' ');
  }
  return parts.join('');
}

function lineAt(level: number): string {
  return `\n${'  '.repeat(level)}`;
}
