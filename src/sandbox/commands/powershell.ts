import type { Execution, HostFacts, Recorder, Script } from './execution';
import { Exit, record } from './execution';
import { cmdlets, type Bound } from './powershellCommands';
import { binary, cast, method, staticOf } from './powershellOperators';
import { parsePowerShell } from './powershellParser';
import type { Argument, Expression, Stage, Statement } from './powershellSyntax';
import { each, isBlock, linesOf, member, numberOf, one, textOf, truth, type Value } from './powershellValues';

/** Plays a PowerShell script on a made-up host; nothing is run. What it does not know is "not recognized". */
export function playPowerShell(script: Script, host: HostFacts): Execution {
  return record(
    (recorder) => new PowerShell(recorder, script, host).run(script.content),
    (message) => `${message}\r\n`,
  );
}

/** Goes on with the next round of a loop. */
class Continue extends Error {}

class PowerShell {
  private readonly variables = new Map<string, Value>();

  constructor(
    private readonly recorder: Recorder,
    private readonly script: Script,
    private readonly host: HostFacts,
  ) {
    const own = {
      true: true,
      false: false,
      null: null,
      'env:computername': host.hostname,
      'env:username': script.user,
      'env:systemdrive': 'C:',
      'env:programfiles': 'C:\\Program Files',
    };
    for (const [name, value] of Object.entries(own)) this.variables.set(name, value);
  }

  run(text: string): number {
    this.all(parsePowerShell(text), (value) => {
      for (const line of linesOf(value)) this.recorder.write(`${line}\r\n`);
    });
    return 0;
  }

  private all(statements: readonly Statement[], out: (value: Value) => void): void {
    for (const statement of statements) this.statement(statement, out);
  }

  private gathered(statements: readonly Statement[]): Value[] {
    const values: Value[] = [];
    this.all(statements, (value) => void values.push(value));
    return values;
  }

  private valueOf(statement: Statement): Value {
    return one(this.gathered([statement]));
  }

  private statement(statement: Statement, out: (value: Value) => void): void {
    this.recorder.step();
    switch (statement.type) {
      case 'pipeline':
        return this.pipeline(statement.stages).forEach(out);
      case 'assign':
        return this.assign(statement);
      case 'if': {
        const branch = statement.branches.find(({ test }) => truth(this.valueOf(test)));
        return this.all(branch?.body ?? statement.otherwise, out);
      }
      case 'foreach':
        return this.loop(statement, out);
      case 'try':
        return this.attempt(statement, out);
      case 'exit':
        throw new Exit(statement.code === undefined ? 0 : numberOf(this.valueOf(statement.code)) || 0);
      case 'throw':
        throw new Error(statement.value === undefined ? 'ScriptHalted' : textOf(this.valueOf(statement.value)));
      case 'continue':
        throw new Continue();
    }
  }

  private assign({ name, operator, value: from }: Extract<Statement, { type: 'assign' }>): void {
    const value = this.valueOf(from);
    const before = this.variables.get(name) ?? null;
    this.variables.set(name, operator === '=' ? value : binary(operator.charAt(0), before ?? '', value));
  }

  private loop({ name, of, body }: Extract<Statement, { type: 'foreach' }>, out: (value: Value) => void): void {
    for (const value of each(this.valueOf(of))) {
      this.variables.set(name, value);
      try {
        this.all(body, out);
      } catch (error) {
        if (!(error instanceof Continue)) throw error;
      }
    }
  }

  private attempt({ body, failed }: Extract<Statement, { type: 'try' }>, out: (value: Value) => void): void {
    try {
      this.all(body, out);
    } catch (error) {
      if (error instanceof Exit || error instanceof Continue || !(error instanceof Error)) throw error;
      this.variables.set('_', error.message);
      this.all(failed, out);
    }
  }

  private pipeline(stages: readonly Stage[]): Value[] {
    let values: Value[] = [];
    stages.forEach((stage, index) => {
      values =
        stage.type === 'command' ? this.command(stage, values) : index === 0 ? [...each(this.value(stage.value))] : [];
    });
    return values;
  }

  private command({ name, args }: Extract<Stage, { type: 'command' }>, input: readonly Value[]): Value[] {
    const cmdlet = cmdlets[name];
    if (cmdlet === undefined)
      throw new Error(
        `${name} : The term '${name}' is not recognized as the name of a cmdlet, function, script file, or operable program.`,
      );
    const bound = this.bound(args);
    const { host, script, recorder } = this;
    const apply = (block: Value | undefined, value: Value): Value[] => this.applied(block, value);
    const isKnown = (one: string): boolean => Object.hasOwn(cmdlets, one.toLowerCase());
    try {
      return each(cmdlet({ ...bound, input, host, script, recorder, apply, isKnown })).slice();
    } catch (error) {
      if (error instanceof Error && !(error instanceof Exit) && this.isSilent(bound)) return [];
      throw error;
    }
  }

  private isSilent({ named }: Bound): boolean {
    const wish = named.get('erroraction') ?? this.variables.get('erroractionpreference');
    return /^silentlycontinue$|^ignore$/i.test(textOf(wish));
  }

  /** A name takes the value behind it, where there is one. */
  private bound(args: readonly Argument[]): Bound {
    const named = new Map<string, Value>();
    const plain: Value[] = [];
    args.forEach(({ parameter, value }, index) => {
      const before = args[index - 1];
      if (parameter !== undefined) named.set(parameter, true);
      else if (value === undefined) return;
      else if (before?.parameter !== undefined && !switches.has(before.parameter))
        named.set(before.parameter, this.value(value));
      else plain.push(this.value(value));
    });
    return { named, plain };
  }

  private applied(block: Value | undefined, value: Value): Value[] {
    if (!isBlock(block)) return each(member(value, textOf(block).toLowerCase())).slice();
    const before = this.variables.get('_') ?? null;
    this.variables.set('_', value);
    try {
      return this.gathered(block.block);
    } finally {
      this.variables.set('_', before);
    }
  }

  private value(expression: Expression): Value {
    this.recorder.step();
    switch (expression.type) {
      case 'value':
        return expression.value;
      case 'variable':
        return this.variables.get(expression.name) ?? null;
      case 'text':
        return expression.parts.map((part) => textOf(this.value(part))).join('');
      case 'statements': {
        const values = this.gathered(expression.body).flatMap(each);
        return expression.isArray ? values : one(values);
      }
      case 'block':
        return { block: expression.body };
      case 'member': {
        const target = this.value(expression.target);
        const args = expression.args?.map((arg) => this.value(arg));
        return args === undefined ? member(target, expression.name) : method(target, expression.name, args);
      }
      case 'static':
        return staticOf(expression.of, expression.name, expression.args?.map((arg) => this.value(arg)) ?? []);
      case 'cast':
        return cast(expression.to, this.value(expression.value));
      case 'index': {
        const at = numberOf(this.value(expression.at));
        const target = this.value(expression.target);
        return (typeof target === 'string' ? [...target] : each(target)).at(at) ?? null;
      }
      case 'unary': {
        const value = this.value(expression.value);
        return expression.operator === '-not' ? !truth(value) : -numberOf(value);
      }
      case 'binary':
        return this.compound(expression);
      case 'list':
        return expression.items.map((item) => this.value(item));
    }
  }

  private compound({ operator, left, right }: Extract<Expression, { type: 'binary' }>): Value {
    const first = this.value(left);
    if (operator === '-and') return truth(first) && truth(this.value(right));
    if (operator === '-or') return truth(first) || truth(this.value(right));
    return binary(operator, first, this.value(right));
  }
}

/** Parameters that stand alone. */
const switches: ReadonlySet<string> = new Set([
  'unique',
  'descending',
  'force',
  'recurse',
  'file',
  'quiet',
  'listavailable',
  'passthru',
  'nonewline',
]);
