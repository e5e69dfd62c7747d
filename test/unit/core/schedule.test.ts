import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { nextTimes, parseCron, parseLocalTime, type Schedule } from '../../../src/core/schedule';
import { parseFrequency, schedules as alibaba } from '../../../src/providers/alibaba/commands/schedule';
import { commandSupport as alibabaSupport } from '../../../src/providers/alibaba/commands/support';
import { schedules as volcengine } from '../../../src/providers/volcengine/commands/schedule';
import { commandSupport as volcengineSupport } from '../../../src/providers/volcengine/commands/support';

const now = Date.parse('2026-11-28T10:00:00Z');

function times(schedule: Schedule | undefined, count = 3): string[] {
  assert.ok(schedule !== undefined);
  return nextTimes(schedule, now, count).map((time) => new Date(time).toISOString().replace('.000Z', 'Z'));
}

describe('the next times on Alibaba Cloud', () => {
  const check = (text: string, expected: readonly string[]): void =>
    void it(text, () => assert.deepEqual(times(parseFrequency(text, now)), expected));
  // The first round comes after one whole interval.
  check('rate(5m)', ['2026-11-28T10:05:00Z', '2026-11-28T10:10:00Z', '2026-11-28T10:15:00Z']);
  check('rate(7d)', ['2026-12-05T10:00:00Z', '2026-12-12T10:00:00Z', '2026-12-19T10:00:00Z']);
  check('at(2026-12-01 02:30:00 Asia/Shanghai)', ['2026-11-30T18:30:00Z']);
  // UTC where no zone is named.
  check('at(2026-12-01 02:30:00)', ['2026-12-01T02:30:00Z']);
  check('at(2026-12-01 02:30:00 GMT+8:00)', ['2026-11-30T18:30:00Z']);
  check('at(2020-01-01 00:00:00)', []);
  check('0 30 2 * * ? Asia/Shanghai', ['2026-11-28T18:30:00Z', '2026-11-29T18:30:00Z', '2026-11-30T18:30:00Z']);
  check('0 0 9 ? * MON-FRI UTC', ['2026-11-30T09:00:00Z', '2026-12-01T09:00:00Z', '2026-12-02T09:00:00Z']);
  check('0 */20 * * * * GMT+8:00', ['2026-11-28T10:20:00Z', '2026-11-28T10:40:00Z', '2026-11-28T11:00:00Z']);
  check('0 0 12 1 1 ? 2027 UTC', ['2027-01-01T12:00:00Z']);
  check('0 0 0 29 2 ? UTC', ['2028-02-29T00:00:00Z', '2032-02-29T00:00:00Z']);
  // Clocks go back on 1 November: 01:30 is there twice, and one of them is taken.
  it('are those of the zone when its clocks change', () => {
    const schedule = parseFrequency('0 30 12 * * ? America/New_York', now) ?? assert.fail();
    const around = nextTimes(schedule, Date.parse('2026-10-31T00:00:00Z'), 3);
    assert.deepEqual(
      around.map((time) => new Date(time).toISOString()),
      ['2026-10-31T16:30:00.000Z', '2026-11-01T17:30:00.000Z', '2026-11-02T17:30:00.000Z'],
    );
  });
});

describe('a schedule for Alibaba Cloud', () => {
  const check = (text: string, expected: RegExp | Record<string, unknown>): void =>
    void it(text, () => {
      const read = alibaba.read(text);
      if (expected instanceof RegExp) assert.match(read.ok ? 'taken' : read.problem, expected);
      else assert.deepEqual(read, { ok: true, repeat: expected });
    });
  check(' rate(5m) ', { RepeatMode: 'Period', Frequency: 'rate(5m)' });
  check('at(2027-01-31 02:30:00 Asia/Shanghai)', {
    RepeatMode: 'Period',
    Frequency: 'at(2027-01-31 02:30:00 Asia/Shanghai)',
  });
  check('0 30 2 * * ? Asia/Shanghai', { RepeatMode: 'Period', Frequency: '0 30 2 * * ? Asia/Shanghai' });
  check('0 30 2 * * ?', /^Add a time zone/);
  check('0 30 2 * * ? 2027', /^Add a time zone/);
  check('rate(59s)', /^rate takes 60 seconds to 7 days/);
  check('rate(8d)', /^rate takes/);
  check('rate(1.5h)', /^rate takes/);
  check('at(2027-02-30 02:30:00 UTC)', /^at takes/);
  check('at(2027-01-31 02:30:00 CST)', /^at takes/);
  check('at(soon)', /^at takes/);
  check('0 60 2 * * ? UTC', /^cron has/);
  check('30 2 * * *', /^cron has/);
  check('', /^cron has/);
});

describe('a schedule for Volcengine', () => {
  const check = (text: string, expected: RegExp | Record<string, unknown>): void =>
    void it(text, () => {
      const read = volcengine.read(text);
      if (expected instanceof RegExp) assert.match(read.ok ? 'taken' : read.problem, expected);
      else assert.deepEqual(read, { ok: true, repeat: expected });
    });
  check('at(2027-01-31 02:30:00 Asia/Shanghai)', { RepeatMode: 'Fixed', LaunchTime: '2027-01-30T18:30:00Z' });
  check('rate(1h)  from 2027-01-31 02:30 Asia/Shanghai until 2027-02-01 02:30 Asia/Shanghai', {
    RepeatMode: 'Rate',
    Frequency: '1h',
    LaunchTime: '2027-01-30T18:30:00Z',
    RecurrenceEndTime: '2027-01-31T18:30:00Z',
  });
  check('rate(1h)', /first time and an end/);
  check('rate(4m) from 2027-01-31 02:30 UTC until 2027-02-01 02:30 UTC', /5 to 60 minutes/);
  check('rate(1h) from 2027-02-01 02:30 UTC until 2027-01-31 02:30 UTC', /an end after it/);
  check('0 30 2 * * ?', /no cron/);
  it('begins at its first time and ends', () => {
    const read = volcengine.read('rate(12h) from 2026-11-29 00:00 UTC until 2026-11-29 13:00 UTC');
    const schedule = read.ok ? volcengineSupport.scheduleOf(read.repeat, now) : undefined;
    assert.deepEqual(times(schedule), ['2026-11-29T00:00:00Z', '2026-11-29T12:00:00Z']);
  });
});

it('every example that is shown is taken', () => {
  for (const { schedules, scheduleOf } of [alibabaSupport, volcengineSupport]) {
    const examples = schedules?.examples() ?? assert.fail();
    const texts = examples.replace(/^When: /, '').split(/, (?:or )?(?:cron with second and zone: )?/);
    for (const text of texts) {
      const read = schedules?.read(text);
      assert.ok(read?.ok === true && scheduleOf(read.repeat, now) !== undefined, text);
    }
  }
});

it('times of the clock are read with their zone, and days that no month has are none', () => {
  assert.equal(parseLocalTime('2026-01-02 03:04:05 Asia/Shanghai'), Date.parse('2026-01-01T19:04:05Z'));
  assert.equal(parseLocalTime('2026-01-02 03:04'), Date.parse('2026-01-02T03:04:00Z'));
  for (const wrong of ['2026-02-29 00:00:00', '2026-01-02', '2026-01-02 25:00:00', '2026-01-02 03:04:05 Mars'])
    assert.equal(parseLocalTime(wrong), undefined, wrong);
});

it('cron with days and names reads as it is written', () => {
  const fields = parseCron('0 0 0 1,15 jan-mar SUN');
  assert.deepEqual([...(fields?.day ?? [])], [1, 15]);
  assert.deepEqual([...(fields?.month ?? [])], [1, 2, 3]);
  assert.deepEqual([...(fields?.weekday ?? [])], [0]);
  assert.equal(parseCron('0 0 0 * *'), undefined);
});
