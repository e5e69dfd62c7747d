import { createHash, createHmac } from 'node:crypto';
import { Agent, request } from 'undici';
import { measureCalls, report } from './measure';

/**
 * The floor: undici, one HMAC, `JSON.parse`, nothing else. It sends what the cloud demands of a V3 request, as ours
 * does, for a call that the cloud would refuse is no call. `workerBare MODE ENDPOINT [CALLS]`.
 */
const [mode = 'single', endpoint = '', calls = '1500'] = process.argv.slice(2);
const agent = new Agent();
const names = 'host;x-acs-action;x-acs-content-sha256;x-acs-date;x-acs-signature-nonce;x-acs-version';
let nonce = 0;

async function listPage(): Promise<unknown> {
  const query = 'PageNumber=1&PageSize=50&RegionId=cn-hangzhou';
  const toSign = createHash('sha256').update(query).digest('hex');
  const signature = createHmac('sha256', 'benchsecret').update(toSign).digest('hex');
  const headers = {
    accept: 'application/json',
    host: '127.0.0.1',
    'x-acs-action': 'DescribeManagedInstances',
    'x-acs-content-sha256': 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    'x-acs-date': '2026-01-02T03:04:05Z',
    'x-acs-signature-nonce': String(++nonce),
    'x-acs-version': '2014-05-26',
    authorization: `ACS3-HMAC-SHA256 Credential=benchid,SignedHeaders=${names},Signature=${signature}`,
  };
  const answer = await request(`${endpoint}/?${query}`, { method: 'POST', headers, dispatcher: agent });
  return JSON.parse(await answer.body.text());
}

void measureCalls(listPage, Number(calls), mode === 'parallel' ? 8 : 1).then(report);
