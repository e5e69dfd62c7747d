import type { Call, Commands, Result } from './shellCall';

/** Services of a made-up host. */
const services: Readonly<Record<string, 'active' | 'inactive' | 'failed'>> = {
  aliyun: 'active',
  sshd: 'active',
  nginx: 'active',
  crond: 'active',
  chronyd: 'active',
  docker: 'inactive',
  'backup-agent': 'failed',
};

function systemctl({ args }: Call): Result {
  const words = args.filter((arg) => !arg.startsWith('-'));
  if (args.includes('--failed')) return { out: 'backup-agent.service loaded failed failed Made-up backup\n' };
  const [verb = '', ...units] = words;
  const names = units.map((unit) => unit.replace(/\.service$/, ''));
  const unknown = names.find((name) => services[name] === undefined);
  if (unknown !== undefined && verb !== 'is-active')
    return { error: `Unit ${unknown}.service could not be found.\n`, status: verb === 'status' ? 4 : 5 };
  const states = names.map((name) => services[name] ?? 'inactive');
  const isActive = states.every((state) => state === 'active');
  switch (verb) {
    case 'is-active':
      return {
        out: args.includes('-q') || args.includes('--quiet') ? '' : states.map((state) => `${state}\n`).join(''),
        status: isActive ? 0 : 3,
      };
    case 'is-enabled':
      return { out: 'enabled\n' };
    case 'status':
      return {
        out: names.map((name) => `● ${name}.service\n   Active: ${services[name] ?? 'inactive'}\n`).join(''),
        status: isActive ? 0 : 3,
      };
    case 'restart':
    case 'start':
    case 'stop':
    case 'reload':
      return {};
    case 'is-system-running':
      return { out: 'degraded\n', status: 1 };
    default:
      return {
        out: Object.entries(services)
          .map(([name, state]) => `${name}.service loaded ${state}\n`)
          .join(''),
      };
  }
}

function df({ args }: Call): Result {
  const inodes = args.some((arg) => /^-\w*i/.test(arg));
  const typed = args.some((arg) => /^-\w*T/.test(arg));
  const human = args.some((arg) => /^-\w*h/.test(arg));
  const head = inodes
    ? 'Inodes IUsed IFree IUse%'
    : human
      ? 'Size Used Avail Use%'
      : '1024-blocks Used Available Capacity';
  const numbers = inodes ? '2621440 262144 2359296 10%' : human ? '40G 17G 21G 45%' : '41151808 18518313 20734566 48%';
  const kind = typed ? ['Type ', 'ext4 '] : ['', ''];
  return { out: `Filesystem ${kind[0]}${head} Mounted on\n/dev/vda1 ${kind[1]}${numbers} /\n` };
}

function free({ args }: Call): Result {
  const [total, used, rest] = args.includes('-m')
    ? [7822, 1700, 6122]
    : args.includes('-h')
      ? ['7.6Gi', '1.7Gi', '5.9Gi']
      : [8010000, 1741000, 6269000];
  return {
    out: `              total        used        free\nMem:     ${total}     ${used}     ${rest}\nSwap:    0     0     0\n`,
  };
}

function uname({ args, shell: { host } }: Call): Result {
  const values: Readonly<Record<string, string>> = {
    s: 'Linux',
    n: host.hostname,
    r: '5.10.134-sandbox',
    v: '#1 SMP',
    m: 'x86_64',
    p: 'x86_64',
    o: 'GNU/Linux',
  };
  const letters = args.join('').replaceAll('-', '') || 's';
  const chosen = letters.includes('a') ? ['s', 'n', 'r', 'v', 'm', 'o'] : [...letters];
  return { out: `${chosen.map((letter) => values[letter] ?? '').join(' ')}\n` };
}

function id({ args, shell: { script } }: Call): Result {
  const isRoot = script.user === 'root';
  const number = isRoot ? 0 : 1000;
  if (args.includes('-u')) return { out: args.includes('-n') ? `${script.user}\n` : `${number}\n` };
  if (args.includes('-un')) return { out: `${script.user}\n` };
  return { out: `uid=${number}(${script.user}) gid=${number}(${script.user}) groups=${number}(${script.user})\n` };
}

function date({ args, shell: { script } }: Call): Result {
  const format = args.find((arg) => arg.startsWith('+'))?.slice(1);
  const iso = script.now.toISOString();
  if (format === undefined) return { out: `${script.now.toUTCString()}\n` };
  const parts: Readonly<Record<string, string>> = {
    Y: iso.slice(0, 4),
    m: iso.slice(5, 7),
    d: iso.slice(8, 10),
    H: iso.slice(11, 13),
    M: iso.slice(14, 16),
    S: iso.slice(17, 19),
    s: String(Math.floor(script.now.getTime() / 1_000)),
    F: iso.slice(0, 10),
    T: iso.slice(11, 19),
  };
  return { out: `${format.replace(/%(\w)/g, (_all, letter: string) => parts[letter] ?? '')}\n` };
}

function sleep({ args, shell: { recorder } }: Call): Result {
  for (const arg of args) recorder.sleep(parseFloat(arg) * ({ m: 60, h: 3_600, d: 86_400 }[arg.at(-1) ?? ''] ?? 1));
  return {};
}

function timeout(call: Call): Result {
  const words = call.args.filter((arg) => !arg.startsWith('-'));
  return call.run(words.slice(1), call.input);
}

function command({ args, knows, run, input }: Call): Result {
  if (args[0] !== '-v' && args[0] !== '-V') return run(args, input);
  const name = args[1] ?? '';
  return knows(name) ? { out: `/usr/bin/${name}\n` } : { status: 1 };
}

function getent({ args: [table = '', ...keys], shell }: Call): Result {
  const lines = (shell.files.get(`/etc/${table}`) ?? '').split('\n').filter(Boolean);
  const found = lines.filter((line) => keys.length === 0 || keys.includes(line.split(':')[0] ?? ''));
  return { out: found.map((line) => `${line}\n`).join(''), status: found.length === 0 ? 2 : 0 };
}

/** The files below folders, whatever else is asked of them. */
function find({ args, shell }: Call): Result {
  const options = args.findIndex((arg) => arg.startsWith('-'));
  const folders = options === -1 ? args : args.slice(0, options);
  const found = [...shell.files.keys()].filter((path) =>
    folders.some((folder) => path.startsWith(`${folder.replace(/\/+$/, '')}/`)),
  );
  return { out: found.map((path) => `${path}\n`).join('') };
}

const linesFor = (text: string) => (): Result => ({ out: text });

/** Commands that tell something of the made-up host. */
export const hostCommands: Commands = {
  'aliyun-service': ({ args, shell: { host } }) => ({
    out: args.includes('--version') ? `${host.agentVersion}\n` : '',
  }),
  arch: linesFor('x86_64\n'),
  cd: ({ args, shell }) => {
    shell.variables.set('PWD', args[0] ?? shell.variables.get('HOME') ?? '/');
    return {};
  },
  chronyc: linesFor('Leap status     : Normal\nSystem time     : 0.000021 seconds fast of NTP time\n'),
  command,
  curl: ({ args }) => {
    const url = args.find((arg) => /^https?:/.test(arg)) ?? '';
    return url.includes('connection_detect')
      ? { out: args.includes('-o') ? '' : 'ok' }
      : { error: 'curl: (6) Could not resolve host\n', status: 6 };
  },
  date,
  df,
  dmesg: linesFor(''),
  dnf: ({ args }) =>
    args.includes('check-update') ? { out: 'openssl.x86_64  1:3.0.13-1  updates\n', status: 100 } : {},
  'dpkg-query': ({ args }) => ({ error: `dpkg-query: no packages found matching ${args.at(-1) ?? ''}\n`, status: 1 }),
  env: (call) =>
    call.args.length > 0
      ? call.run(
          call.args.filter((arg) => !/^\w+=/.test(arg)),
          call.input,
        )
      : { out: [...call.shell.variables].map(([name, value]) => `${name}=${value}\n`).join('') },
  free,
  getent,
  find,
  hostname: ({ args, shell: { host } }) => ({
    out: args.includes('-I') || args.includes('-i') ? `${host.address}\n` : `${host.hostname}\n`,
  }),
  id,
  ip: ({ shell: { host } }) => ({ out: `2: eth0: <UP>\n    inet ${host.address}/24 scope global eth0\n` }),
  journalctl: ({ args, shell: { host } }) => ({
    out: args.includes('-k')
      ? ''
      : `${args.includes('cat') ? '' : `2026-01-01T00:00:00+0000 ${host.hostname} systemd[1]: `}Started made-up service.\n`,
  }),
  'needs-restarting': linesFor(''),
  nproc: linesFor('2\n'),
  openssl: ({ args }) => ({ out: args.includes('-checkend') ? '' : 'notAfter=Dec 31 23:59:59 2099 GMT\n' }),
  printenv: ({ args, shell }) => {
    const value = shell.variables.get(args[0] ?? '');
    return value === undefined ? { status: 1 } : { out: `${value}\n` };
  },
  ps: linesFor('  PID TTY          TIME CMD\n    1 ?        00:00:01 systemd\n  812 ?        00:00:00 sshd\n'),
  pwd: ({ shell }) => ({ out: `${shell.variables.get('PWD') ?? '/'}\n` }),
  rpm: ({ args }) => {
    const name = args.find((arg) => !arg.startsWith('-')) ?? '';
    return name === 'openssl'
      ? { out: 'openssl-1.1.1k-9.sandbox.x86_64\n' }
      : { out: `package ${name} is not installed\n`, status: 1 };
  },
  sleep,
  ss: linesFor(
    'tcp   LISTEN 0      128          0.0.0.0:22         0.0.0.0:*\ntcp   LISTEN 0      511          0.0.0.0:80         0.0.0.0:*\n',
  ),
  sudo: ({ args, run, input }) =>
    run(
      args.filter((arg) => !arg.startsWith('-')),
      input,
    ),
  sync: () => ({}),
  systemctl,
  timedatectl: linesFor(
    '               Local time: made up\nSystem clock synchronized: yes\n              NTP service: active\n',
  ),
  timeout,
  type: ({ args, knows }) => (knows(args[0] ?? '') ? { out: `${args[0]} is a command\n` } : { status: 1 }),
  uname,
  uptime: linesFor(' 12:00:00 up 12 days,  1 user,  load average: 0.08, 0.05, 0.01\n'),
  which: ({ args, knows }) => (knows(args[0] ?? '') ? { out: `/usr/bin/${args[0]}\n` } : { status: 1 }),
  whoami: ({ shell: { script } }) => ({ out: `${script.user}\n` }),
};
