import type { Execution, HostFacts, Recorder, Script } from './execution';
import { Exit, record } from './execution';
import { cmdlets } from './powershellCommands';
import type { Token } from './powershellWords';
import { tokenize } from './powershellWords';

/** Plays a PowerShell script on a made-up host; nothing is run. What it does not know is "not recognized". */
export function playPowerShell(script: Script, host: HostFacts): Execution {
  return record(
    (recorder) => new PowerShell(recorder, script, host).run(script.content),
    (message) => `${message}\r\n`,
  );
}

class PowerShell {
  private readonly variables = new Map<string, string>();
  private tokens: readonly Token[] = [];
  private at = 0;
  private silent = 0;

  constructor(
    private readonly recorder: Recorder,
    private readonly script: Script,
    private readonly host: HostFacts,
  ) {
    const own = {
      true: 'True',
      false: 'False',
      null: '',
      'env:computername': host.hostname,
      'env:username': script.user,
    };
    for (const [name, value] of Object.entries(own)) this.variables.set(name, value);
  }

  run(text: string): number {
    this.tokens = tokenize(text);
    this.block();
    return 0;
  }

  private sign(text: string): boolean {
    const token = this.tokens[this.at];
    if (token?.type !== 'sign' || token.text !== text) return false;
    this.at++;
    return true;
  }

  /** Statements up to a closing brace. */
  private block(): void {
    while (this.at < this.tokens.length) {
      while (this.sign('\n') || this.sign(';'));
      if (this.at >= this.tokens.length || this.sign('}')) return;
      this.recorder.step();
      this.statement();
    }
  }

  private statement(): void {
    const token = this.tokens[this.at];
    const word = token?.type === 'text' && token.quoted === undefined ? token.text.toLowerCase() : '';
    if (word === 'if') return this.conditional();
    if (word === 'exit') return this.leave();
    if (word === 'throw') throw new Error(this.argumentsOf(1).join(' '));
    if (word.startsWith('$') && this.assigns()) return this.assignment(word.slice(1));
    const lines = this.pipeline();
    if (this.silent === 0) for (const line of lines) this.recorder.write(`${line}\r\n`);
  }

  private argumentsOf(skip: number): string[] {
    this.at += skip;
    return this.words();
  }

  private leave(): never {
    const [code = '0'] = this.argumentsOf(1);
    throw new Exit(Number(code) || 0);
  }

  private assigns(): boolean {
    const next = this.tokens[this.at + 1];
    return next?.type === 'sign' && ['=', '+=', '-='].includes(next.text);
  }

  private assignment(name: string): void {
    const operator = this.tokens[this.at + 1];
    this.at += 2;
    const value = this.pipeline().join('\r\n');
    if (this.silent > 0) return;
    const before = this.variables.get(name) ?? '';
    const isSum = operator?.text === '+=';
    const areNumbers = /^-?\d+$/.test(before) && /^-?\d+$/.test(value);
    this.variables.set(name, isSum ? (areNumbers ? String(Number(before) + Number(value)) : before + value) : value);
  }

  /** What is not chosen is read all the same, and nothing comes of it. */
  private conditional(): void {
    let isDone = false;
    for (;;) {
      this.at++;
      const isTrue = this.condition();
      this.branch(isTrue && !isDone);
      isDone ||= isTrue;
      const next = this.keyword('elseif');
      if (!next) break;
    }
    if (this.keyword('else')) {
      this.at++;
      this.branch(!isDone);
    }
  }

  private keyword(word: string): boolean {
    let ahead = this.at;
    while (this.tokens[ahead]?.text === '\n') ahead++;
    const token = this.tokens[ahead];
    if (token?.type !== 'text' || token.quoted !== undefined || token.text.toLowerCase() !== word) return false;
    this.at = ahead;
    return true;
  }

  private branch(isChosen: boolean): void {
    while (this.sign('\n'));
    if (!this.sign('{')) throw new Error('Missing statement block.');
    if (!isChosen) this.silent++;
    this.block();
    if (!isChosen) this.silent--;
  }

  private condition(): boolean {
    if (!this.sign('(')) throw new Error("Missing '(' after 'if'.");
    const words = this.words();
    if (!this.sign(')')) throw new Error("Missing ')' after expression.");
    return compared(words);
  }

  /** The lines that a pipeline gives. */
  private pipeline(): string[] {
    let lines = this.command([]);
    while (this.sign('|')) {
      while (this.sign('\n'));
      lines = this.command(lines);
    }
    return lines;
  }

  private command(input: readonly string[]): string[] {
    this.sign('&');
    const token = this.tokens[this.at];
    if (token === undefined) return [];
    const isName = token.type === 'text' && token.quoted === undefined && /^[A-Za-z][\w.-]*$/.test(token.text);
    if (!isName) return [this.expression()];
    this.at++;
    const name = token.text.toLowerCase();
    const args = this.words();
    if (this.silent > 0) return [];
    const cmdlet = cmdlets[name];
    if (cmdlet === undefined)
      throw new Error(
        `${token.text} : The term '${token.text}' is not recognized as the name of a cmdlet, function, script file, or operable program.`,
      );
    return cmdlet({ args, input, host: this.host, script: this.script, recorder: this.recorder });
  }

  private expression(): string {
    return compoundValue(this.words());
  }

  /** Arguments up to the end of the command; a block in braces is one text. */
  private words(): string[] {
    const words: string[] = [];
    for (;;) {
      const token = this.tokens[this.at];
      if (token === undefined || (token.type === 'sign' && [';', '|', '\n', ')', '}'].includes(token.text)))
        return words;
      this.at++;
      if (token.type === 'text') words.push(this.value(token));
      else if (token.text === '(') {
        words.push(this.bracketed());
      } else if (token.text === '{') words.push(this.braced());
      else if (token.text !== ',') words.push(token.text === '+' ? plus : token.text);
    }
  }

  private bracketed(): string {
    const lines = this.pipeline();
    if (!this.sign(')')) throw new Error("Missing ')' in expression.");
    return lines.join('\r\n');
  }

  private braced(): string {
    const parts: string[] = [];
    for (let depth = 1; this.at < this.tokens.length; this.at++) {
      const token = this.tokens[this.at];
      if (token?.text === '{' && token.type === 'sign') depth++;
      if (token?.text === '}' && token.type === 'sign' && --depth === 0) break;
      parts.push(token?.text ?? '');
    }
    this.at++;
    return parts.join(' ');
  }

  private value({ text, quoted }: Extract<Token, { type: 'text' }>): string {
    if (quoted === 'single') return text;
    if (quoted === 'double')
      return text
        .replace(/\$\{?((?:env:)?\w+)\}?/gi, (_all, name: string) => this.variable(name))
        .replaceAll('\ue000', '$');
    const [, code] = /^\[char\](\d+)$/i.exec(text) ?? [];
    if (code !== undefined) return String.fromCharCode(Number(code));
    return /^\$[\w:]+$/.test(text) ? this.variable(text.slice(1)) : text;
  }

  private variable(name: string): string {
    return this.variables.get(name.toLowerCase()) ?? '';
  }
}

/** The sign, which a text that is a plus is not. */
const plus = '\ue001';

/** Sums of texts and numbers. */
function compoundValue(words: readonly string[]): string {
  if (words.length === 3 && words[1]?.startsWith('-')) return compared(words) ? 'True' : 'False';
  const terms = words.filter((word) => word !== plus);
  if (words.includes(plus) && terms.every((term) => /^-?\d+$/.test(term)))
    return String(terms.reduce((sum, term) => sum + Number(term), 0));
  return terms.join(words.includes(plus) ? '' : ' ');
}

function compared(words: readonly string[]): boolean {
  if (words[0]?.toLowerCase() === '-not' || words[0] === '!') return !compared(words.slice(1));
  const [left = '', operator, right = ''] = words;
  if (operator === undefined) return !['', 'False', '0'].includes(left);
  const [a, b] = [left.toLowerCase(), right.toLowerCase()];
  const [x, y] = [Number(left), Number(right)];
  switch (operator.toLowerCase()) {
    case '-eq':
      return a === b;
    case '-ne':
      return a !== b;
    case '-gt':
      return x > y;
    case '-ge':
      return x >= y;
    case '-lt':
      return x < y;
    case '-le':
      return x <= y;
    case '-like':
      return new RegExp(`^${b.replace(/[\\^$.+?()[\]{}|]/g, '\\$&').replaceAll('*', '.*')}$`).test(a);
    case '-match':
      return new RegExp(right, 'i').test(left);
    default:
      throw new Error(`You must provide a value expression following the '${operator}' operator.`);
  }
}
