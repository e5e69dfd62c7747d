import { spawn, type ChildProcess } from 'node:child_process';
import { statSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { cpus, totalmem } from 'node:os';
import { join, parse } from 'node:path';
import { build, type Plugin } from 'esbuild';
import { measureActivation } from './activation';
import { median, type CallFigures } from './measure';
import { Table } from './table';

/** See README.md beside this file for how each row is measured. */
const out = join(__dirname, '../../out/bench');
const quick = process.argv.includes('--quick');
const rounds = quick ? 1 : 5;
const calls = quick ? '300' : '1500';
const table = new Table();

/** As in the extension: our client's undici is a file of its own, loaded with the first call. */
const ownUndici: Plugin = {
  name: 'own undici',
  setup: (bundler) => {
    bundler.onResolve({ filter: /^undici$/ }, ({ importer }) =>
      importer.endsWith('transport.ts') ? { path: './undici.js', external: true } : undefined,
    );
  },
};

async function bundle(entries: readonly string[]): Promise<void> {
  await build({
    entryPoints: [...entries, '../../src/client/undici.cjs'].map((entry) => ({
      in: join(__dirname, entry),
      out: parse(entry).name,
    })),
    outdir: out,
    bundle: true,
    minify: true,
    platform: 'node',
    target: 'node20',
    plugins: [ownUndici],
    supported: { 'dynamic-import': false },
    logLevel: 'error',
  });
}

interface Server {
  readonly endpoint: string;
  readonly child: ChildProcess;
}

async function serve(env: Readonly<Record<string, string>> = {}): Promise<Server> {
  const child = spawn(process.execPath, [join(out, 'fixedServer.js')], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const port = (await firstLine(child)).trim();
  return { endpoint: `http://127.0.0.1:${port}`, child };
}

async function firstLine(child: ChildProcess): Promise<string> {
  let text = '';
  for await (const part of child.stdout ?? []) {
    text += String(part);
    if (text.includes('\n')) return text;
  }
  throw new Error('A process of the bench ended without a word.');
}

/** Runs one worker to its end and reads its figures: the last line it prints. */
async function work<T>(worker: string, ...args: readonly string[]): Promise<T> {
  const child = spawn(process.execPath, [join(out, `${worker}.js`), ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  let text = '';
  for await (const part of child.stdout) text += String(part);
  const last = text.trim().split('\n').at(-1) ?? '';
  // The workers of this bench print their own figures.
  return JSON.parse(last) as T;
}

/** A B A B …: whatever else the machine does hits both sides alike. */
async function interleave<A, B>(ours: () => Promise<A>, theirs: () => Promise<B>): Promise<{ ours: A[]; theirs: B[] }> {
  const figures: { ours: A[]; theirs: B[] } = { ours: [], theirs: [] };
  for (let round = 0; round < rounds; round++) {
    figures.ours.push(await ours());
    figures.theirs.push(await theirs());
  }
  return figures;
}

async function start(): Promise<void> {
  const time = (file: string, factory: string) => () =>
    work<{ ms: number }>('workerStart', join(out, `${file}.js`), factory);
  const { ours, theirs } = await interleave(time('ours', 'createOurs'), time('sdk', 'createSdk'));
  const [a, b] = [median(ours.map((f) => f.ms)), median(theirs.map((f) => f.ms))];
  table.ratio(
    'import and construct',
    a / b,
    0.1,
    `ours ${a.toFixed(1)} ms, SDK ${b.toFixed(1)} ms, both bundled and minified; undici loads with the first call`,
  );
  const size = (file: string): number => statSync(join(out, `${file}.js`)).size;
  const ownSize = size('ours') + size('undici');
  table.ratio(
    'bundle size',
    ownSize / size('sdk'),
    0.2,
    `ours ${kb(ownSize)} with undici and zod, SDK ${kb(size('sdk'))}, minified`,
  );
}

async function listingCalls(): Promise<void> {
  const { endpoint, child } = await serve({ TOTAL: '50' });
  const run = (worker: string, mode: string) => () => work<CallFigures>(worker, mode, endpoint, calls);
  const parallel = await interleave(run('workerOurs', 'parallel'), run('workerSdk', 'parallel'));
  const of = (figures: readonly CallFigures[], name: keyof CallFigures): number => median(figures.map((f) => f[name]));
  const pair = (name: keyof CallFigures): [number, number] => [of(parallel.ours, name), of(parallel.theirs, name)];
  const [cpuA, cpuB] = pair('cpuMs');
  table.ratio(
    'CPU per listing call',
    cpuA / cpuB,
    0.7,
    `50 items, validation included: ours ${cpuA.toFixed(2)} ms, SDK ${cpuB.toFixed(2)} ms`,
  );
  const [perA, perB] = pair('perSecond');
  table.ratio(
    'calls per second, 8 in flight',
    perA / perB,
    1.5,
    `ours ${perA.toFixed(0)}, SDK ${perB.toFixed(0)}`,
    'atLeast',
  );
  const [wallA, wallB] = pair('wallMs');
  table.figure(
    'wall time per listing call',
    wallA / wallB,
    `8 in flight: ours ${wallA.toFixed(2)} ms, SDK ${wallB.toFixed(2)} ms`,
    'ratio',
  );
  const [memA, memB] = pair('peakMb');
  table.ratio(
    'peak memory',
    memA / memB,
    0.6,
    `largest resident set: ours ${memA.toFixed(0)} MB, SDK ${memB.toFixed(0)} MB`,
  );
  const bare = await interleave(run('workerOurs', 'single'), run('workerBare', 'single'));
  const [oneA, oneB] = [of(bare.ours, 'p50Ms'), of(bare.theirs, 'p50Ms')];
  table.ratio(
    'p50 of a single call, over bare undici',
    oneA / oneB,
    1.1,
    `one in flight: ours ${oneA.toFixed(2)} ms, bare undici with the same headers, one HMAC and JSON.parse ${oneB.toFixed(2)} ms`,
  );
  for (const mode of ['sign', 'decode'] as const) {
    const one = (worker: string) => () => work<{ us: number }>(worker, mode, endpoint);
    const { ours, theirs } = await interleave(one('workerOurs'), one('workerSdk'));
    const [a, b] = [median(ours.map((f) => f.us)), median(theirs.map((f) => f.us))];
    table.figure(
      mode === 'sign' ? 'signing alone' : 'decoding a 50-item page',
      a / b,
      `ours ${a.toFixed(0)} µs, SDK ${b.toFixed(0)} µs of CPU`,
      'ratio',
    );
  }
  child.kill();
}

async function listFleet(): Promise<void> {
  const count = quick ? 1_000 : 10_000;
  const { endpoint, child } = await serve({ TOTAL: String(count), DELAY_MS: '50' });
  interface Listed {
    readonly ms: number;
    readonly firstRowsMs: number;
    readonly count: number;
  }
  const { ours, theirs } = await interleave(
    () => work<Listed>('workerFleet', 'list', endpoint, String(count)),
    () => work<Omit<Listed, 'firstRowsMs'>>('workerSdk', 'walk', endpoint),
  );
  child.kill();
  for (const { count: listed } of [...ours, ...theirs])
    if (listed !== count) throw new Error(`Rows were lost: ${listed} of ${count} were listed.`);
  const [oursMs, theirsMs] = [median(ours.map(({ ms }) => ms)), median(theirs.map(({ ms }) => ms))];
  table.ratio(
    `${count} instances at 50 ms an answer`,
    oursMs / theirsMs,
    0.15,
    `ours ${oursMs.toFixed(0)} ms, the SDK's token walk ${theirsMs.toFixed(0)} ms`,
  );
  const firstRowsMs = median(ours.map((listed) => listed.firstRowsMs));
  table.limit(
    'first rows after the first answer',
    firstRowsMs - 50,
    50,
    'ms',
    `first rows in the model ${firstRowsMs.toFixed(0)} ms after asking a server that takes 50 ms; connection set-up included`,
  );
}

async function deregisterFleet(): Promise<void> {
  const [count, rate] = quick ? [100, 20] : [1_000, 20];
  const { endpoint, child } = await serve({ TOTAL: String(count), RATE: String(rate) });
  const ours = await work<{ ms: number; outcomes: Record<string, number> }>(
    'workerFleet',
    'deregister',
    endpoint,
    String(count),
  );
  const said = (await (await fetch(`${endpoint}/?Action=Figures`)).json()) as {
    deregistered: number;
    doubled: number;
    refused: number;
  };
  child.kill();
  const lost = count - said.deregistered;
  const ideal = (count / rate) * 1_000;
  if (lost !== 0 || said.doubled !== 0) throw new Error(`Lost ${lost}, doubled ${said.doubled}.`);
  table.ratio(
    `${count} deregistrations at ${rate}/s, over the ideal`,
    ours.ms / ideal,
    1.05,
    `${(ours.ms / 1_000).toFixed(1)} s against ${(ideal / 1_000).toFixed(1)} s; ${lost} lost, ${said.doubled} doubled, ${said.refused} refused as Throttling.User and repeated; outcomes ${JSON.stringify(ours.outcomes)}`,
  );
}

/** The extension itself, in the newest VS Code and by the size of what is loaded at activation. */
async function activation(): Promise<void> {
  const times = await measureActivation(rounds);
  const each = times.map((ms) => ms.toFixed(1)).join(', ');
  table.limit(
    'activate() in VS Code, median',
    median(times),
    10,
    'ms',
    `main bundle loaded and activate() returned: ${each} ms`,
  );
  const { size } = statSync(join(__dirname, '../../dist/extension.js'));
  table.limit('main bundle', size / 1_000, 60, 'kB', 'everything else is loaded on first use');
}

/** A script on many hosts: followed to its end, what they printed gathered and shown. */
async function runs(): Promise<void> {
  interface RunFigures {
    readonly firstPaintMs: number;
    readonly groupMs: number;
    readonly calls: number;
    readonly idealCalls: number;
    readonly outcomes: Record<string, number>;
  }
  const { firstPaintMs, groupMs, calls: made, idealCalls, outcomes } = await work<RunFigures>('workerRun', '1000');
  if (outcomes['done'] !== 1_000) throw new Error(`Results were lost: ${JSON.stringify(outcomes)}.`);
  table.limit(
    'results of 1,000 hosts, first paint',
    firstPaintMs,
    150,
    'ms',
    'from the last answer to what the view is told: read, written down, decoded, grouped, the view open all the time',
  );
  table.limit('grouping 1,000 outputs of 24 kB', groupMs, 100, 'ms', 'each with its own names masked');
  table.ratio(
    'calls per followed run, over the ideal',
    made / idealCalls,
    1.1,
    `${made} for ten runs of 100 hosts that end within half a minute; at best one reading every three seconds, ${idealCalls}`,
  );
}

/** The tree's model over lists that are in memory already. */
async function tree(): Promise<void> {
  interface TreeFigures {
    readonly firstRowsMs: number;
    readonly shortRowsMs: number;
    readonly largeRowsMs: number;
    readonly keystrokeMs: number;
    readonly refreshRowMs: number;
    readonly heapPerNodeBytes: number;
  }
  const figures = await work<TreeFigures>('workerTree', '--expose-gc');
  table.limit(
    'first rows of 10,000 in the tree',
    figures.firstRowsMs,
    50,
    'ms',
    'from the first answer to the rows the view draws',
  );
  table.figure(
    'first rows of 100,000 in the tree',
    figures.largeRowsMs,
    `as above; of 50 rows ${figures.shortRowsMs.toFixed(1)} ms, the first list of a fresh process`,
    'ms',
  );
  table.limit(
    'heap per tree node at 100,000',
    figures.heapPerNodeBytes,
    1_000,
    'bytes',
    "what the tree adds for a row, the cloud's record left out",
  );
  table.figure('filter keystroke over 10,000 rows', figures.keystrokeMs, 'text filter applied and rows made', 'ms');
  table.figure('refresh of one row of 10,000', figures.refreshRowMs, 'change announced and row drawn', 'ms');
}

function kb(bytes: number): string {
  return `${(bytes / 1_000).toFixed(0)} kB`;
}

async function main(): Promise<void> {
  await mkdir(out, { recursive: true });
  await bundle([
    'fixedServer.ts',
    'ours.ts',
    'sdk.ts',
    'workerOurs.ts',
    'workerSdk.ts',
    'workerBare.ts',
    'workerStart.ts',
    'workerFleet.ts',
    'workerTree.ts',
    'workerRun.ts',
  ]);
  await start();
  await listingCalls();
  await listFleet();
  await deregisterFleet();
  await tree();
  await runs();
  await activation();
  table.print({
    cpu: cpus()[0]?.model ?? '',
    cores: cpus().length,
    memoryGb: Math.round(totalmem() / 2 ** 30),
    node: process.version,
    rounds,
  });
}

void main();
