import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { regionName } from '../../../../src/core/regionNames';
import { volcengineWire } from '../../../../src/providers/volcengine/api/wire';
import { describeInstances } from '../../../../src/providers/volcengine/instance/operations';
import { describeRegions, endpoint, regionNames, regions } from '../../../../src/providers/volcengine/regions';

function read(body: string) {
  const answer = volcengineWire.decode(describeRegions, { status: 200, headers: {}, body });
  assert.ok(answer.ok);
  return describeRegions.response.parse(answer.value);
}

const page = read(readFileSync(new URL('../../../fixtures/volcengine/describeRegions.json', import.meta.url), 'utf8'));

test('regions have names in the language of the user, and new ones their id', () => {
  const names = (language: string) => regions.rows(page, language).map(({ name }) => name);
  assert.deepEqual(names('en'), ['North China 2 (Beijing)', 'Asia Pacific SE (Jakarta)', 'cn-newtown']);
  assert.deepEqual(names('zh-cn'), ['华北2（北京）', '亚太东南（雅加达）', 'cn-newtown']);
  assert.deepEqual(
    regions.rows(page, 'en').map(({ id }) => id),
    ['cn-beijing', 'ap-southeast-3', 'cn-newtown'],
  );
});

test('a name that every object has is not a region', () => {
  assert.equal(regionName(regionNames, 'constructor', 'en'), 'constructor');
});

test('regions are read page by page, 20 at a time, in the home region', () => {
  const { first, next } = regions.pager;
  assert.deepEqual({ ...regions.params('en'), ...first }, { MaxResults: 20 });
  assert.equal(regions.region, 'cn-beijing');
  assert.equal(next(page, first), undefined);
  const more = describeRegions.response.parse({ Regions: [], NextToken: 't' });
  assert.deepEqual(next(more, first), { MaxResults: 20, NextToken: 't' });
});

function host(region: string | undefined, expected: string): void {
  test(`calls about ${region ?? 'no region'} go to ${expected}`, () => {
    assert.equal(endpoint(describeInstances, region), `https://${expected}`);
  });
}

host(undefined, 'open.volcengineapi.com');
host('cn-beijing', 'open.volcengineapi.com');
host('ap-southeast-1', 'open.volcengineapi.com');
host('cn-newtown', 'open.volcengineapi.com');
host('ap-southeast-3', 'ecs.ap-southeast-3.volcengineapi.com');
host('ap-southeast-2', 'ecs.ap-southeast-2.volcengineapi.com');
host('cn-beijing-autodriving', 'ecs.cn-beijing-autodriving.volcengineapi.com');
