/** Everything that PowerShell takes for a single quote: Chinese input methods type the other four. */
const single = "'\u2018\u2019\u201a\u201b";
/** The same for double quotes. */
const double = '"\u201c\u201d\u201e';

export type Token =
  | { readonly type: 'text'; readonly text: string; readonly quoted: 'single' | 'double' | undefined }
  | { readonly type: 'sign'; readonly text: string };

const signs = ['+=', '-=', '=', ';', '|', '{', '}', '(', ')', '\n', '+', ',', '&'];

/** The tokens of a script. Throws for a text that does not end. */
export function tokenize(script: string): Token[] {
  const tokens: Token[] = [];
  const text = script.replaceAll('\r\n', '\n');
  let at = 0;
  while (at < text.length) {
    const c = text.charAt(at);
    if (c === ' ' || c === '\t' || (c === '`' && text.charAt(at + 1) === '\n')) at += c === '`' ? 2 : 1;
    else if (text.startsWith('<#', at)) at = endOf(text, '#>', at) + 2;
    else if (c === '#') at = endOf(text, '\n', at);
    else if (single.includes(c)) at = readSingle(text, at, tokens);
    else if (double.includes(c)) at = readDouble(text, at, tokens);
    else at = readBare(text, at, tokens);
  }
  return tokens;
}

function endOf(text: string, end: string, from: number): number {
  const at = text.indexOf(end, from);
  return at === -1 ? text.length : at;
}

/** Two quotes in a row, of whatever form, are one that belongs to the text: the first of them. */
function readSingle(text: string, from: number, tokens: Token[]): number {
  let value = '';
  for (let at = from + 1; at < text.length; at++) {
    const c = text.charAt(at);
    if (!single.includes(c)) value += c;
    else if (at + 1 < text.length && single.includes(text.charAt(at + 1))) {
      value += c;
      at++;
    } else {
      tokens.push({ type: 'text', text: value, quoted: 'single' });
      return at + 1;
    }
  }
  throw new Error("The string is missing the terminator: '.");
}

const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '0': '\0', a: '\x07', b: '\b' };

function readDouble(text: string, from: number, tokens: Token[]): number {
  let value = '';
  for (let at = from + 1; at < text.length; at++) {
    const c = text.charAt(at);
    if (c === '`') {
      const next = text.charAt(++at);
      // A dollar that was escaped must not begin a variable later on.
      value += next === '$' ? '\ue000' : (escapes[next] ?? next);
    } else if (!double.includes(c)) value += c;
    else if (at + 1 < text.length && double.includes(text.charAt(at + 1))) {
      value += c;
      at++;
    } else {
      tokens.push({ type: 'text', text: value, quoted: 'double' });
      return at + 1;
    }
  }
  throw new Error('The string is missing the terminator: ".');
}

function readBare(text: string, from: number, tokens: Token[]): number {
  const sign = signs.find((one) => text.startsWith(one, from));
  if (sign !== undefined) {
    tokens.push({ type: 'sign', text: sign });
    return from + sign.length;
  }
  let at = from;
  while (
    at < text.length &&
    !/[\s;|{}(),=+]/.test(text.charAt(at)) &&
    !single.includes(text.charAt(at)) &&
    !double.includes(text.charAt(at))
  )
    at++;
  if (at === from) at++;
  tokens.push({ type: 'text', text: text.slice(from, at), quoted: undefined });
  return at;
}
