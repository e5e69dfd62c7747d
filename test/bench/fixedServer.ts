import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { hostOf, indexOf, pageSize } from './hosts';

/**
 * A plain server with fixed answers, on no one's code path: neither our sandbox nor an SDK. It checks nothing, so it
 * costs both sides the same. Runs in a process of its own; the parent reads one line with the port.
 *
 * Behaviour by environment: TOTAL instances in the listing, DELAY_MS before each answer, RATE deregistrations a
 * second (bursts of BURST), refused as `Throttling.User` beyond that.
 */
const total = Number(process.env['TOTAL'] ?? 10_000);
const delayMs = Number(process.env['DELAY_MS'] ?? 0);
const rate = Number(process.env['RATE'] ?? 0);
const burst = Number(process.env['BURST'] ?? 5);

const instance = (index: number): object => ({ ...hostOf(index), InternetIp: '47.8.12.34' });

/** Pages are laid out once: the server's own work must not blur what is measured. */
const pages = Array.from({ length: Math.max(1, Math.ceil(total / pageSize)) }, (_, page) => {
  const items = Array.from({ length: Math.min(pageSize, total - page * pageSize) }, (_, i) =>
    instance(page * pageSize + i),
  );
  const next = (page + 1) * pageSize < total ? `token-${page + 1}` : '';
  return { items: JSON.stringify(items), next };
});

function listing(query: URLSearchParams): string {
  const token = query.get('NextToken');
  const byToken = query.has('MaxResults') || token !== null;
  const index = byToken ? Number((token ?? 'token-0').slice(6)) || 0 : Number(query.get('PageNumber') ?? 1) - 1;
  const page = pages[index] ?? { items: '[]', next: '' };
  const paging = byToken
    ? `"NextToken":"${page.next}","TotalCount":0,"PageSize":0,"PageNumber":0`
    : `"TotalCount":${total},"PageSize":${pageSize},"PageNumber":${index + 1}`;
  return `{"RequestId":"4ECEEE12-56F1-4FBC-9AB1-890F74942176",${paging},"Instances":${page.items}}`;
}

let allowance = burst;
let refilledAt = performance.now();
const deregistered = new Map<string, number>();
let refused = 0;

/** A token bucket: RATE a second, at most BURST saved up. */
function mayDeregister(): boolean {
  if (rate === 0) return true;
  const now = performance.now();
  allowance = Math.min(burst, allowance + ((now - refilledAt) / 1_000) * rate);
  refilledAt = now;
  if (allowance < 1) return false;
  allowance -= 1;
  return true;
}

function deregister(query: URLSearchParams): { status: number; body: string } {
  if (!mayDeregister()) {
    refused++;
    return {
      status: 400,
      body: '{"RequestId":"R","HostId":"h","Code":"Throttling.User","Message":"Request was denied due to user flow control."}',
    };
  }
  const id = query.get('InstanceId') ?? '';
  deregistered.set(id, (deregistered.get(id) ?? 0) + 1);
  return { status: 200, body: `{"RequestId":"R","Instance":{"InstanceId":"${id}"}}` };
}

/** The named instances that are still there. */
function lookup(ids: readonly string[]): string {
  const left = ids.filter((id) => !deregistered.has(id));
  const items = left.map((id) => instance(indexOf(id)));
  return `{"RequestId":"R","TotalCount":${left.length},"PageSize":${pageSize},"PageNumber":1,"Instances":${JSON.stringify(items)}}`;
}

function answer(request: IncomingMessage): { status: number; body: string } {
  const query = new URL(request.url ?? '/', 'http://127.0.0.1').searchParams;
  const action = String(request.headers['x-acs-action'] ?? query.get('Action') ?? '');
  if (action === 'DeregisterManagedInstance') return deregister(query);
  const ids = [...query].filter(([name]) => name.startsWith('InstanceId.')).map(([, id]) => id);
  if (action === 'DescribeManagedInstances')
    return { status: 200, body: ids.length > 0 ? lookup(ids) : listing(query) };
  if (action === 'GetCallerIdentity')
    return { status: 200, body: '{"RequestId":"R","AccountId":"1","Arn":"acs:ram::1:user/bench","UserId":"1"}' };
  const times = [...deregistered.values()];
  return {
    status: 200,
    body: JSON.stringify({
      RequestId: 'R',
      deregistered: times.length,
      doubled: times.filter((n) => n > 1).length,
      refused,
    }),
  };
}

const server = createServer((request, response: ServerResponse) => {
  request.resume();
  const send = (): void => {
    const { status, body } = answer(request);
    response.writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) });
    response.end(body);
  };
  if (delayMs === 0) send();
  else setTimeout(send, delayMs);
});
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => process.stdout.write(`${(server.address() as AddressInfo).port}\n`));
process.on('SIGTERM', () => process.exit(0));
process.on('disconnect', () => process.exit(0));
