import type { HostFacts, Recorder, Script } from './execution';

export interface CmdletCall {
  readonly args: readonly string[];
  readonly input: readonly string[];
  readonly host: HostFacts;
  readonly script: Script;
  readonly recorder: Recorder;
}

type Cmdlet = (call: CmdletCall) => string[];

const services: readonly (readonly [name: string, status: string, display: string])[] = [
  ['AliyunService', 'Running', 'Aliyun Assist Service'],
  ['Dhcp', 'Running', 'DHCP Client'],
  ['EventLog', 'Running', 'Windows Event Log'],
  ['Spooler', 'Stopped', 'Print Spooler'],
  ['W32Time', 'Running', 'Windows Time'],
];

/** The arguments without parameter names; a name's value stays. */
function plain(args: readonly string[]): string[] {
  return args.filter((arg) => !/^-[A-Za-z]/.test(arg));
}

function after(args: readonly string[], name: string): string | undefined {
  const at = args.findIndex((arg) => arg.toLowerCase() === name);
  return at === -1 ? undefined : args[at + 1];
}

const written: Cmdlet = ({ args, input }) => (args.length === 0 ? [...input] : [plain(args).join(' ')]);

function getService({ args }: CmdletCall): string[] {
  const name = plain(args)[0]?.toLowerCase();
  const found = services.filter(
    ([one, , display]) => name === undefined || [one, display].some((text) => text.toLowerCase() === name),
  );
  if (found.length === 0)
    throw new Error(`Get-Service : Cannot find any service with service name '${plain(args)[0]}'.`);
  return [
    'Status   Name               DisplayName',
    ...found.map(([one, status, display]) => `${status.padEnd(8)} ${one.padEnd(18)} ${display}`),
  ];
}

function select({ args, input }: CmdletCall): string[] {
  const first = after(args, '-first');
  const last = after(args, '-last');
  if (first !== undefined) return input.slice(0, Number(first));
  return last === undefined ? [...input] : input.slice(-Number(last));
}

function sleep({ args, recorder }: CmdletCall): string[] {
  const milliseconds = after(args, '-milliseconds');
  recorder.sleep(
    milliseconds === undefined ? Number(after(args, '-seconds') ?? plain(args)[0]) : Number(milliseconds) / 1_000,
  );
  return [];
}

/** What a Windows host of the sandbox knows, by its name in small letters. */
export const cmdlets: Readonly<Record<string, Cmdlet>> = Object.assign(Object.create(null), {
  'write-output': written,
  'write-host': written,
  echo: written,
  'write-error': ({ args }: CmdletCall) => [`Write-Error: ${plain(args).join(' ')}`],
  'out-null': () => [],
  'out-string': ({ input }: CmdletCall) => [...input],
  'set-strictmode': () => [],
  'set-location': () => [],
  'get-service': getService,
  'get-process': () => ['Handles  ProcessName', '    512  svchost', '    300  explorer'],
  'get-date': ({ script }: CmdletCall) => [script.now.toISOString()],
  'get-computerinfo': ({ host }: CmdletCall) => [`CsName    : ${host.hostname}`, `OsVersion : ${host.osVersion}`],
  'get-content': ({ args }: CmdletCall) => {
    throw new Error(`Get-Content : Cannot find path '${plain(args)[0] ?? ''}' because it does not exist.`);
  },
  'test-path': () => ['False'],
  'select-object': select,
  'sort-object': ({ input }: CmdletCall) => [...input].sort(),
  'measure-object': ({ input }: CmdletCall) => [`Count    : ${input.length}`],
  'select-string': ({ args, input }: CmdletCall) => {
    const matcher = new RegExp(plain(args)[0] ?? '', 'i');
    return input.filter((line) => matcher.test(line));
  },
  'restart-service': () => [],
  'start-service': () => [],
  'stop-service': () => [],
  'start-sleep': sleep,
  hostname: ({ host }: CmdletCall) => [host.hostname],
  whoami: ({ script }: CmdletCall) => [`nt authority\\${script.user.toLowerCase()}`],
  ipconfig: ({ host }: CmdletCall) => [`   IPv4 Address. . . . : ${host.address}`],
  systeminfo: ({ host }: CmdletCall) => [`Host Name: ${host.hostname}`],
} satisfies Record<string, Cmdlet>) as Readonly<Record<string, Cmdlet>>;
