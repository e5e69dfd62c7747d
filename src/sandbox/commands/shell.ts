import type { Execution, HostFacts, Recorder, Script } from './execution';
import { Exit, record } from './execution';
import { evaluateArithmetic } from './shellArithmetic';
import type { Call, Commands, Result } from './shellCall';
import { shellCommands } from './shellCommands';
import { filesOf } from './shellFiles';
import { parseShell } from './shellParser';
import { globPattern } from './shellPattern';
import type { Command, List, Part, Pipeline, Redirect, Simple, Word } from './shellSyntax';

/**
 * Plays a script of `sh` on a made-up host. Nothing is run: every command is one of a table, files are texts in memory,
 * and `sleep` moves a made-up clock. What the table does not have is "not found".
 */
export function playShell(script: Script, host: HostFacts): Execution {
  return record(
    (recorder) => new Shell(recorder, script, host).run(script.content),
    (message) => `sh: ${message}\n`,
  );
}

/** Where output goes: the recorder, or a text that is being gathered. */
interface Streams {
  readonly input: string;
  readonly out: (text: string) => void;
  readonly error: (text: string) => void;
}

class LoopControl extends Error {
  constructor(
    readonly kind: 'break' | 'continue',
    public levels: number,
  ) {
    super(kind);
  }
}

class Return extends Error {
  constructor(readonly status: number) {
    super('return');
  }
}

export class Shell {
  readonly variables = new Map<string, string>();
  readonly files: Map<string, string>;
  private readonly commands: Commands = shellCommands;
  private readonly functions = new Map<string, Command>();
  private positional: readonly string[] = [];
  private status = 0;
  private exitsOnError = false;
  private refusesUnset = false;
  private inTest = 0;

  constructor(
    readonly recorder: Recorder,
    readonly script: Script,
    readonly host: HostFacts,
  ) {
    this.files = filesOf(host, script.now);
    const { user, folder } = script;
    for (const [name, value] of Object.entries({
      HOME: user === 'root' ? '/root' : `/home/${user}`,
      HOSTNAME: host.hostname,
      IFS: ' \t\n',
      LANG: 'C.UTF-8',
      PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
      PWD: folder,
      USER: user,
    }))
      this.variables.set(name, value);
  }

  run(text: string): number {
    const write = (part: string): void => this.recorder.write(part);
    return this.list(parseShell(text), { input: '', out: write, error: write });
  }

  private list(list: List, streams: Streams): number {
    for (const { tie, pipeline } of list) {
      if ((tie === '&&' && this.status !== 0) || (tie === '||' && this.status === 0)) continue;
      const at = list.findIndex((one) => one.pipeline === pipeline);
      const isTested = list[at + 1]?.tie === '&&' || list[at + 1]?.tie === '||';
      if (isTested) this.inTest++;
      this.status = this.pipeline(pipeline, streams);
      if (isTested) this.inTest--;
      if (this.exitsOnError && this.status !== 0 && this.inTest === 0 && !pipeline.negated) throw new Exit(this.status);
    }
    return this.status;
  }

  private pipeline({ commands, negated }: Pipeline, streams: Streams): number {
    let { input } = streams;
    if (negated) this.inTest++;
    let status = 0;
    commands.forEach((command, index) => {
      if (index === commands.length - 1) status = this.command(command, { ...streams, input });
      else {
        const gathered: string[] = [];
        const own = { ...streams, input, out: (text: string) => void gathered.push(text) };
        status = this.isolated(() => this.command(command, own));
        input = gathered.join('');
      }
    });
    if (negated) this.inTest--;
    return negated ? (status === 0 ? 1 : 0) : status;
  }

  /** A subshell: its variables are its own, and `exit` ends only it. */
  private isolated(run: () => number): number {
    const variables = new Map(this.variables);
    const { positional, exitsOnError } = this;
    try {
      return run();
    } catch (error) {
      if (error instanceof Exit) return error.code;
      throw error;
    } finally {
      this.variables.clear();
      for (const [name, value] of variables) this.variables.set(name, value);
      Object.assign(this, { positional, exitsOnError });
    }
  }

  private command(command: Command, outer: Streams): number {
    this.recorder.step();
    const { streams, finish } = this.redirected(command.redirects, outer);
    try {
      return this.dispatch(command, streams);
    } finally {
      finish();
    }
  }

  private dispatch(command: Command, streams: Streams): number {
    switch (command.type) {
      case 'simple':
        return this.simple(command, streams);
      case 'if':
        return this.conditional(command, streams);
      case 'loop':
        return this.repeat(streams, command.body, () => (this.tested(command.test, streams) === 0) !== command.until);
      case 'for': {
        const words = [...(command.words?.flatMap((word) => this.fields(word)) ?? this.positional)];
        return this.repeat(streams, command.body, () => {
          const value = words.shift();
          if (value !== undefined) this.variables.set(command.name, value);
          return value !== undefined;
        });
      }
      case 'case':
        return this.caseOf(command, streams);
      case 'group':
        return command.subshell
          ? this.isolated(() => this.list(command.body, streams))
          : this.list(command.body, streams);
      case 'function':
        this.functions.set(command.name, command.body);
        return 0;
    }
  }

  private tested(list: List, streams: Streams): number {
    this.inTest++;
    try {
      return this.list(list, streams);
    } finally {
      this.inTest--;
    }
  }

  private conditional(command: Extract<Command, { type: 'if' }>, streams: Streams): number {
    for (const { test, body } of command.branches)
      if (this.tested(test, streams) === 0) return this.list(body, streams);
    return command.otherwise === undefined ? (this.status = 0) : this.list(command.otherwise, streams);
  }

  private repeat(streams: Streams, body: List, next: () => boolean): number {
    let status = 0;
    while (next()) {
      this.recorder.step();
      try {
        status = this.list(body, streams);
      } catch (error) {
        if (!(error instanceof LoopControl)) throw error;
        if (--error.levels > 0) throw error;
        if (error.kind === 'break') return 0;
      }
    }
    return status;
  }

  private caseOf(command: Extract<Command, { type: 'case' }>, streams: Streams): number {
    const value = this.text(command.word);
    for (const { patterns, body } of command.branches)
      if (patterns.some((pattern) => globPattern(this.pattern(pattern)).test(value))) return this.list(body, streams);
    return 0;
  }

  private simple({ assignments, words }: Simple, streams: Streams): number {
    const [name, ...args] = words.flatMap((word) => this.fields(word));
    this.status = name === undefined ? 0 : this.status;
    const before = new Map(this.variables);
    for (const [variable, value] of assignments) this.variables.set(variable, this.text(value));
    if (name === undefined) return this.status;
    const result = this.call(name, args, streams);
    if (assignments.length > 0 && name !== 'export') this.restore(assignments, before);
    return result;
  }

  private restore(assignments: Simple['assignments'], before: ReadonlyMap<string, string>): void {
    for (const [variable] of assignments) {
      const value = before.get(variable);
      if (value === undefined) this.variables.delete(variable);
      else this.variables.set(variable, value);
    }
  }

  private call(name: string, args: readonly string[], streams: Streams): number {
    const own = this.functions.get(name);
    if (own !== undefined) return this.callFunction(own, args, streams);
    const special = this.special(name, args, streams);
    if (special !== undefined) return special;
    const command = this.commands[name.replace(/^\/(?:usr\/)?s?bin\//, '')];
    if (command === undefined) {
      streams.error(`sh: ${name}: command not found\n`);
      return 127;
    }
    const { out = '', error = '', status = 0 }: Result = command(this.callOf(args, streams));
    streams.out(out);
    streams.error(error);
    return status;
  }

  private callOf(args: readonly string[], { input }: Streams): Call {
    const run = (words: readonly string[], text: string): Result => {
      const gathered: string[] = [];
      const status = this.call(words[0] ?? 'true', words.slice(1), {
        input: text,
        out: (part) => void gathered.push(part),
        error: (part) => this.recorder.write(part),
      });
      return { out: gathered.join(''), status };
    };
    return { args, input, shell: this, run, knows: (word) => this.knows(word) };
  }

  private knows(name: string): boolean {
    return name in this.commands || this.functions.has(name) || specials.has(name);
  }

  private callFunction(body: Command, args: readonly string[], streams: Streams): number {
    const { positional } = this;
    this.positional = args;
    try {
      return this.command(body, streams);
    } catch (error) {
      if (error instanceof Return) return error.status;
      throw error;
    } finally {
      this.positional = positional;
    }
  }

  /** What changes the shell itself; undefined for every other name. */
  private special(name: string, args: readonly string[], streams: Streams): number | undefined {
    const number = (fallback: number): number => (/^\d+$/.test(args[0] ?? '') ? Number(args[0]) : fallback);
    switch (name) {
      case 'exit':
        if (args[0] !== undefined && !/^\d+$/.test(args[0])) throw new Error(`exit: Illegal number: ${args[0]}`);
        throw new Exit(number(this.status) & 255);
      case 'return':
        throw new Return(number(this.status) & 255);
      case 'break':
      case 'continue':
        throw new LoopControl(name, number(1));
      case 'set':
        return this.set(args);
      case 'shift':
        this.positional = this.positional.slice(number(1));
        return 0;
      case 'eval':
        return this.list(parseShell(args.join(' ')), streams);
      case 'export':
      case 'readonly':
      case 'local':
        for (const arg of args) {
          const [, variable = '', value] = /^([^=]*)(?:=([\s\S]*))?$/.exec(arg) ?? [];
          if (value !== undefined) this.variables.set(variable, value);
        }
        return 0;
      case 'unset':
        for (const arg of args) this.variables.delete(arg);
        return 0;
      case 'read':
        return this.read(args, streams);
      case 'exec':
        return args.length === 0 ? 0 : this.leave(this.call(args[0] ?? '', args.slice(1), streams));
      default:
        return undefined;
    }
  }

  private leave(status: number): never {
    throw new Exit(status);
  }

  private set(args: readonly string[]): number {
    const dashes = args.indexOf('--');
    if (dashes !== -1) this.positional = args.slice(dashes + 1);
    for (const arg of args.slice(0, dashes === -1 ? undefined : dashes)) {
      if (/^[-+]\w*e/.test(arg)) this.exitsOnError = arg.startsWith('-');
      if (/^[-+]\w*u/.test(arg)) this.refusesUnset = arg.startsWith('-');
    }
    return 0;
  }

  /** There is nobody who types: without input a `read` is at its end. */
  private read(args: readonly string[], { input }: Streams): number {
    const names = args.filter((arg) => !arg.startsWith('-'));
    const line = input.split('\n', 1)[0] ?? '';
    const fields = line.trim().split(/\s+/);
    names.forEach((name, index) => {
      const isLast = index === names.length - 1;
      this.variables.set(name, (isLast ? fields.slice(index).join(' ') : fields[index]) ?? '');
    });
    return input === '' ? 1 : 0;
  }

  private redirected(redirects: readonly Redirect[], outer: Streams) {
    let streams = outer;
    const written: { path: string; parts: string[]; append: boolean }[] = [];
    for (const redirect of redirects) streams = this.redirectOne(redirect, streams, written);
    const finish = (): void => {
      for (const { path, parts, append } of written)
        this.files.set(path, (append ? (this.files.get(path) ?? '') : '') + parts.join(''));
    };
    return { streams, finish };
  }

  private redirectOne(
    { descriptor, type, target }: Redirect,
    streams: Streams,
    written: { path: string; parts: string[]; append: boolean }[],
  ): Streams {
    const name = this.text(target);
    if (type === '<<') return { ...streams, input: name };
    if (type === '<') return { ...streams, input: this.files.get(name) ?? '' };
    const nothing = (): void => undefined;
    if (type === '>&') {
      const to = name === '1' ? streams.out : name === '2' ? streams.error : nothing;
      return descriptor === 2 ? { ...streams, error: to } : { ...streams, out: to };
    }
    const file = { path: name, parts: [] as string[], append: type === '>>' };
    if (name !== '/dev/null') written.push(file);
    const sink = name === '/dev/null' ? nothing : (text: string): void => void file.parts.push(text);
    return descriptor === 2 ? { ...streams, error: sink } : { ...streams, out: sink };
  }

  /** A word as one text, as assignments and tests take it. */
  private text(word: Word): string {
    return word.map((part) => this.expand(part)).join('');
  }

  /** A word as a pattern: what was quoted in it stands for itself. */
  private pattern(word: Word): string {
    return word
      .map((part) => (part.quoted ? this.expand(part).replace(/[\\*?[\]]/g, '\\$&') : this.expand(part)))
      .join('');
  }

  /** A word as the arguments that it becomes: unquoted values are split at blanks. */
  private fields(word: Word): string[] {
    if (word.length === 1 && word[0]?.type === 'variable' && word[0].name === '@') return [...this.positional];
    let current: string | undefined;
    const fields: string[] = [];
    for (const part of word) {
      const text = this.expand(part);
      if (part.quoted || part.type === 'text') {
        current = (current ?? '') + text;
        continue;
      }
      const pieces = text.split(/[ \t\n]+/);
      pieces.forEach((piece, index) => {
        if (index > 0 && current !== undefined) {
          fields.push(current);
          current = undefined;
        }
        if (piece !== '') current = (current ?? '') + piece;
      });
    }
    if (current !== undefined) fields.push(current);
    return fields.flatMap((field) => (this.hasGlob(word) ? this.matching(field) : [field]));
  }

  private hasGlob(word: Word): boolean {
    return word.some((part) => part.type === 'text' && !part.quoted && /[*?[]/.test(part.text));
  }

  private matching(field: string): string[] {
    const pattern = globPattern(field);
    const found = [...this.files.keys()].filter((path) => pattern.test(path)).sort();
    return found.length === 0 ? [field] : found;
  }

  private expand(part: Part): string {
    switch (part.type) {
      case 'text':
        return part.quoted ? part.text : part.text.replace(/^~(?=\/|$)/, this.variables.get('HOME') ?? '~');
      case 'arithmetic':
        return String(evaluateArithmetic(this.text(part.words), (name) => this.variables.get(name) ?? '0'));
      case 'command':
        return this.substituted(part.script);
      case 'variable':
        return this.variable(part);
    }
  }

  private substituted(script: string): string {
    const gathered: string[] = [];
    const streams: Streams = {
      input: '',
      out: (text) => void gathered.push(text),
      error: (text) => this.recorder.write(text),
    };
    this.status = this.isolated(() => this.list(parseShell(script), streams));
    return gathered.join('').replace(/\n+$/, '');
  }

  private variable({ name, operator, argument }: Extract<Part, { type: 'variable' }>): string {
    const value = this.valueOf(name);
    const isNone = value === undefined || (value === '' && operator?.startsWith(':') === true);
    switch (operator) {
      case 'length':
        return String([...(value ?? '')].length);
      case '-':
      case ':-':
        return isNone ? this.text(argument ?? []) : value;
      case '=':
      case ':=':
        if (isNone) this.variables.set(name, this.text(argument ?? []));
        return this.valueOf(name) ?? '';
      case '+':
      case ':+':
        return isNone ? '' : this.text(argument ?? []);
      case '?':
      case ':?':
        if (isNone) throw new Error(`${name}: ${this.text(argument ?? []) || 'parameter not set'}`);
        return value;
      case '#':
      case '##':
      case '%':
      case '%%':
        return trimmed(value ?? '', operator, this.pattern(argument ?? []));
      default:
        if (value === undefined && this.refusesUnset) throw new Error(`${name}: parameter not set`);
        return value ?? '';
    }
  }

  private valueOf(name: string): string | undefined {
    switch (name) {
      case '?':
        return String(this.status);
      case '#':
        return String(this.positional.length);
      case '@':
      case '*':
        return this.positional.join(' ');
      case '$':
        return '4242';
      case '0':
        return 'sh';
      default:
        return /^[1-9]$/.test(name) ? this.positional[Number(name) - 1] : this.variables.get(name);
    }
  }
}

const specials = new Set([
  'break',
  'continue',
  'eval',
  'exec',
  'exit',
  'export',
  'local',
  'read',
  'readonly',
  'return',
  'set',
  'shift',
  'unset',
]);

/** A value without the shortest or longest beginning or end that fits a pattern. */
function trimmed(value: string, operator: string, pattern: string): string {
  const matcher = globPattern(pattern);
  const lengths = Array.from({ length: value.length + 1 }, (_, length) => length);
  const order = operator.length === 1 ? lengths : lengths.reverse();
  for (const length of order) {
    const part = operator.startsWith('#') ? value.slice(0, length) : value.slice(value.length - length);
    if (matcher.test(part))
      return operator.startsWith('#') ? value.slice(length) : value.slice(0, value.length - length);
  }
  return value;
}
