import type { HostFacts, Recorder, Script } from './execution';
import { wildcard } from './powershellOperators';
import { each, linesOf, member, numberOf, one, textOf, truth, type Value } from './powershellValues';
import { windowsFacts } from './windowsFacts';

/** The arguments of a command. */
export interface Bound {
  /** By the name of the parameter in small letters; true where no value stands behind it. */
  readonly named: ReadonlyMap<string, Value>;
  readonly plain: readonly Value[];
}

export interface CmdletCall extends Bound {
  readonly input: readonly Value[];
  readonly host: HostFacts;
  readonly script: Script;
  readonly recorder: Recorder;
  /** What a block gives for a value, or the property of that name. */
  readonly apply: (block: Value | undefined, value: Value) => Value[];
  readonly isKnown: (name: string) => boolean;
}

export type Cmdlet = (call: CmdletCall) => Value;

const written: Cmdlet = ({ plain, input }) => (plain.length === 0 ? input : one(plain));
const nothing: Cmdlet = () => null;

function where({ input, plain: [block, , wanted], named, apply }: CmdletCall): Value {
  if (wanted === undefined)
    return input.filter((value) => truth(one(apply(block ?? named.get('filterscript'), value))));
  return input.filter((value) => textOf(member(value, textOf(block).toLowerCase())) === textOf(wanted));
}

function sorted({ input, plain: [by], named, apply }: CmdletCall): Value {
  const key = (value: Value): Value => (by === undefined ? value : one(apply(by, value)));
  const order = (a: Value, b: Value): number => {
    const [x, y] = [key(a), key(b)];
    if (typeof x === 'number' || x instanceof Date) return numberOf(x) - numberOf(y);
    const [left, right] = [textOf(x).toLowerCase(), textOf(y).toLowerCase()];
    return left < right ? -1 : left > right ? 1 : 0;
  };
  const values = [...input].sort(order);
  if (named.has('descending')) values.reverse();
  return named.has('unique') ? distinct(values, key) : values;
}

function distinct(values: readonly Value[], key: (value: Value) => Value): Value[] {
  return [...new Map(values.map((value) => [textOf(key(value)).toLowerCase(), value])).values()];
}

function select({ input, plain: [properties], named }: CmdletCall): Value {
  const first = named.get('first');
  const last = named.get('last');
  let values = first === undefined ? [...input] : input.slice(0, numberOf(first));
  if (last !== undefined) values = values.slice(-numberOf(last));
  const expanded = named.get('expandproperty');
  if (expanded !== undefined) values = values.flatMap((value) => each(member(value, textOf(expanded).toLowerCase())));
  if (named.has('unique')) values = distinct(values, (value) => value);
  const names = each(properties).map(textOf);
  if (names.length === 0) return values;
  return values.map((value) => Object.fromEntries(names.map((name) => [name, member(value, name.toLowerCase())])));
}

function measured({ input, named, plain: [property] }: CmdletCall): Value {
  const numbers = input.map((value) =>
    numberOf(property === undefined ? value : member(value, textOf(property).toLowerCase())),
  );
  const sum = numbers.reduce((all, value) => all + value, 0);
  return { Count: input.length, Sum: named.has('sum') ? sum : null, Maximum: Math.max(0, ...numbers) };
}

function services({ plain: [first], named, host }: CmdletCall): Value {
  const name = named.get('name') ?? named.get('displayname') ?? first;
  const all = windowsFacts(host).services;
  if (name === undefined) return all;
  const fits = wildcard(textOf(name));
  const found = all.filter((one) => [one['Name'], one['DisplayName']].some((text) => fits.test(textOf(text))));
  if (found.length === 0 && !textOf(name).includes('*'))
    throw new Error(`Get-Service : Cannot find any service with service name '${textOf(name)}'.`);
  return found;
}

function instances({ plain: [first], named, host }: CmdletCall): Value {
  const name = textOf(named.get('classname') ?? first).toLowerCase();
  const found = windowsFacts(host).classes[name];
  if (found === undefined) throw new Error('Get-CimInstance : Invalid class');
  return found;
}

function properties({ plain: [first], named, host }: CmdletCall): Value {
  const path = textOf(named.get('path') ?? first).toLowerCase();
  const found = windowsFacts(host).registry[path];
  if (found === undefined) throw new Error(`Get-ItemProperty : Cannot find path '${path}' because it does not exist.`);
  return found;
}

function children({ plain: [first], named, host }: CmdletCall): Value {
  const path = textOf(named.get('path') ?? first)
    .toLowerCase()
    .replace(/\\$/, '');
  const found = windowsFacts(host).folders[path];
  if (found === undefined) throw new Error(`Get-ChildItem : Cannot find path '${path}' because it does not exist.`);
  return found;
}

function isThere({ plain: [first], named, host }: CmdletCall): Value {
  const path = textOf(named.get('path') ?? first)
    .toLowerCase()
    .replace(/\\$/, '');
  const { registry, folders } = windowsFacts(host);
  return Object.hasOwn(registry, path) || Object.hasOwn(folders, path);
}

function sleep({ named, plain: [first], recorder }: CmdletCall): Value {
  const milliseconds = named.get('milliseconds');
  recorder.sleep(milliseconds === undefined ? numberOf(named.get('seconds') ?? first) : numberOf(milliseconds) / 1_000);
  return null;
}

function knownCommand({ plain: [first], isKnown }: CmdletCall): Value {
  const name = textOf(first);
  if (!isKnown(name)) throw new Error(`Get-Command : The term '${name}' is not recognized.`);
  return { Name: name };
}

const fact =
  (name: 'processes' | 'hotfixes' | 'connections' | 'events' | 'administrators'): Cmdlet =>
  ({ host, named }) => {
    const all = windowsFacts(host)[name];
    const most = named.get('maxevents');
    return most === undefined ? all : all.slice(0, numberOf(most));
  };

/** What a Windows host of the sandbox knows, by its name in small letters. */
export const cmdlets: Readonly<Record<string, Cmdlet>> = Object.assign(Object.create(null), {
  'write-output': written,
  'write-host': ({ plain }: CmdletCall) => textOf(plain),
  echo: written,
  'write-error': ({ plain }: CmdletCall) => `Write-Error: ${textOf(plain)}`,
  'out-null': nothing,
  'out-string': ({ input }: CmdletCall) => input.flatMap(linesOf).join('\r\n'),
  'set-strictmode': nothing,
  'set-location': nothing,
  'where-object': where,
  '?': where,
  'foreach-object': ({ input, plain: [block], apply }: CmdletCall) => input.flatMap((value) => apply(block, value)),
  '%': ({ input, plain: [block], apply }: CmdletCall) => input.flatMap((value) => apply(block, value)),
  'sort-object': sorted,
  'select-object': select,
  'measure-object': measured,
  'select-string': ({ plain: [pattern], named, input }: CmdletCall) => {
    const matcher = new RegExp(textOf(named.get('pattern') ?? pattern), 'i');
    return input.filter((line) => matcher.test(textOf(line)));
  },
  'get-service': services,
  'get-ciminstance': instances,
  'get-itemproperty': properties,
  'get-childitem': children,
  'get-process': fact('processes'),
  'get-hotfix': fact('hotfixes'),
  'get-nettcpconnection': fact('connections'),
  'get-winevent': fact('events'),
  'get-localgroupmember': fact('administrators'),
  'get-command': knownCommand,
  'get-date': ({ script }: CmdletCall) => script.now,
  'get-computerinfo': ({ host }: CmdletCall) => ({ CsName: host.hostname, OsVersion: host.osVersion }),
  'get-content': ({ plain: [path] }: CmdletCall) => {
    throw new Error(`Get-Content : Cannot find path '${textOf(path)}' because it does not exist.`);
  },
  'test-path': isThere,
  'test-netconnection': ({ plain: [name], named }: CmdletCall) => ({
    ComputerName: textOf(named.get('computername') ?? name),
    TcpTestSucceeded: true,
  }),
  'restart-service': nothing,
  'start-service': nothing,
  'stop-service': nothing,
  'start-sleep': sleep,
  hostname: ({ host }: CmdletCall) => host.hostname,
  w32tm: () => ['Leap Indicator: 0(no warning)', 'Stratum: 4 (secondary reference)', 'Source: ntp.cloud.example'],
  whoami: ({ script }: CmdletCall) => `nt authority\\${script.user.toLowerCase()}`,
  ipconfig: ({ host }: CmdletCall) => `   IPv4 Address. . . . : ${host.address}`,
  systeminfo: ({ host }: CmdletCall) => `Host Name: ${host.hostname}`,
} satisfies Record<string, Cmdlet>) as Readonly<Record<string, Cmdlet>>;
