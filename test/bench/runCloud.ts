import type { Transport } from '../../src/client/transport';
import type { HttpRequest } from '../../src/core/http';
import type { Clock } from '../../src/util/clock';
import { hostOf, idOf, indexOf, pageSize } from './hosts';

/** How long a host works on a script, in milliseconds: the last of them half a minute. */
const endsAfterMs = (index: number): number => 3_000 + (index % 10) * 3_000;
const bytesPrinted = 24 * 1_024;
/** Fields of the calls that name hosts: `InstanceId.1`, `InstanceId.2` and so on. */
const named = /^InstanceId\.\d+$/;

interface Run {
  readonly ids: readonly string[];
  readonly content: string;
  readonly startedAt: number;
}

/** Runs scripts in memory: answers take no time, hosts answer by the clock that is given. */
export class RunCloud {
  private readonly runs = new Map<string, Run>();
  private readonly counts = new Map<string, number>();
  private answeredAt = Number.NaN;

  constructor(private readonly clock: Clock) {}

  /** When the last reading of results was answered, by the machine's own clock. */
  get lastAnswerAt(): number {
    return this.answeredAt;
  }

  count(action: string): number {
    return this.counts.get(action) ?? 0;
  }

  /** The fewest calls that tell of every host within the three seconds after it ended, which is as often as one may ask. */
  idealCalls(): number {
    const calls = ({ ids }: Run): number => {
      const longest = Math.max(...ids.map((id) => endsAfterMs(indexOf(id))));
      // One starts it, one reads what the cloud keeps of the script.
      return 2 + Math.ceil(longest / 3_000) * Math.ceil(ids.length / pageSize);
    };
    return [...this.runs.values()].reduce((sum, run) => sum + calls(run), 0);
  }

  readonly transport: Transport = {
    send: (request) => {
      const { action, query } = readCall(request);
      this.counts.set(action, this.count(action) + 1);
      const body = JSON.stringify({ RequestId: 'bench', ...this.answer(action, query) });
      if (action === 'DescribeInvocationResults') this.answeredAt = performance.now();
      return Promise.resolve({ status: 200, headers: { 'content-type': 'application/json' }, body });
    },
    close: () => Promise.resolve(),
  };

  private answer(action: string, query: URLSearchParams): object {
    const ids = [...query].filter(([name]) => named.test(name)).map(([, id]) => id);
    switch (action) {
      case 'GetCallerIdentity':
        return { AccountId: '1', Arn: 'acs:ram::1:user/bench', UserId: '1' };
      case 'DescribeManagedInstances':
        return { TotalCount: ids.length, Instances: ids.map((id) => onLinux(id)) };
      case 'DescribeCloudAssistantStatus':
        return { InstanceCloudAssistantStatusSet: { InstanceCloudAssistantStatus: ids.map(agentOf) } };
      case 'RunCommand':
        return { InvokeId: this.start(ids, query.get('CommandContent') ?? ''), CommandId: 'c-bench' };
      case 'DescribeInvocations':
        return { Invocations: { Invocation: this.listed(query.get('InvokeId') ?? '') } };
      case 'DescribeInvocationResults':
        return { Invocation: this.page(query) };
      default:
        throw new Error(`The bench has no answer to ${action}.`);
    }
  }

  private start(ids: readonly string[], content: string): string {
    const id = `t-bench${this.runs.size}`;
    this.runs.set(id, { ids, content, startedAt: this.clock.now().getTime() });
    return id;
  }

  private listed(id: string): object[] {
    const run = this.runs.get(id);
    if (run === undefined) return [];
    return [{ InvokeId: id, CommandContent: run.content, InvokeInstances: { InvokeInstance: [] } }];
  }

  private page(query: URLSearchParams): object {
    const run = this.runs.get(query.get('InvokeId') ?? '');
    if (run === undefined) throw new Error('There is no such run.');
    const start = Number(query.get('NextToken') ?? 0);
    const after = this.clock.now().getTime() - run.startedAt;
    const end = start + pageSize;
    return {
      NextToken: end < run.ids.length ? String(end) : '',
      InvocationResults: { InvocationResult: run.ids.slice(start, end).map((id) => resultOf(id, after)) },
    };
  }
}

function readCall({ url, body, headers }: HttpRequest): { readonly action: string; readonly query: URLSearchParams } {
  const query = new URLSearchParams(`${new URL(url).search.slice(1)}&${body ?? ''}`);
  return { action: headers['x-acs-action'] ?? query.get('Action') ?? '', query };
}

function onLinux(id: string): object {
  return { ...hostOf(indexOf(id)), Connected: true, OsType: 'linux' };
}

function agentOf(InstanceId: string): object {
  return { InstanceId, CloudAssistantStatus: 'true', CloudAssistantVersion: '2.2.3.998', OSType: 'linux' };
}

function resultOf(InstanceId: string, afterMs: number): object {
  const index = indexOf(InstanceId);
  if (afterMs < endsAfterMs(index)) return { InstanceId, InvocationStatus: 'Running' };
  return { InstanceId, InvocationStatus: 'Success', ExitCode: 0, Dropped: 0, Output: printed(index) };
}

const outputs = new Map<number, string>();

/** 24 kB that are the same for all hosts but for each one's own name, and something else on one of 250; in Base64. */
function printed(index: number): string {
  let known = outputs.get(index);
  if (known === undefined) outputs.set(index, (known = Buffer.from(textOf(index)).toString('base64')));
  return known;
}

/** What the host of this number prints. */
export function textOf(index: number): string {
  const { Hostname } = hostOf(index);
  const lines = [`Report of ${String(Hostname)} (${idOf(index)})`, ...(index % 250 === 7 ? [`odd ${index}`] : [])];
  for (let line = 0, length = 0; length < bytesPrinted - 100; line++) {
    const text = `${line % 9 === 0 ? String(Hostname) : 'filesystem'} /dev/vda${line} ext4 ${line * 37} kB ok`;
    lines.push(text);
    length += text.length + 1;
  }
  return `${lines.join('\n')}\n`;
}
