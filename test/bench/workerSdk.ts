import { DescribeManagedInstancesResponse } from '@alicloud/ecs20140526';
import { OpenApiUtil } from '@alicloud/openapi-core';
import * as $dara from '@darabonba/typescript';
import { measureCalls, measureLoop, report } from './measure';
import { createSdk } from './sdk';

/** One measurement of the official SDK in a process of its own: `workerSdk MODE ENDPOINT [CALLS]`. */
const [mode = '', endpoint = 'http://127.0.0.1:9', calls = '1500'] = process.argv.slice(2);

async function main(): Promise<object> {
  const { listPage, walk } = createSdk(endpoint);
  switch (mode) {
    case 'parallel':
      return measureCalls(listPage, Number(calls), 8);
    case 'single':
      return measureCalls(listPage, Number(calls), 1);
    case 'walk': {
      const start = performance.now();
      const count = await walk();
      return { ms: performance.now() - start, count };
    }
    case 'sign':
      return { us: measureLoop(sign, 5_000) };
    case 'decode': {
      const body = await (await fetch(`${endpoint}/?Action=DescribeManagedInstances&PageNumber=1`)).text();
      return {
        us: measureLoop(
          () =>
            $dara.cast(
              { body: JSON.parse(body) as unknown, headers: {}, statusCode: 200 },
              new DescribeManagedInstancesResponse({}),
            ),
          1_000,
        ),
      };
    }
    default:
      throw new Error(`No mode "${mode}".`);
  }
}

/** The SDK's own signature function over the headers it would send. */
function sign(): string {
  const request = new $dara.Request();
  request.method = 'POST';
  request.pathname = '/';
  request.query = { PageNumber: '1', PageSize: '50', RegionId: 'cn-hangzhou' };
  request.headers = {
    host: '127.0.0.1',
    'x-acs-action': 'DescribeManagedInstances',
    'x-acs-version': '2014-05-26',
    'x-acs-date': new Date().toISOString().replace(/\.\d+Z$/, 'Z'),
    'x-acs-signature-nonce': String(Math.random()),
    'x-acs-content-sha256': 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    accept: 'application/json',
  };
  const payload = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
  return OpenApiUtil.getAuthorization(request, 'ACS3-HMAC-SHA256', payload, 'benchid', 'benchsecret');
}

void main().then(report);
