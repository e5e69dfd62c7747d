import type { Command, List, Pipeline, Redirect, Word } from './shellSyntax';
import { SyntaxProblem } from './shellSyntax';
import { readWord } from './shellWords';

/** Reads a script of `sh`. Throws `SyntaxProblem`. */
export function parseShell(text: string): List {
  const parser = new ShellParser(text);
  const list = parser.list([]);
  if (!parser.isAtEnd()) throw new SyntaxProblem(`syntax error: "${parser.rest().slice(0, 20)}" unexpected`);
  return list;
}

const operators = /^(?:&&|\|\||;;|[;&|()\n])/;
const redirect = /^(\d?)(>>|>&|<<-?|>|<)/;
const assignment = /^[A-Za-z_]\w*=/;

/** What may stand where a command begins, and where a list ends. */
const reserved = new Set(['then', 'elif', 'else', 'fi', 'do', 'done', 'esac', '}']);

interface Heredoc {
  readonly end: string;
  readonly tabs: boolean;
  readonly literal: boolean;
  readonly fill: (body: Word) => void;
}

export class ShellParser {
  private at = 0;
  private heredocs: Heredoc[] = [];

  constructor(readonly text: string) {}

  rest(): string {
    return this.text.slice(this.at);
  }

  isAtEnd(): boolean {
    this.skip(true);
    return this.at >= this.text.length;
  }

  /** Commands up to one of these words or a closing bracket. */
  list(ends: readonly string[]): List {
    const list: { tie: ';' | '&&' | '||'; pipeline: Pipeline }[] = [];
    let tie: ';' | '&&' | '||' = ';';
    for (;;) {
      this.skip(true);
      if (this.at >= this.text.length || this.endsHere(ends)) return list;
      list.push({ tie, pipeline: this.pipeline() });
      this.skip(false);
      const operator = operators.exec(this.rest())?.[0];
      if (operator === undefined || operator === ')' || operator === ';;') return list;
      if (operator === '&&' || operator === '||') tie = operator;
      else if (operator === ';' || operator === '&' || operator === '\n') tie = ';';
      else throw new SyntaxProblem(`syntax error: "${operator}" unexpected`);
      this.take(operator);
    }
  }

  private endsHere(ends: readonly string[]): boolean {
    const rest = this.rest();
    if (rest.startsWith(')') || rest.startsWith(';;')) return true;
    const word = /^[^\s;&|()<>]+/.exec(rest)?.[0] ?? '';
    if (ends.includes(word)) return true;
    if (reserved.has(word)) throw new SyntaxProblem(`syntax error: "${word}" unexpected`);
    return false;
  }

  private pipeline(): Pipeline {
    const negated = this.keyword('!');
    const commands = [this.command()];
    for (;;) {
      this.skip(false);
      if (!/^\|(?!\|)/.test(this.rest())) return { negated, commands };
      this.take('|');
      this.skip(true);
      commands.push(this.command());
    }
  }

  private command(): Command {
    const command = this.compound() ?? this.definition() ?? this.simple();
    if (command.type === 'simple') return command;
    const redirects: Redirect[] = [];
    for (let one = this.redirect(); one !== undefined; one = this.redirect()) redirects.push(one);
    return { ...command, redirects };
  }

  private compound(): Command | undefined {
    this.skip(false);
    if (this.rest().startsWith('(')) return this.bracketed('(', ')', true);
    if (this.keyword('{')) return this.braced();
    if (this.keyword('if')) return this.conditional();
    if (this.keyword('while')) return this.loop(false);
    if (this.keyword('until')) return this.loop(true);
    if (this.keyword('for')) return this.forLoop();
    if (this.keyword('case')) return this.caseOf();
    return undefined;
  }

  private bracketed(open: string, close: string, subshell: boolean): Command {
    this.take(open);
    const body = this.list([]);
    this.skip(true);
    this.take(close);
    return { type: 'group', body, subshell, redirects: [] };
  }

  private braced(): Command {
    const body = this.list(['}']);
    this.expect('}');
    return { type: 'group', body, subshell: false, redirects: [] };
  }

  private conditional(): Command {
    const branches: { test: List; body: List }[] = [];
    do {
      const test = this.list(['then']);
      this.expect('then');
      branches.push({ test, body: this.list(['elif', 'else', 'fi']) });
    } while (this.keyword('elif'));
    const otherwise = this.keyword('else') ? this.list(['fi']) : undefined;
    this.expect('fi');
    return { type: 'if', branches, otherwise, redirects: [] };
  }

  private loop(until: boolean): Command {
    const test = this.list(['do']);
    this.expect('do');
    const body = this.list(['done']);
    this.expect('done');
    return { type: 'loop', until, test, body, redirects: [] };
  }

  private forLoop(): Command {
    this.skip(false);
    const name = /^[A-Za-z_]\w*/.exec(this.rest())?.[0];
    if (name === undefined) throw new SyntaxProblem('syntax error: bad for loop variable');
    this.take(name);
    this.skip(true);
    const words = this.keyword('in') ? this.wordsToEnd() : undefined;
    this.skip(true);
    if (this.rest().startsWith(';')) this.take(';');
    this.expect('do');
    const body = this.list(['done']);
    this.expect('done');
    return { type: 'for', name, words, body, redirects: [] };
  }

  private wordsToEnd(): Word[] {
    const words: Word[] = [];
    for (;;) {
      this.skip(false);
      if (this.at >= this.text.length || /^[;\n&|)]/.test(this.rest())) return words;
      words.push(this.word());
    }
  }

  private caseOf(): Command {
    this.skip(false);
    const word = this.word();
    this.expect('in');
    const branches: { patterns: readonly Word[]; body: List }[] = [];
    for (;;) {
      this.skip(true);
      if (this.keyword('esac')) return { type: 'case', word, branches, redirects: [] };
      if (this.at >= this.text.length) throw new SyntaxProblem('syntax error: end of file unexpected');
      if (this.rest().startsWith('(')) this.take('(');
      const patterns = [this.pattern()];
      while (this.rest().startsWith('|')) {
        this.take('|');
        patterns.push(this.pattern());
      }
      this.take(')');
      branches.push({ patterns, body: this.list(['esac']) });
      this.skip(true);
      if (this.rest().startsWith(';;')) this.take(';;');
    }
  }

  private pattern(): Word {
    this.skip(false);
    const word = this.word();
    this.skip(false);
    return word;
  }

  private definition(): Command | undefined {
    const match = /^([A-Za-z_][\w-]*)[ \t]*\(\)/.exec(this.rest());
    if (match === null) return undefined;
    this.take(match[0]);
    this.skip(true);
    return { type: 'function', name: match[1] ?? '', body: this.command(), redirects: [] };
  }

  private simple(): Command {
    const assignments: (readonly [string, Word])[] = [];
    const words: Word[] = [];
    const redirects: Redirect[] = [];
    for (;;) {
      this.skip(false);
      const redirected = this.redirect();
      if (redirected !== undefined) {
        redirects.push(redirected);
        continue;
      }
      if (this.at >= this.text.length || operators.test(this.rest())) break;
      const assigned = words.length === 0 ? assignment.exec(this.rest())?.[0] : undefined;
      if (assigned === undefined) words.push(this.word());
      else {
        this.take(assigned);
        assignments.push([assigned.slice(0, -1), this.word(true)]);
      }
    }
    if (assignments.length + words.length + redirects.length === 0)
      throw new SyntaxProblem(`syntax error: "${this.rest().slice(0, 1).replace('\n', 'newline')}" unexpected`);
    return { type: 'simple', assignments, words, redirects };
  }

  private redirect(): Redirect | undefined {
    this.skip(false);
    const match = redirect.exec(this.rest());
    if (match === null) return undefined;
    const [whole, digits = '', operator = ''] = match;
    this.take(whole);
    this.skip(false);
    const descriptor = digits === '' ? (operator.startsWith('<') ? 0 : 1) : Number(digits);
    if (operator.startsWith('<<')) return this.heredoc(operator === '<<-');
    return { descriptor, type: operator as Redirect['type'], target: this.word() };
  }

  /** The text follows after the line; until then the redirect is empty. */
  private heredoc(tabs: boolean): Redirect {
    const raw = /^(?:'([^']*)'|"([^"]*)"|([^\s;&|()<>]+))/.exec(this.rest());
    if (raw === null) throw new SyntaxProblem('syntax error: newline unexpected');
    this.take(raw[0]);
    const target: { type: 'text'; text: string; quoted: boolean }[] = [];
    const literal = raw[3] === undefined;
    const fill = (body: Word): void => void target.push(...(body as typeof target));
    this.heredocs.push({ end: raw[1] ?? raw[2] ?? raw[3] ?? '', tabs, literal, fill });
    return { descriptor: 0, type: '<<', target };
  }

  private fillHeredocs(): void {
    for (const { end, tabs, literal, fill } of this.heredocs.splice(0)) {
      const lines: string[] = [];
      for (;;) {
        const stop = this.text.indexOf('\n', this.at);
        const raw = this.text.slice(this.at, stop === -1 ? undefined : stop);
        this.at = stop === -1 ? this.text.length : stop + 1;
        const line = tabs ? raw.replace(/^\t+/, '') : raw;
        if (line === end) break;
        lines.push(`${line}\n`);
        if (stop === -1) break;
      }
      const text = lines.join('');
      fill(literal ? [{ type: 'text', text, quoted: true }] : readWord(`"${text.replaceAll('"', '\\"')}"`, 0).word);
    }
  }

  private word(mayBeEmpty = false): Word {
    const { word, end } = readWord(this.text, this.at);
    if (end === this.at && !mayBeEmpty) throw new SyntaxProblem('syntax error: word expected');
    this.at = end;
    return word;
  }

  /** Blanks, comments and line ends that are escaped; line ends too where they say nothing. */
  private skip(lines: boolean): void {
    for (;;) {
      const blank = /^(?:[ \t]|\\\n)+|^#[^\n]*/.exec(this.rest())?.[0];
      if (blank !== undefined) this.at += blank.length;
      else if (lines && this.rest().startsWith('\n')) this.take('\n');
      else return;
    }
  }

  private keyword(word: string): boolean {
    this.skip(false);
    const rest = this.rest();
    if (!rest.startsWith(word) || !/^(?:[\s;()]|$)/.test(rest.slice(word.length))) return false;
    this.take(word);
    return true;
  }

  private expect(word: string): void {
    this.skip(true);
    if (!this.keyword(word)) {
      const found = this.at >= this.text.length ? 'end of file' : `"${this.rest().slice(0, 10)}"`;
      throw new SyntaxProblem(`syntax error: ${found} unexpected (expecting "${word}")`);
    }
  }

  private take(text: string): void {
    if (!this.rest().startsWith(text)) {
      const found = this.at >= this.text.length ? 'end of file' : `"${this.rest().slice(0, 10)}"`;
      throw new SyntaxProblem(`syntax error: ${found} unexpected (expecting "${text}")`);
    }
    this.at += text.length;
    if (text === '\n' && this.heredocs.length > 0) this.fillHeredocs();
  }
}
