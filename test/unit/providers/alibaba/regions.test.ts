import assert from 'node:assert/strict';
import { test } from 'node:test';
import EcsClient from '@alicloud/ecs20140526';
import { Config } from '@alicloud/openapi-core/dist/utils';
import { regionName } from '../../../../src/core/regionNames';
import { getCallerIdentity } from '../../../../src/providers/alibaba/api/identity';
import { describeInstances } from '../../../../src/providers/alibaba/instance/operations';
import { describeRegions, endpoint, regionNames, regions } from '../../../../src/providers/alibaba/regions';

function check(region: string | undefined, expected: string): void {
  test(`calls about ${region ?? 'no region'} go to ${expected}`, () => {
    assert.equal(endpoint(describeInstances, region), `https://${expected}`);
  });
}

check(undefined, 'ecs.aliyuncs.com');
check('cn-hangzhou', 'ecs-cn-hangzhou.aliyuncs.com');
check('cn-beijing', 'ecs.cn-beijing.aliyuncs.com');
check('us-west-1', 'ecs.us-west-1.aliyuncs.com');
check('xx-new-1', 'ecs.xx-new-1.aliyuncs.com');
check('constructor', 'ecs.constructor.aliyuncs.com');

test('a name that every object has is not the name of a region', () => {
  assert.equal(regionName(regionNames, 'constructor', 'en'), 'constructor');
});

test('the token service has its own host', () => {
  assert.equal(endpoint(getCallerIdentity, undefined), 'https://sts.aliyuncs.com');
});

test('a region that is no region id never becomes part of a host name', () => {
  for (const region of ['', 'evil.example/', 'a.b', 'cn-hangzhou@evil', 'CN-BEIJING', 'a#b', '-x', 'x'.repeat(64)]) {
    assert.throws(() => endpoint(describeInstances, region), RangeError, region);
  }
});

test('every region goes to the host the official SDK would choose', () => {
  // The package is CommonJS: its default export stands one level deeper here.
  const Client = (EcsClient as unknown as { default?: typeof EcsClient }).default ?? EcsClient;
  const sdk = new Client(new Config({ accessKeyId: 'a', accessKeySecret: 'b', regionId: 'cn-beijing' }));
  // The map is protected in the SDK's types; it is what the SDK looks hosts up in.
  const map = (sdk as unknown as { _endpointMap: Record<string, string> })._endpointMap;
  assert.ok(Object.keys(map).length > 30);
  for (const [region, host] of Object.entries(map))
    assert.equal(endpoint(describeInstances, region), `https://${host}`);
  assert.equal(endpoint(describeInstances, 'cn-beijing'), 'https://ecs.cn-beijing.aliyuncs.com');
});

function rows(value: unknown, language: string): unknown {
  return regions.rows(describeRegions.response.parse(value), language);
}

test('the cloud names regions; our table only where it does not', () => {
  const answer = (LocalName?: string | null) => ({ Regions: { Region: [{ RegionId: 'cn-hangzhou', LocalName }] } });
  assert.deepEqual(rows(answer('华东1 杭州'), 'en'), [{ id: 'cn-hangzhou', name: '华东1 杭州' }]);
  assert.deepEqual(rows(answer(), 'en'), [{ id: 'cn-hangzhou', name: 'China (Hangzhou)' }]);
  assert.deepEqual(rows(answer(null), 'zh-cn'), [{ id: 'cn-hangzhou', name: '华东1（杭州）' }]);
  assert.deepEqual(rows(answer(' '), 'fr'), [{ id: 'cn-hangzhou', name: 'China (Hangzhou)' }]);
  assert.deepEqual(rows({ Regions: [{ RegionId: 'xx-new-1' }] }, 'en'), [{ id: 'xx-new-1', name: 'xx-new-1' }]);
  assert.deepEqual(rows({}, 'en'), []);
});

test('regions are asked for in Chinese or English, on one page', () => {
  assert.deepEqual(regions.params('zh-cn'), { AcceptLanguage: 'zh-CN' });
  assert.deepEqual(regions.params('en'), { AcceptLanguage: 'en-US' });
  assert.deepEqual(regions.params('pt-br'), { AcceptLanguage: 'en-US' });
  assert.equal(regions.pager.next({}, regions.pager.first), undefined);
});

test('the regions of managed instances are named in both languages', () => {
  const served = 'cn-qingdao cn-beijing cn-zhangjiakou cn-huhehaote cn-wulanchabu cn-hangzhou cn-shanghai cn-shenzhen ';
  const others = 'cn-heyuan cn-guangzhou cn-chengdu cn-hongkong ap-southeast-1 ap-northeast-1 us-west-1 us-east-1';
  for (const id of (served + others).split(' ')) {
    assert.match(regionName(regionNames, id, 'zh-cn'), /\p{Script=Han}/u);
    assert.match(regionName(regionNames, id, 'en'), /^[A-Z][\w ()]+$/);
  }
});
