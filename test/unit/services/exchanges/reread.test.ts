import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { queryOf, readAnew, rereadIn, rereadOf } from '../../../../src/services/exchanges/reread';
import { remove } from '../../support/actions';
import { fakeAccount, fakeProvider } from '../../support/fakeCloud';
import { createWorkplace, target } from '../../support/workplace';

const clouds = { all: [fakeProvider] };

async function session() {
  const place = createWorkplace([fakeAccount('a')]);
  place.cloud.put('a', 'r-1', { id: 'x', name: 'web' }, { id: 'y', name: 'db' });
  await place.inventory.list({ provider: 'alibabaCloud', accountId: 'a', region: 'r-1' }, 'managedInstance');
  return place;
}

describe('an answer of an earlier session', () => {
  test('of a list is read again as the list', async () => {
    const place = await session();
    const [answer] = place.responses.list();
    const again = rereadIn(queryOf(rereadOf(answer ?? assert.fail(), clouds) ?? assert.fail()));
    assert.deepEqual(again, {
      place: { provider: 'alibabaCloud', accountId: 'a', region: 'r-1' },
      kind: 'managedInstance',
      id: undefined,
    });
    const fresh = await readAnew(again ?? assert.fail(), place);
    assert.equal(fresh?.action, answer?.action);
    assert.notEqual(fresh?.id, answer?.id);
  });

  test('of a call that removed something is read, and never sent again', async () => {
    const place = await session();
    await remove(place.gate, [target('a', 'r-1', 'x')]);
    const answer = place.responses.list().find(({ effect }) => effect !== 'read');
    const again = rereadOf(answer ?? assert.fail(), clouds) ?? assert.fail();
    assert.equal(again.id, 'x');
    const sent = place.cloud.count();
    const fresh = await readAnew(again, place);
    assert.equal(fresh?.effect, 'read');
    assert.equal(fresh?.subject, 'x');
    assert.equal(place.cloud.count(), sent);
  });

  for (const query of [
    '',
    'x',
    'cloud=none&account=a&region=r&kind=instance',
    'cloud=alibabaCloud&account=&region=r&kind=instance',
  ])
    test(`is not read again where its address says nothing of use: ${query}`, () =>
      assert.equal(rereadIn(query), undefined));
});
