import { encodeScript } from '../../src/core/script';
import { LiveResults } from '../../src/services/commands/liveResults';
import { decodeOutput } from '../../src/services/commands/output';
import { groupOutputs } from '../../src/services/commands/outputGroups';
import { ResultModel } from '../../src/services/commands/resultModel';
import { countOutcomes } from '../../src/services/journal/outcome';
import { ManualClock, settled } from '../unit/support/manualClock';
import { hostOf, idOf } from './hosts';
import { median, report } from './measure';
import { createOneCloud, place } from './oneCloud';
import { RunCloud, textOf } from './runCloud';

/** What a run on many hosts costs, in a process of its own: `workerRun COUNT`. The cloud is in memory, the clock by hand. */
const count = Number(process.argv[2] ?? 1_000);
const script = encodeScript({ language: 'shell', name: 'report.sh', text: 'df -h\nhostname\n' });
const answers = { script, windowsScript: '', settings: 'default', rollout: '100%;pause=never;errors=0' };

async function main(): Promise<object> {
  // The first run warms up, as everywhere in this bench.
  const [, ...runs] = [await follow(), await follow(), await follow(), await follow()];
  const firstPaintMs = median(runs.map((run) => run.firstPaintMs));
  return { ...runs[0], firstPaintMs, groupMs: median([1, 2, 3, 4, 5].map(grouped)) };
}

/** A whole run: planned, confirmed, sent, followed to its end, and shown. */
async function follow() {
  const clock = new ManualClock();
  const cloud = new RunCloud(clock);
  const core = createOneCloud('http://127.0.0.1:9', cloud.transport, clock);
  const live = new LiveResults({ runs: core.gate, now: () => clock.now(), regionName: ({ region }) => region });
  let shownAt = Number.NaN;
  live.onDidBegin((result) => {
    const model = new ResultModel(result, { clock, context: () => context });
    model.onDidChange(() => {
      // What is sent to the page; once more, when the run has ended.
      if (JSON.stringify(model.shown().view) !== '') shownAt = performance.now();
    });
  });
  const targets = Array.from({ length: count }, (_, i) => ({
    ...place,
    kind: 'managedInstance' as const,
    id: idOf(i),
  }));
  const run = core.gate.perform({ action: 'runCommand', targets, answers });
  const over = run.then(() => true);
  while (!(await Promise.race([over, settled().then(() => false)]))) await clock.advance(100);
  const firstPaintMs = shownAt - cloud.lastAnswerAt;
  const { report: ran } = await run;
  live.dispose();
  core.dispose();
  const calls = ['RunCommand', 'DescribeInvocations', 'DescribeInvocationResults'].reduce(
    (n, a) => n + cloud.count(a),
    0,
  );
  const outcomes = Object.fromEntries(countOutcomes(ran?.results ?? []));
  return { firstPaintMs, calls, idealCalls: cloud.idealCalls(), outcomes };
}

const context = { language: 'en', canControl: true, canRunAgain: true, hasOthers: false };

/** Outputs that are text already, gathered with each host's own names taken for the same. */
function grouped(): number {
  const hosts = Array.from({ length: count }, (_, index) => {
    const { InstanceName, Hostname, IntranetIp } = hostOf(index);
    const output = Buffer.from(textOf(index)).toString('base64');
    return {
      id: idOf(index),
      name: String(InstanceName),
      hostnames: [String(Hostname)],
      addresses: [String(IntranetIp)],
      state: 'done',
      exitCode: 0,
      text: decodeOutput({ output, dropped: 0, isFinal: true }).text,
    };
  });
  const start = performance.now();
  const groups = groupOutputs(hosts, { mask: true });
  const ms = performance.now() - start;
  const odd = Math.ceil((count - 7) / 250);
  if (groups.length !== odd + 1) throw new Error(`${groups.length} groups instead of ${odd + 1}.`);
  return ms;
}

void main().then(report);
