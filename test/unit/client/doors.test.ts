import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { CallRequest } from '../../../src/client/callEngine';
import { CloudClient } from '../../../src/client/cloudClient';
import { Destroyer, type Permit, type PermitScope } from '../../../src/client/destroyer';
import { Rehearser } from '../../../src/client/rehearser';
import { providers } from '../../../src/providers';
import { fakeAccount, fakeKinds, fakeProvider, type Fault } from '../support/fakeCloud';
import { createWorkplace } from '../support/workplace';

const single = fakeKinds.single.destroy ?? assert.fail();
const batch = fakeKinds.batch.destroy ?? assert.fail();
const account = fakeAccount('a');

function create() {
  const place = createWorkplace([account]);
  place.cloud.put('a', 'r-1', { id: 'x', name: 'x' }, { id: 'y', name: 'y' });
  return { ...place, destroyer: new Destroyer(place.engine) };
}

const scope: PermitScope = {
  accountId: 'a',
  region: 'r-1',
  operation: single.operation,
  ids: ['x'],
  clientToken: 'token',
};
const request: Omit<CallRequest, 'operation' | 'region'> = {
  provider: fakeProvider,
  account,
  params: { InstanceId: 'x' },
};

describe('destroying', () => {
  test('a permit sends exactly its call, with its token', async () => {
    const { destroyer, cloud } = create();
    await destroyer.destroy(destroyer.permit(scope), request);
    assert.deepEqual(
      cloud.requests.map((r) => r.params),
      [{ RegionId: 'r-1', InstanceId: 'x', ClientToken: 'token' }],
    );
  });

  test('a permit is used up by its call', async () => {
    const { destroyer, cloud } = create();
    const permit = destroyer.permit(scope);
    await destroyer.destroy(permit, request);
    await assert.rejects(destroyer.destroy(permit, request), TypeError);
    assert.equal(cloud.count(), 1);
  });

  test('two uses at the same moment are one use', async () => {
    const { destroyer, cloud } = create();
    const permit = destroyer.permit(scope);
    const uses = await Promise.allSettled([destroyer.destroy(permit, request), destroyer.destroy(permit, request)]);
    assert.deepEqual(
      uses.map((u) => u.status),
      ['fulfilled', 'rejected'],
    );
    assert.equal(cloud.count(), 1);
  });

  function refuses(name: string, issue: (d: Destroyer) => Permit, sent: Partial<typeof request> = {}): void {
    test(`${name} is refused`, async () => {
      const { destroyer, cloud } = create();
      await assert.rejects(destroyer.destroy(issue(destroyer), { ...request, ...sent }), TypeError);
      assert.equal(cloud.requests.length, 0);
    });
  }
  const valid = (d: Destroyer): Permit => d.permit(scope);
  refuses('a permit made by hand', () => ({ scope }));
  refuses('a copy of a permit', (d) => ({ ...d.permit(scope) }));
  refuses('a permit of another destroyer', () => new Destroyer(create().engine).permit(scope));
  refuses('another account', valid, { account: fakeAccount('b') });
  refuses('another id', valid, { params: { InstanceId: 'y' } });
  refuses('an operation that does not destroy', (d) =>
    d.permit({ ...scope, operation: fakeKinds.single.list.operation }),
  );
  const several =
    (...ids: string[]) =>
    (d: Destroyer) =>
      d.permit({ ...scope, operation: batch.operation, ids });
  const named = (...InstanceId: string[]) => ({ params: { InstanceId } });
  refuses('one id more', several('x'), named('x', 'y'));
  refuses('one id less', several('x', 'y'), named('x'));
  refuses('an id in place of a doubled one', several('x', 'x'), named('x', 'y'));
  refuses('an id named twice', several('x', 'y'), named('x', 'x'));
  refuses('an id permitted twice', several('x', 'x'), named('x', 'x'));
  refuses('an id in a second parameter', valid, {
    params: { InstanceId: 'x', ActivationId: 'y' },
  });

  test('the scope of a permit cannot be changed afterwards', async () => {
    const { destroyer, cloud } = create();
    const ids = ['x'];
    const permit = destroyer.permit({ ...scope, ids });
    ids[0] = 'y';
    assert.throws(() => Object.assign(permit.scope, { ids: ['y'] }));
    await assert.rejects(destroyer.destroy(permit, { ...request, params: { InstanceId: 'y' } }), TypeError);
    assert.equal(cloud.requests.length, 0);
  });

  test('an operation without a token is sent without one', async () => {
    const { destroyer, cloud } = create();
    const { operation } = fakeKinds.tokenless.destroy ?? assert.fail();
    const params = { ActivationId: 'x' };
    await destroyer.destroy(destroyer.permit({ ...scope, operation }), { ...request, params });
    assert.deepEqual(cloud.requests[0]?.params, { RegionId: 'r-1', ActivationId: 'x' });
  });

  for (const provider of providers) {
    for (const { id, destroy } of provider.kinds) {
      if (destroy === undefined) continue;
      test(`the ids of ${provider.id} ${id} are recognised in its parameters`, async () => {
        const { destroyer, exchanges } = create();
        const ids = destroy.idsPerCall === 1 ? ['x'] : ['x', 'y'];
        const permit = destroyer.permit({ ...scope, operation: destroy.operation, ids });
        const other = destroyer.permit({ ...scope, operation: destroy.operation, ids: ids.map((i) => `${i}-other`) });
        const params = destroy.params(ids, {});
        await assert.rejects(destroyer.destroy(other, { provider, account, params }), TypeError);
        assert.equal(exchanges.length, 0);
        // The cloud in memory does not speak this wire; that the call left the door is what counts.
        await assert.rejects(destroyer.destroy(permit, { provider, account, params }));
        assert.equal(exchanges.length, 1);
      });
    }
  }
});

describe('rehearsing', () => {
  const rehearse = { provider: fakeProvider, account, region: 'r-1', operation: batch.operation };
  const ids = { InstanceId: ['x'] };
  function check(name: string, params: Record<string, unknown>, faults: readonly Fault[], expected: string): void {
    test(name, async () => {
      const { engine, cloud } = create();
      cloud.fault('RemoveBatch', ...faults);
      const said = await new Rehearser(engine).rehearse({ ...rehearse, params }, ['DryRunOperation']);
      assert.equal(said.verdict, expected);
      assert.deepEqual(cloud.ids('a', 'r-1'), ['x', 'y']);
      assert.ok(cloud.requests.every((r) => r.params['DryRun'] === true));
    });
  }
  const error = (code: string, status: number): Fault => ({ kind: 'error', code, status });
  check('an error that means "it would have worked"', ids, [], 'wouldPass');
  check('DryRun stays set although the caller says no', { ...ids, DryRun: false }, [], 'wouldPass');
  check('a resource that is not there', { InstanceId: ['nobody'] }, [], 'wouldBeRefused');
  check('a missing permission', ids, [error('Denied', 403)], 'wouldBeRefused');
  check('a lost answer', ids, [{ kind: 'resetBefore' }], 'unclear');
  check('a server error', ids, [error('InternalError', 500)], 'unclear');
  check('refused keys', ids, [error('BadKey', 403)], 'unclear');
  check('a sign-in page', ids, [{ kind: 'html' }], 'unclear');

  test('the record calls a passed one no failure and marks every one', async () => {
    const { engine, exchanges } = create();
    const rehearser = new Rehearser(engine);
    await rehearser.rehearse({ ...rehearse, params: ids }, ['DryRunOperation']);
    await rehearser.rehearse({ ...rehearse, params: { InstanceId: ['nobody'] } }, ['DryRunOperation']);
    assert.deepEqual(
      exchanges.map(({ dryRun, error }) => [dryRun, error === undefined]),
      [
        [true, true],
        [true, false],
      ],
    );
  });

  test('an operation without DryRun is never sent', async () => {
    const { engine, cloud } = create();
    const call = { ...rehearse, operation: single.operation, params: { InstanceId: 'x' } };
    await assert.rejects(new Rehearser(engine).rehearse(call, []), TypeError);
    assert.equal(cloud.requests.length, 0);
  });
});

describe('reading', () => {
  for (const operation of fakeProvider.operations.filter((o) => o.effect !== 'read')) {
    test(`${operation.action} cannot be sent as a read`, async () => {
      const { engine, cloud } = create();
      const params = { InstanceId: 'x' };
      await assert.rejects(
        new CloudClient(engine).read({ provider: fakeProvider, account, region: 'r-1', operation, params }),
        TypeError,
      );
      assert.equal(cloud.requests.length, 0);
    });
  }
});
