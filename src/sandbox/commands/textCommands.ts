import { evaluateAwk } from './shellAwk';
import type { Call, Commands, Result } from './shellCall';
import { isFolder } from './shellFiles';
import { formatted } from './shellPrintf';
import { test } from './shellTest';

/** Lines of the files that are named, or of what comes in. */
function linesOf(call: Call, names: readonly string[]): string[] {
  const text = textOf(call, names);
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

function textOf({ input, shell }: Call, names: readonly string[]): string {
  if (names.length === 0) return input;
  return names.map((name) => (name === '-' ? input : (shell.files.get(name) ?? ''))).join('');
}

function joined(lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join('');
}

/** Options with their values, and what is left. `withValue` names the letters that take one. */
export function options(args: readonly string[], withValue = ''): { flags: Map<string, string>; rest: string[] } {
  const flags = new Map<string, string>();
  const rest: string[] = [];
  for (let at = 0; at < args.length; at++) {
    const arg = args[at] ?? '';
    if (arg === '--') return { flags, rest: [...rest, ...args.slice(at + 1)] };
    if (arg.startsWith('--')) flags.set(arg.slice(2).split('=')[0] ?? '', arg.split('=')[1] ?? '');
    else if (!/^-./.test(arg)) rest.push(arg);
    else
      for (let index = 1; index < arg.length; index++) {
        const letter = arg.charAt(index);
        if (!withValue.includes(letter)) {
          flags.set(letter, '');
          continue;
        }
        flags.set(letter, index + 1 < arg.length ? arg.slice(index + 1) : (args[++at] ?? ''));
        break;
      }
  }
  return { flags, rest };
}

function cat(call: Call): Result {
  const { rest } = options(call.args);
  const missing = rest.find((name) => name !== '-' && !call.shell.files.has(name));
  if (missing !== undefined) return { error: `cat: ${missing}: No such file or directory\n`, status: 1 };
  return { out: textOf(call, rest) };
}

function grep(call: Call): Result {
  const { flags, rest } = options(call.args, 'emABC');
  const pattern = flags.get('e') ?? rest.shift() ?? '';
  const source = flags.has('F') ? pattern.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&') : expression(pattern, flags.has('E'));
  const whole = flags.has('x') ? `^(?:${source})$` : flags.has('w') ? `\\b(?:${source})\\b` : source;
  const matcher = new RegExp(whole, flags.has('i') ? 'i' : '');
  const found = linesOf(call, rest).filter((line) => matcher.test(line) !== flags.has('v'));
  const status = found.length > 0 ? 0 : 1;
  if (flags.has('q')) return { status };
  if (flags.has('c')) return { out: `${found.length}\n`, status };
  const shown = flags.has('o') ? found.flatMap((line) => line.match(new RegExp(whole, 'g')) ?? []) : found;
  return { out: joined(shown.slice(0, Number(flags.get('m') ?? Infinity))), status };
}

/** A basic expression of POSIX, in which brackets and signs are plain until they are escaped. */
export function expression(pattern: string, isExtended: boolean): string {
  const classes = pattern.replace(/\[:(\w+):\]/g, (_all, name: string) => posixClasses[name] ?? '');
  if (isExtended) return classes;
  return classes.replace(
    /\\([(){}|+?])|([(){}|+?])/g,
    (_all, escaped?: string, plain?: string) => escaped ?? `\\${plain}`,
  );
}

const posixClasses: Readonly<Record<string, string>> = {
  space: '\\s',
  digit: '0-9',
  alpha: 'A-Za-z',
  alnum: 'A-Za-z0-9',
  upper: 'A-Z',
  lower: 'a-z',
  blank: ' \\t',
};

function count(flags: ReadonlyMap<string, string>, args: readonly string[]): number {
  const short = args.find((arg) => /^-\d+$/.test(arg));
  return Number(flags.get('n') ?? short?.slice(1) ?? 10);
}

function head(call: Call): Result {
  const args = call.args.filter((arg) => !/^-\d+$/.test(arg));
  const { flags, rest } = options(args, 'nc');
  if (flags.has('c')) return { out: textOf(call, rest).slice(0, Number(flags.get('c'))) };
  return { out: joined(linesOf(call, rest).slice(0, count(flags, call.args))) };
}

function tail(call: Call): Result {
  const args = call.args.filter((arg) => !/^-\d+$/.test(arg));
  const { flags, rest } = options(args, 'nc');
  const lines = linesOf(call, rest);
  const wish = flags.get('n') ?? '';
  if (wish.startsWith('+')) return { out: joined(lines.slice(Number(wish.slice(1)) - 1)) };
  const number = count(flags, call.args);
  return { out: number === 0 ? '' : joined(lines.slice(-number)) };
}

function wc(call: Call): Result {
  const { flags, rest } = options(call.args);
  const text = textOf(call, rest);
  const all = {
    l: text.split('\n').length - 1,
    w: text.split(/\s+/).filter(Boolean).length,
    c: Buffer.byteLength(text),
  };
  const chosen = (['l', 'w', 'c'] as const).filter((letter) => flags.has(letter));
  const letters = chosen.length === 0 ? (['l', 'w', 'c'] as const) : chosen;
  return { out: `${letters.map((letter) => String(all[letter])).join(' ')}\n` };
}

function sort(call: Call): Result {
  const { flags, rest } = options(call.args, 'kt');
  const field = /^\d+/.exec(flags.get('k') ?? '')?.[0];
  const keyOf = (line: string): string =>
    field === undefined ? line : (line.split(flags.get('t') ?? /\s+/)[Number(field) - 1] ?? '');
  const numeric = flags.has('n') || /n/.test(flags.get('k') ?? '');
  const order = (a: string, b: string): number =>
    numeric
      ? (parseFloat(keyOf(a)) || 0) - (parseFloat(keyOf(b)) || 0)
      : keyOf(a) < keyOf(b)
        ? -1
        : keyOf(a) > keyOf(b)
          ? 1
          : 0;
  const lines = linesOf(call, rest).sort(order);
  if (flags.has('r')) lines.reverse();
  return { out: joined(flags.has('u') ? [...new Set(lines)] : lines) };
}

function uniq(call: Call): Result {
  const { flags, rest } = options(call.args);
  const groups: { line: string; count: number }[] = [];
  for (const line of linesOf(call, rest)) {
    const last = groups.at(-1);
    if (last?.line === line) last.count++;
    else groups.push({ line, count: 1 });
  }
  const shown = flags.has('d') ? groups.filter((group) => group.count > 1) : groups;
  return {
    out: joined(
      shown.map((group) => (flags.has('c') ? `${String(group.count).padStart(7)} ${group.line}` : group.line)),
    ),
  };
}

function cut(call: Call): Result {
  const { flags, rest } = options(call.args, 'dfc');
  const ranges = (flags.get('f') ?? flags.get('c') ?? '1').split(',').map((range) => {
    const [from = '1', to] = range.split('-');
    return [Number(from || 1), range.includes('-') ? Number(to || Infinity) : Number(from)] as const;
  });
  const isIn = (index: number): boolean => ranges.some(([from, to]) => index + 1 >= from && index + 1 <= to);
  const separator = flags.has('c') ? '' : (flags.get('d') ?? '\t');
  const lines = linesOf(call, rest).map((line) =>
    separator !== '' && !line.includes(separator)
      ? line
      : line
          .split(separator)
          .filter((_part, index) => isIn(index))
          .join(separator),
  );
  return { out: joined(lines) };
}

function tr(call: Call): Result {
  const { flags, rest } = options(call.args);
  const from = characters(rest[0] ?? '');
  const to = characters(rest[1] ?? '');
  const isIn = (c: string): boolean => from.includes(c) !== flags.has('c');
  const text = [...call.input];
  if (flags.has('d')) return { out: text.filter((c) => !isIn(c)).join('') };
  const mapped = text.map((c) => {
    const index = from.indexOf(c);
    return index === -1 ? c : (to[Math.min(index, to.length - 1)] ?? c);
  });
  if (!flags.has('s')) return { out: mapped.join('') };
  const squeezed = to.length > 0 ? to : from;
  return { out: mapped.filter((c, index) => c !== mapped[index - 1] || !squeezed.includes(c)).join('') };
}

function characters(set: string): string[] {
  const text = set
    .replaceAll('[:upper:]', 'A-Z')
    .replaceAll('[:lower:]', 'a-z')
    .replaceAll('[:digit:]', '0-9')
    .replaceAll('[:space:]', ' \t\n')
    .replaceAll('\\n', '\n')
    .replaceAll('\\t', '\t')
    .replaceAll('\\r', '\r');
  return [
    ...text.replace(/(.)-(.)/g, (_all, from: string, to: string) => {
      const [first, last] = [from.charCodeAt(0), to.charCodeAt(0)];
      return String.fromCharCode(...Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index));
    }),
  ];
}

/** `s/…/…/`, `/…/d`, `/…/p`, and lines by number. */
function sed(call: Call): Result {
  const { flags, rest } = options(call.args, 'e');
  const program = flags.get('e') ?? rest.shift() ?? '';
  const isExtended = flags.has('E') || flags.has('r');
  const quiet = flags.has('n');
  let lines = linesOf(call, rest);
  for (const step of program.split(/\s*;\s*/)) lines = sedStep(step, lines, { isExtended, quiet });
  return { out: joined(lines) };
}

function sedStep(
  step: string,
  lines: string[],
  { isExtended, quiet }: { isExtended: boolean; quiet: boolean },
): string[] {
  const change = /^s(.)((?:\\.|(?!\1).)*)\1((?:\\.|(?!\1).)*)\1(\w*)$/.exec(step);
  if (change !== null) {
    const [, , pattern = '', replacement = '', letters = ''] = change;
    const matcher = new RegExp(expression(pattern, isExtended), letters.replace(/[^gi]/gi, '').toLowerCase());
    const text = replacement
      .replace(/\$/g, '$$$$')
      .replace(/(\\*)&/g, (all, slashes: string) => (slashes.length % 2 ? '&' : `${all.slice(0, -1)}$&`))
      .replace(/\\(\d)/g, '$$$1')
      .replace(/\\n/g, '\n')
      .replace(/\\(.)/g, '$1');
    const replaced = lines.map((line) => line.replace(matcher, text));
    return quiet
      ? replaced.filter((_line, index) => letters.includes('p') && matcher.test(lines[index] ?? ''))
      : replaced;
  }
  const byPattern = /^\/(.*)\/([dp])$/.exec(step);
  const byLine = /^(\d+|\$)(?:,(\d+|\$))?([dp])$/.exec(step);
  const place = (text: string | undefined): number => (text === '$' ? lines.length : Number(text));
  const fits = (line: string, index: number): boolean => {
    if (byPattern !== null) return new RegExp(expression(byPattern[1] ?? '', isExtended)).test(line);
    if (byLine === null) return false;
    return index + 1 >= place(byLine[1]) && index + 1 <= place(byLine[2] ?? byLine[1]);
  };
  const isDelete = (byPattern?.[2] ?? byLine?.[3]) === 'd';
  return lines.filter((line, index) => fits(line, index) !== isDelete);
}

function xargs(call: Call): Result {
  const words = call.input.split(/\s+/).filter(Boolean);
  const { rest } = options(call.args, 'nI');
  return words.length === 0 ? {} : call.run([...(rest.length === 0 ? ['echo'] : rest), ...words], '');
}

/** Commands that only know texts. */
export const textCommands: Commands = {
  ':': () => ({}),
  '[': ({ args, shell }) =>
    args.at(-1) === ']' ? { status: test(args.slice(0, -1), shell.files) } : { error: 'sh: [: missing ]\n', status: 2 },
  awk: (call) => {
    const { flags, rest } = options(call.args, 'Fv');
    const [program = '', ...names] = rest;
    const given = call.args.flatMap((arg, index) => (call.args[index - 1] === '-v' ? [arg] : []));
    return evaluateAwk(program, linesOf(call, names), { separator: flags.get('F'), given });
  },
  basename: ({ args: [path = '', suffix = ''] }) => ({
    out: `${(path.replace(/\/+$/, '').split('/').at(-1) ?? '').replace(new RegExp(`${suffix.replaceAll('.', '\\.')}$`), '')}\n`,
  }),
  cat,
  cut,
  dirname: ({ args: [path = ''] }) => ({ out: `${path.replace(/\/[^/]*$/, '') || '.'}\n` }),
  echo: ({ args }) => {
    const bare = args[0] === '-n' || args[0] === '-e';
    const text = (bare ? args.slice(1) : args).join(' ');
    return { out: (args[0] === '-e' ? formatted('%b', [text]) : text) + (args[0] === '-n' ? '' : '\n') };
  },
  egrep: (call) => grep({ ...call, args: ['-E', ...call.args] }),
  expr: ({ args }) => ({ out: `${args.join(' ')}\n` }),
  false: () => ({ status: 1 }),
  grep,
  head,
  printf: ({ args: [format = '', ...values] }) => ({ out: formatted(format, values) }),
  sed,
  seq: ({ args }) => {
    const [first, last] = args.length > 1 ? [Number(args[0]), Number(args.at(-1))] : [1, Number(args[0])];
    const length = Math.min(Math.max(0, last - first + 1) || 0, 100_000);
    return { out: joined(Array.from({ length }, (_, index) => String(first + index))) };
  },
  sort,
  tail,
  tee: (call) => {
    const { rest } = options(call.args);
    for (const name of rest) call.shell.files.set(name, call.input);
    return { out: call.input };
  },
  test: ({ args, shell }) => ({ status: test(args, shell.files) }),
  tr,
  true: () => ({}),
  uniq,
  wc,
  xargs,
  ls: ({ args, shell }) => {
    const { rest } = options(args);
    const [folder = '/root'] = rest;
    const inside = [...shell.files.keys()].filter((path) => path.startsWith(`${folder.replace(/\/+$/, '')}/`));
    if (shell.files.has(folder)) return { out: `${folder}\n` };
    if (!isFolder(shell.files, folder))
      return { error: `ls: cannot access '${folder}': No such file or directory\n`, status: 2 };
    const names = inside.map((path) => path.slice(folder.replace(/\/+$/, '').length + 1).split('/')[0] ?? '');
    return { out: joined([...new Set(names)].sort()) };
  },
  mkdir: () => ({}),
  touch: ({ args, shell }) => {
    for (const name of options(args).rest) shell.files.set(name, shell.files.get(name) ?? '');
    return {};
  },
  rm: ({ args, shell }) => {
    for (const name of options(args).rest) shell.files.delete(name);
    return {};
  },
};
