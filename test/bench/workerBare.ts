import { createHash, createHmac } from 'node:crypto';
import { Agent, request } from 'undici';
import { measureCalls, report } from './measure';

/** The floor: undici, one HMAC, `JSON.parse`, nothing else. `workerBare MODE ENDPOINT [CALLS]`. */
const [mode = 'single', endpoint = '', calls = '1500'] = process.argv.slice(2);
const agent = new Agent();

async function listPage(): Promise<unknown> {
  const query = 'PageNumber=1&PageSize=50&RegionId=cn-hangzhou';
  const toSign = createHash('sha256').update(query).digest('hex');
  const authorization = createHmac('sha256', 'benchsecret').update(toSign).digest('hex');
  const headers = { 'x-acs-action': 'DescribeManagedInstances', authorization };
  const answer = await request(`${endpoint}/?${query}`, { method: 'POST', headers, dispatcher: agent });
  return JSON.parse(await answer.body.text());
}

void measureCalls(listPage, Number(calls), mode === 'parallel' ? 8 : 1).then(report);
