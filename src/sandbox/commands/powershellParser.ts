import type { Argument, Expression, Stage, Statement } from './powershellSyntax';

/** Everything that PowerShell takes for a single quote: Chinese input methods type the other four. */
const single = "'\u2018\u2019\u201a\u201b";
/** The same for double quotes. */
const double = '"\u201c\u201d\u201e';

const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '0': '\0', a: '\x07', b: '\b' };

/** Operators by how tightly they bind, the loosest first. */
const levels: readonly (readonly string[])[] = [
  ['-and', '-or', '-xor'],
  [
    ...['-eq', '-ne', '-gt', '-ge', '-lt', '-le', '-like', '-notlike', '-match', '-notmatch', '-contains'],
    ...['-notcontains', '-in', '-notin', '-replace', '-split', '-join', '-is'],
  ],
  ['+', '-'],
  ['*', '/', '%'],
  ['-f'],
];

/** The statements of a script. Throws for what it does not understand, and for a text that does not end. */
export function parsePowerShell(text: string): readonly Statement[] {
  const parser = new Parser(text);
  const statements = parser.statements();
  if (!parser.isAtEnd())
    throw new Error(`Unexpected token '${parser.rest().slice(0, 10)}' in expression or statement.`);
  return statements;
}

class Parser {
  private at = 0;

  constructor(private readonly text: string) {}

  isAtEnd(): boolean {
    return this.at >= this.text.length;
  }

  rest(): string {
    return this.text.slice(this.at);
  }

  statements(): Statement[] {
    const found: Statement[] = [];
    for (;;) {
      this.skip(true);
      if (this.isAtEnd() || this.sees(/[)}]/y)) return found;
      found.push(this.statement());
      this.skip(false);
      if (!this.isAtEnd() && !this.sees(/[;\n)}]/y))
        throw new Error(`Unexpected token '${this.rest().slice(0, 10)}' in expression or statement.`);
    }
  }

  /** Passes over blanks and comments, and over the ends of statements where these do not count. */
  private skip(withLines: boolean): void {
    const blank = withLines
      ? /(?:[ \t\r\n;\ufeff]|`\r?\n|<#[^]*?#>|#[^\n]*)*/y
      : /(?:[ \t\r]|`\r?\n|<#[^]*?#>|#[^\n]*)*/y;
    blank.lastIndex = this.at;
    this.at += blank.exec(this.text)?.[0].length ?? 0;
  }

  private sees(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.at;
    return pattern.exec(this.text) ?? undefined;
  }

  private takes(pattern: RegExp): RegExpExecArray | undefined {
    const found = this.sees(pattern);
    if (found !== undefined) this.at += found[0].length;
    return found;
  }

  private needs(pattern: RegExp, what: string): void {
    this.skip(true);
    if (this.takes(pattern) === undefined) throw new Error(`Missing '${what}' in expression or statement.`);
  }

  private statement(): Statement {
    const word = this.sees(/(if|foreach|try|exit|throw|continue)\b(?!-)/iy)?.[1]?.toLowerCase();
    switch (word) {
      case 'if':
        return this.conditional();
      case 'foreach':
        if (this.sees(/foreach\s*\(/iy) !== undefined) return this.loop();
        break;
      case 'try':
        return this.attempt();
      case 'exit':
      case 'throw': {
        this.at += word.length;
        this.skip(false);
        const value = this.isAtEnd() || this.sees(/[;\n)}]/y) !== undefined ? undefined : this.pipeline();
        return word === 'exit' ? { type: 'exit', code: value } : { type: 'throw', value };
      }
      case 'continue':
        this.at += word.length;
        return { type: 'continue' };
      case undefined:
        break;
    }
    const assigned = this.takes(/\$([\w:]+)[ \t]*(\+=|-=|=)(?!=)/y);
    if (assigned === undefined) return this.pipeline();
    this.skip(true);
    return {
      type: 'assign',
      name: (assigned[1] ?? '').toLowerCase(),
      operator: assigned[2] ?? '=',
      value: this.statement(),
    };
  }

  private conditional(): Statement {
    const branches: { test: Statement; body: readonly Statement[] }[] = [];
    let otherwise: readonly Statement[] = [];
    this.at += 'if'.length;
    for (;;) {
      branches.push({ test: this.inBrackets(), body: this.body() });
      const before = this.at;
      this.skip(true);
      if (this.takes(/elseif\b/iy) !== undefined) continue;
      if (this.takes(/else\b/iy) !== undefined) otherwise = this.body();
      else this.at = before;
      return { type: 'if', branches, otherwise };
    }
  }

  private loop(): Statement {
    this.needs(/foreach\s*\(/iy, '(');
    this.skip(true);
    const name = this.takes(/\$(\w+)/y)?.[1]?.toLowerCase() ?? '';
    this.needs(/in\b/iy, 'in');
    this.skip(true);
    const of = this.pipeline();
    this.needs(/\)/y, ')');
    return { type: 'foreach', name, of, body: this.body() };
  }

  private attempt(): Statement {
    this.at += 'try'.length;
    const body = this.body();
    this.needs(/catch\b/iy, 'catch');
    return { type: 'try', body, failed: this.body() };
  }

  private inBrackets(): Statement {
    this.needs(/\(/y, '(');
    this.skip(true);
    const inner = this.pipeline();
    this.needs(/\)/y, ')');
    return inner;
  }

  private body(): readonly Statement[] {
    this.needs(/\{/y, '{');
    const statements = this.statements();
    this.needs(/\}/y, '}');
    return statements;
  }

  private pipeline(): Statement {
    const stages: Stage[] = [this.stage()];
    for (;;) {
      this.skip(false);
      if (this.takes(/\|/y) === undefined) return { type: 'pipeline', stages };
      this.skip(true);
      stages.push(this.stage());
    }
  }

  private stage(): Stage {
    this.takes(/&[ \t]*/y);
    const name = this.sees(/(?:[A-Za-z?%][\w.\\:-]*|\?|%)(?![\w(])/y)?.[0];
    if (name === undefined) {
      const value = this.expression(0);
      this.redirects();
      return { type: 'expression', value };
    }
    this.at += name.length;
    return { type: 'command', name: name.toLowerCase(), args: this.args() };
  }

  private args(): Argument[] {
    const args: Argument[] = [];
    for (;;) {
      this.skip(false);
      this.redirects();
      if (this.isAtEnd() || this.sees(/[|;\n)}]/y) !== undefined) return args;
      const parameter = this.takes(/-([A-Za-z]\w*):?/y)?.[1]?.toLowerCase();
      args.push(parameter === undefined ? { value: this.listOf(() => this.word()) } : { parameter });
    }
  }

  private redirects(): void {
    this.skip(false);
    while (this.takes(/\d?>(?:&\d|>?[ \t]*\$null)/iy) !== undefined) this.skip(false);
  }

  private listOf(item: () => Expression): Expression {
    const items = [item()];
    for (;;) {
      const before = this.at;
      this.skip(false);
      if (this.takes(/,/y) === undefined) {
        this.at = before;
        return items.length === 1 && items[0] !== undefined ? items[0] : { type: 'list', items };
      }
      this.skip(true);
      items.push(item());
    }
  }

  /** An argument: a value, or letters that need no quotes. */
  private word(): Expression {
    const c = this.text.charAt(this.at);
    if (single.includes(c) || double.includes(c) || this.sees(/[$(@{]/y) !== undefined)
      return this.postfix(this.primary());
    const bare = this.takes(/[^\s|;(){},'"\u2018-\u201f]+/y)?.[0] ?? this.fail();
    return /^-?\d+$/.test(bare) ? { type: 'value', value: Number(bare) } : { type: 'value', value: bare };
  }

  private expression(level: number): Expression {
    const operators = levels[level];
    if (operators === undefined) return this.listOf(() => this.unary());
    let left = this.expression(level + 1);
    for (;;) {
      const before = this.at;
      this.skip(false);
      const sign = this.takes(/-[A-Za-z]+\b|[-+*/%](?!=)/y)?.[0].toLowerCase();
      // Whether letters count is told by a letter before the operator; here they never do.
      const operator = sign?.replace(/^-[ic](?=(?:eq|ne|like|match|contains|replace|split)$)/, '-');
      if (operator === undefined || !operators.includes(operator)) {
        this.at = before;
        return left;
      }
      this.skip(true);
      left = { type: 'binary', operator, left, right: this.expression(level + 1) };
    }
  }

  private unary(): Expression {
    const operator = this.takes(/-not\b|!|-(?=[\d$(])/iy)?.[0].toLowerCase();
    this.skip(false);
    if (operator !== undefined)
      return { type: 'unary', operator: operator === '!' ? '-not' : operator, value: this.unary() };
    const type = this.takes(/\[([\w.]+(?:\[\])?)\](?!::)/y)?.[1]?.toLowerCase();
    this.skip(false);
    return type === undefined ? this.postfix(this.primary()) : { type: 'cast', to: type, value: this.unary() };
  }

  private postfix(target: Expression): Expression {
    const name = this.takes(/\.([A-Za-z_]\w*)/y)?.[1]?.toLowerCase();
    if (name !== undefined) {
      const args = this.takes(/\(/y) === undefined ? undefined : this.callArgs();
      return this.postfix({ type: 'member', target, name, ...(args && { args }) });
    }
    if (this.takes(/\[/y) === undefined) return target;
    this.skip(true);
    const at = this.expression(0);
    this.needs(/\]/y, ']');
    return this.postfix({ type: 'index', target, at });
  }

  private callArgs(): Expression[] {
    this.skip(true);
    if (this.takes(/\)/y) !== undefined) return [];
    const args = this.expression(0);
    this.needs(/\)/y, ')');
    return args.type === 'list' ? [...args.items] : [args];
  }

  private primary(): Expression {
    const c = this.text.charAt(this.at);
    if (c !== '' && single.includes(c)) return { type: 'value', value: this.quoted() };
    if (c !== '' && double.includes(c)) return this.expanded();
    const number = this.takes(/\d+(?:\.\d+)?(?![\w.])/y)?.[0];
    if (number !== undefined) return { type: 'value', value: Number(number) };
    if (this.takes(/\$\(/y) !== undefined) return this.inner(false);
    if (this.takes(/@\(/y) !== undefined) return this.inner(true);
    if (this.takes(/\(/y) !== undefined) return this.inner(false);
    if (this.sees(/\{/y) !== undefined) return { type: 'block', body: this.body() };
    const variable = this.takes(/\$\{([^}]+)\}|\$((?:env:)?\w+|\?)/iy);
    if (variable !== undefined) return { type: 'variable', name: (variable[1] ?? variable[2] ?? '').toLowerCase() };
    const fixed = this.takes(/\[([\w.]+)\]::(\w+)/y);
    if (fixed === undefined) return this.fail();
    const args = this.takes(/\(/y) === undefined ? undefined : this.callArgs();
    return {
      type: 'static',
      of: (fixed[1] ?? '').toLowerCase(),
      name: (fixed[2] ?? '').toLowerCase(),
      ...(args && { args }),
    };
  }

  private inner(isArray: boolean): Expression {
    const body = this.statements();
    this.needs(/\)/y, ')');
    return { type: 'statements', body, isArray };
  }

  private fail(): never {
    const [word = ''] = /^\S*/.exec(this.rest()) ?? [];
    throw new Error(`You must provide a value expression: '${word.slice(0, 40)}'.`);
  }

  /** Two quotes in a row, of whatever form, are one that belongs to the text: the first of them. */
  private quoted(): string {
    let value = '';
    for (this.at++; this.at < this.text.length; this.at++) {
      const c = this.text.charAt(this.at);
      if (!single.includes(c)) value += c;
      else if (this.at + 1 < this.text.length && single.includes(this.text.charAt(this.at + 1))) {
        value += c;
        this.at++;
      } else {
        this.at++;
        return value;
      }
    }
    throw new Error("The string is missing the terminator: '.");
  }

  private expanded(): Expression {
    const parts: Expression[] = [];
    let value = '';
    const keep = (part: Expression): void => {
      parts.push({ type: 'value', value }, part);
      value = '';
    };
    for (this.at++; this.at < this.text.length;) {
      const c = this.text.charAt(this.at);
      if (c === '`') {
        const next = this.text.charAt(this.at + 1);
        value += escapes[next] ?? next;
        this.at += 2;
      } else if (double.includes(c)) {
        if (!double.includes(this.text.charAt(this.at + 1) || ' ')) {
          this.at++;
          return { type: 'text', parts: [...parts, { type: 'value', value }] };
        }
        value += c;
        this.at += 2;
      } else if (this.sees(/\$(?:\(|\{|(?:env:)?\w)/iy) !== undefined) keep(this.primary());
      else {
        value += c;
        this.at++;
      }
    }
    throw new Error('The string is missing the terminator: ".');
  }
}
