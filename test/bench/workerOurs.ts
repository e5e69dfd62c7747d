import { describeManagedInstances } from '../../src/providers/alibaba/managedInstance/operations';
import { alibabaCloud } from '../../src/providers/alibaba/provider';
import { measureCalls, measureLoop, report } from './measure';
import { createOurs } from './ours';

/** One measurement of our client in a process of its own: `workerOurs MODE ENDPOINT [CALLS]`. */
const [mode = '', endpoint = 'http://127.0.0.1:9', calls = '1500'] = process.argv.slice(2);

async function main(): Promise<object> {
  const { listPage } = createOurs(endpoint);
  switch (mode) {
    case 'parallel':
      return measureCalls(listPage, Number(calls), 8);
    case 'single':
      return measureCalls(listPage, Number(calls), 1);
    case 'sign':
      return { us: measureLoop(() => alibabaCloud.wire.encode(signRequest()), 5_000) };
    case 'decode': {
      const body = await (await fetch(`${endpoint}/?Action=DescribeManagedInstances&PageNumber=1`)).text();
      const response = { status: 200, headers: { 'content-type': 'application/json' }, body };
      return { us: measureLoop(() => decode(response), 1_000) };
    }
    default:
      throw new Error(`No mode "${mode}".`);
  }
}

function decode(response: { status: number; headers: Record<string, string>; body: string }): unknown {
  const answer = alibabaCloud.wire.decode(describeManagedInstances, response);
  if (!answer.ok) throw new Error(answer.error.message);
  return describeManagedInstances.response.parse(answer.value);
}

let nonce = 0;
function signRequest() {
  return {
    operation: describeManagedInstances,
    params: { PageNumber: 1, PageSize: 50 },
    region: 'cn-hangzhou',
    endpoint,
    credentials: { accessKeyId: 'benchid', accessKeySecret: 'benchsecret' },
    format: 'json' as const,
    now: new Date(),
    nonce: String(++nonce),
  };
}

void main().then(report);
