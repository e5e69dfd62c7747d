import type { Part, Word } from './shellSyntax';
import { SyntaxProblem } from './shellSyntax';

/** The word that begins at `at`, with its quotes understood, and where it ends. */
export function readWord(text: string, at: number): { readonly word: Word; readonly end: number } {
  const reader = new WordReader(text, at);
  return { word: reader.word(/[ \t\n;&|()<>]/), end: reader.at };
}

class WordReader {
  private parts: Part[] = [];

  constructor(
    private readonly text: string,
    public at: number,
  ) {}

  /** Everything up to an unquoted character that `end` matches. */
  word(end: RegExp): Word {
    const outer = this.parts;
    this.parts = [];
    while (this.at < this.text.length && !end.test(this.peek())) this.part();
    const word = this.parts;
    this.parts = outer;
    return word;
  }

  private peek(): string {
    return this.text.charAt(this.at);
  }

  private part(): void {
    const c = this.peek();
    if (c === "'") this.single();
    else if (c === '"') this.double();
    else if (c === '\\') this.escaped();
    else if (c === '$' || c === '`') this.expansion(false);
    else this.plain(/[ \t\n;&|()<>'"\\$`}]/);
  }

  /** Plain text; what stops it is taken along where it stands first, as a brace may. */
  private plain(stop: RegExp): void {
    const from = this.at++;
    while (this.at < this.text.length && !stop.test(this.peek())) this.at++;
    this.parts.push({ type: 'text', text: this.text.slice(from, this.at), quoted: false });
  }

  private single(): void {
    const end = this.text.indexOf("'", this.at + 1);
    if (end === -1) throw new SyntaxProblem('syntax error: unterminated quoted string');
    this.parts.push({ type: 'text', text: this.text.slice(this.at + 1, end), quoted: true });
    this.at = end + 1;
  }

  private escaped(): void {
    const next = this.text.charAt(this.at + 1);
    this.at += 2;
    if (next !== '\n') this.parts.push({ type: 'text', text: next === '' ? '\\' : next, quoted: true });
  }

  private double(): void {
    this.at++;
    this.parts.push({ type: 'text', text: '', quoted: true });
    for (;;) {
      if (this.at >= this.text.length) throw new SyntaxProblem('syntax error: unterminated quoted string');
      const c = this.peek();
      if (c === '"') break;
      if (c === '$' || c === '`') this.expansion(true);
      else if (c === '\\') this.escapedInDouble();
      else this.quotedText();
    }
    this.at++;
  }

  private quotedText(): void {
    const from = this.at;
    while (this.at < this.text.length && !/["$`\\]/.test(this.peek())) this.at++;
    this.parts.push({ type: 'text', text: this.text.slice(from, this.at), quoted: true });
  }

  private escapedInDouble(): void {
    const next = this.text.charAt(this.at + 1);
    this.at += 2;
    if (next === '\n') return;
    const text = /["$`\\]/.test(next) ? next : `\\${next}`;
    this.parts.push({ type: 'text', text, quoted: true });
  }

  private expansion(quoted: boolean): void {
    if (this.peek() === '`') this.backquoted(quoted);
    else if (this.text.startsWith('$((', this.at)) this.arithmetic(quoted);
    else if (this.text.startsWith('$(', this.at)) this.substitution(quoted);
    else if (this.text.startsWith('${', this.at)) this.braced(quoted);
    else this.variable(quoted);
  }

  private variable(quoted: boolean): void {
    const name = /^[A-Za-z_]\w*|^[0-9@*#?$!-]/.exec(this.text.slice(this.at + 1, this.at + 200))?.[0];
    this.at += 1 + (name?.length ?? 0);
    this.parts.push(name === undefined ? { type: 'text', text: '$', quoted } : { type: 'variable', name, quoted });
  }

  private backquoted(quoted: boolean): void {
    const end = this.text.indexOf('`', this.at + 1);
    if (end === -1) throw new SyntaxProblem('syntax error: unterminated quoted string');
    this.parts.push({ type: 'command', script: this.text.slice(this.at + 1, end), quoted });
    this.at = end + 1;
  }

  private substitution(quoted: boolean): void {
    const end = closing(this.text, this.at + 2);
    this.parts.push({ type: 'command', script: this.text.slice(this.at + 2, end), quoted });
    this.at = end + 1;
  }

  private arithmetic(quoted: boolean): void {
    const end = this.text.indexOf('))', this.at + 3);
    if (end === -1) throw new SyntaxProblem('syntax error: unterminated arithmetic');
    const inner = new WordReader(this.text.slice(this.at + 3, end), 0);
    this.parts.push({ type: 'arithmetic', words: inner.all(), quoted });
    this.at = end + 2;
  }

  /** All of the text as one word, blanks included. */
  private all(): Word {
    while (this.at < this.text.length) {
      if (/[ \t\n;&|()<>}]/.test(this.peek()))
        this.parts.push({ type: 'text', text: this.text.charAt(this.at++), quoted: true });
      else this.part();
    }
    return this.parts;
  }

  private braced(quoted: boolean): void {
    const length = /^\$\{#([A-Za-z_]\w*)\}/.exec(this.text.slice(this.at));
    if (length !== null) {
      this.at += length[0].length;
      this.parts.push({ type: 'variable', name: length[1] ?? '', operator: 'length', quoted });
      return;
    }
    const head = /^\$\{([A-Za-z_]\w*|[0-9@*#?$!-])(:?[-+=?]|##?|%%?)?/.exec(this.text.slice(this.at));
    if (head === null) throw new SyntaxProblem('bad substitution');
    this.at += head[0].length;
    const argument = head[2] === undefined ? undefined : this.argument(quoted);
    if (this.peek() !== '}') throw new SyntaxProblem('bad substitution');
    this.at++;
    const name = head[1] ?? '';
    const operator = head[2];
    this.parts.push({
      type: 'variable',
      name,
      quoted,
      ...(operator === undefined ? {} : { operator }),
      ...(argument === undefined ? {} : { argument }),
    });
  }

  private argument(quoted: boolean): Word {
    const outer = this.parts;
    this.parts = [];
    while (this.at < this.text.length && this.peek() !== '}') {
      if (/[ \t\n;&|()<>]/.test(this.peek()))
        this.parts.push({ type: 'text', text: this.text.charAt(this.at++), quoted });
      else if (quoted && this.peek() === "'")
        this.parts.push({ type: 'text', text: this.text.charAt(this.at++), quoted });
      else this.part();
    }
    const word = this.parts;
    this.parts = outer;
    return word;
  }
}

/** Where the bracket closes that was opened before `from`; quotes are passed over. */
function closing(text: string, from: number): number {
  let depth = 1;
  for (let at = from; at < text.length; at++) {
    const c = text.charAt(at);
    if (c === '\\') at++;
    else if (c === "'" || c === '"') at = afterQuote(text, at);
    else if (c === '(') depth++;
    else if (c === ')' && --depth === 0) return at;
  }
  throw new SyntaxProblem('syntax error: end of file unexpected (expecting ")")');
}

function afterQuote(text: string, from: number): number {
  const quote = text.charAt(from);
  for (let at = from + 1; at < text.length; at++) {
    if (quote === '"' && text.charAt(at) === '\\') at++;
    else if (quote === '"' && text.startsWith('$(', at)) at = closing(text, at + 2);
    else if (text.charAt(at) === quote) return at;
  }
  throw new SyntaxProblem('syntax error: unterminated quoted string');
}
