import type { Result } from './shellCall';

/**
 * `awk`, as far as one-liners go: `[condition] { print …; name += … } END { … }`, with fields, numbers, texts, `NR`, `NF`, and
 * sums. Whatever else it is given it refuses, as a real one refuses what it does not understand.
 */
export function evaluateAwk(program: string, lines: readonly string[], flags: AwkFlags): Result {
  const rules = [...program.matchAll(/([^{}]*)\{([^{}]*)\}|([^{};]+)(?=;|$)/g)].map(([, head = '', body, bare]) => ({
    head: (bare ?? head).trim(),
    body: body?.trim() ?? 'print',
  }));
  if (rules.length === 0) return { error: `awk: syntax error\n`, status: 2 };
  const machine = new Awk(flags);
  try {
    for (const { head, body } of rules) if (head === 'BEGIN') machine.statements(body);
    for (const line of lines) {
      machine.read(line);
      for (const { head, body } of rules)
        if (head !== 'BEGIN' && head !== 'END' && (head === '' || machine.isTrue(head))) machine.statements(body);
    }
    for (const { head, body } of rules) if (head === 'END') machine.statements(body);
  } catch {
    return { error: 'awk: syntax error\n', status: 2 };
  }
  return { out: machine.out };
}

export interface AwkFlags {
  readonly separator: string | undefined;
  /** `name=value`, each of a `-v`. */
  readonly given: readonly string[];
}

class Awk {
  out = '';
  private fields: string[] = [''];
  private readonly variables = new Map<string, string>();

  constructor({ separator, given }: AwkFlags) {
    if (separator !== undefined) this.variables.set('FS', separator);
    for (const one of given) {
      const [, name = '', value = ''] = /^(\w+)=([^]*)$/.exec(one) ?? [];
      if (name !== '') this.variables.set(name, value);
    }
    this.variables.set('NR', '0');
  }

  read(line: string): void {
    const separator = this.variables.get('FS');
    const parts =
      separator === undefined
        ? line.trim().split(/\s+/)
        : line.split(separator.length === 1 ? separator : new RegExp(separator));
    this.fields = [line, ...parts];
    this.variables.set('NF', String(parts.length));
    this.variables.set('NR', String(Number(this.variables.get('NR')) + 1));
  }

  isTrue(condition: string): boolean {
    const both = condition.split('&&');
    if (both.length > 1) return both.every((part) => this.isTrue(part.trim()));
    const pattern = /^(!?)(?:(\$\w+)\s*(!?~)\s*)?\/(.*)\/$/.exec(condition);
    if (pattern !== null) {
      const [, not, field, operator, source = ''] = pattern;
      const text = field === undefined ? (this.fields[0] ?? '') : this.value(field);
      return new RegExp(source).test(text) !== (not === '!' || operator === '!~');
    }
    const comparison = /^(.+?)\s*(==|!=|<=|>=|<|>)\s*(.+)$/.exec(condition);
    if (comparison === null) return !['', '0'].includes(this.value(condition));
    return this.compared(this.value(comparison[1] ?? ''), comparison[2] ?? '', this.value(comparison[3] ?? ''));
  }

  private compared(left: string, operator: string, right: string): boolean {
    const areNumbers = left !== '' && right !== '' && !Number.isNaN(parseFloat(left)) && !Number.isNaN(Number(right));
    const [a, b] = areNumbers ? [parseFloat(left), Number(right)] : [left, right];
    switch (operator) {
      case '==':
        return a === b;
      case '!=':
        return a !== b;
      case '<':
        return a < b;
      case '>':
        return a > b;
      case '<=':
        return a <= b;
      default:
        return a >= b;
    }
  }

  statements(body: string): void {
    for (const statement of body.split(/;|\n/).map((one) => one.trim()))
      if (statement !== '') this.statement(statement);
  }

  private statement(statement: string): void {
    const printed = /^print\b\s*(.*)$/.exec(statement);
    if (printed !== null) {
      const list = printed[1] ?? '';
      this.out += `${
        list === ''
          ? this.fields[0]
          : split(list)
              .map((part) => this.value(part))
              .join(' ')
      }\n`;
      return;
    }
    const assigned = /^(\w+)\s*(\+?=)\s*(.+)$/.exec(statement);
    const counted = /^(\w+)\+\+$/.exec(statement);
    const [name = '', value] = assigned === null ? [counted?.[1], '1'] : [assigned[1], this.value(assigned[3] ?? '')];
    if (assigned === null && counted === null) throw new Error('syntax');
    const adds = assigned === null || assigned[2] === '+=';
    this.variables.set(name, adds ? String(Number(this.variables.get(name) ?? 0) + (parseFloat(value) || 0)) : value);
  }

  /** Terms side by side are one text; sums and differences of two terms are numbers. */
  private value(text: string): string {
    const sum = /^(\$?\w+|\d+(?:\.\d+)?)\s*([-+*/])\s*(\$?\w+|\d+(?:\.\d+)?)$/.exec(text.trim());
    if (sum !== null) return this.calculated(sum);
    const terms = text.trim().match(/"(?:\\.|[^"\\])*"|\$?\w+(?:\.\d+)?|[^\s]/g) ?? [];
    return terms.map((term) => this.term(term)).join('');
  }

  private calculated([, left = '', operator, right = '']: RegExpExecArray): string {
    const [a, b] = [parseFloat(this.term(left)) || 0, parseFloat(this.term(right)) || 0];
    return String(operator === '+' ? a + b : operator === '-' ? a - b : operator === '*' ? a * b : a / b);
  }

  private term(term: string): string {
    if (term.startsWith('"')) return term.slice(1, -1).replaceAll('\\n', '\n').replaceAll('\\t', '\t');
    if (term.startsWith('$')) {
      const index = /^\$\d+$/.test(term) ? Number(term.slice(1)) : Number(this.variables.get(term.slice(1)) ?? 0);
      return this.fields[index] ?? '';
    }
    if (/^\d/.test(term)) return term;
    if (!/^\w+$/.test(term)) throw new Error('syntax');
    return this.variables.get(term) ?? '';
  }
}

function split(list: string): string[] {
  return list.match(/(?:"(?:\\.|[^"\\])*"|[^,])+/g) ?? [];
}
