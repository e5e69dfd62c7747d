import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  fleetFilterParts,
  fleetTest,
  parseFleetFilter,
  type FleetFilter,
} from '../../../../src/services/fleet/fleetFilter';
import { RowTexts } from '../../../../src/services/inventory/filter';
import { fakeKinds, type Thing } from '../../support/fakeCloud';

const web: Thing = { id: 'i-1', name: 'web-1', state: 'Running', os: 'linux', address: '10.0.0.1', team: 'a' };
const db: Thing = { id: 'i-2', name: 'db-1', state: 'Stopped', os: 'Windows', address: '10.1.0.1', team: 'b' };
const bare: Thing = { id: 'i-3', name: 'bare', state: 'stopped' };

describe('the filter of the flat list', () => {
  const check = (name: string, filter: FleetFilter | undefined, expected: readonly string[]): void =>
    void it(name, () => {
      const test = fleetTest(filter, fakeKinds.single, { now: new Date(0), texts: new RowTexts() });
      assert.deepEqual(
        [web, db, bare].filter((thing) => test({ ...thing })).map(({ name: shown }) => shown),
        expected,
      );
    });
  check('lets all pass when there is none', undefined, ['web-1', 'db-1', 'bare']);
  check('takes any of several states, in whichever spelling', { facets: { state: ['STOPPED', 'Gone'] } }, [
    'db-1',
    'bare',
  ]);
  check('takes several facets together', { facets: { state: ['Running', 'Stopped'], os: ['windows'] } }, ['db-1']);
  check('takes tags by key and value', { facets: { tag: ['team=a'] } }, ['web-1']);
  check('takes tags by key', { facets: { tag: ['team'] } }, ['web-1', 'db-1']);
  check('takes tags by any of several', { facets: { tag: ['team=b', 'team=c'] } }, ['db-1']);
  check('takes rows that do not say', { facets: { os: [''] } }, ['bare']);
  check('takes rows that do not say beside those that do', { facets: { os: ['', 'linux'] } }, ['web-1', 'bare']);
  check('leaves out rows of a kind without the facet', { facets: { agentVersion: ['2.2'] } }, []);
  check('takes rows of a kind without the facet as not saying', { facets: { agentVersion: [''] } }, [
    'web-1',
    'db-1',
    'bare',
  ]);
  check('takes addresses', { addresses: ['10.0.0.0/16'] }, ['web-1']);
  check('takes any of several addresses', { addresses: ['10.1.*', '10.0.0.1'] }, ['web-1', 'db-1']);
  check('takes text', { text: 'WEB' }, ['web-1']);
  check('takes text with all other parts', { text: '-1', addresses: ['10.1.*'], facets: { state: ['stopped'] } }, [
    'db-1',
  ]);
});

describe('a filter that was kept', () => {
  const check = (given: unknown, expected: FleetFilter | undefined): void =>
    void it(JSON.stringify(given) ?? 'nothing', () => assert.deepEqual(parseFleetFilter(given), expected));
  check(undefined, undefined);
  check(7, undefined);
  check({}, undefined);
  check({ text: '  ' }, undefined);
  check({ facets: { state: [] }, addresses: [] }, undefined);
  check({ facets: { nonsense: ['x'], state: ['a'] } }, { facets: { state: ['a'] } });
  check({ facets: { state: 'a' } }, undefined);
  check({ text: 'web', addresses: ['10.*.1'] }, { text: 'web', addresses: ['10.*.1'] });
});

describe('the filter in words', () => {
  const check = (filter: FleetFilter, expected: string): void =>
    void it(expected, () =>
      assert.equal(
        fleetFilterParts(filter, (_, value) => value.toUpperCase()),
        expected,
      ),
    );
  check({ text: 'web' }, '“web”');
  check({ addresses: ['10.0.0.0/8', '::1'] }, 'address: 10.0.0.0/8 or ::1');
  check(
    { text: 'web', facets: { tag: ['team=a'], state: ['off', ''] } },
    '“web”, state: OFF or (not known), tag: TEAM=A',
  );
});
