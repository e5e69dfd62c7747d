import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { CloudClient } from '../../../src/client/cloudClient';
import { Rehearser } from '../../../src/client/rehearser';
import { Sender, type Permit, type PermitScope, type SendRequest } from '../../../src/client/sender';
import { providers } from '../../../src/providers';
import { removal } from '../support/actions';
import { fakeAccount, fakeKinds, fakeProvider, type Fault } from '../support/fakeCloud';
import { createWorkplace } from '../support/workplace';

const single = removal(fakeKinds.single);
const batch = removal(fakeKinds.batch);
const account = fakeAccount('a');

function create() {
  const place = createWorkplace([account]);
  place.cloud.put('a', 'r-1', { id: 'x', name: 'x' }, { id: 'y', name: 'y' });
  return { ...place, sender: new Sender(place.engine) };
}

const scope: PermitScope = {
  accountId: 'a',
  region: 'r-1',
  operation: single.operation,
  idParam: 'InstanceId',
  ids: ['x'],
};
const request: SendRequest = {
  provider: fakeProvider,
  account,
  region: 'r-1',
  operation: single.operation,
  params: { InstanceId: 'x' },
  clientToken: 'token',
};

describe('destroying', () => {
  test('a permit sends exactly its call, with its token', async () => {
    const { sender, cloud } = create();
    await sender.send(sender.mint([scope]), request);
    assert.deepEqual(
      cloud.requests.map((r) => r.params),
      [{ RegionId: 'r-1', InstanceId: 'x', ClientToken: 'token' }],
    );
  });

  test('a permit is used up by its call', async () => {
    const { sender, cloud } = create();
    const permit = sender.mint([scope]);
    await sender.send(permit, request);
    await assert.rejects(sender.send(permit, request), TypeError);
    assert.equal(cloud.count(), 1);
  });

  test('two uses at the same moment are one use', async () => {
    const { sender, cloud } = create();
    const permit = sender.mint([scope]);
    const uses = await Promise.allSettled([sender.send(permit, request), sender.send(permit, request)]);
    assert.deepEqual(
      uses.map((u) => u.status),
      ['fulfilled', 'rejected'],
    );
    assert.equal(cloud.count(), 1);
  });

  function refuses(name: string, issue: (d: Sender) => Permit, sent: Partial<typeof request> = {}): void {
    test(`${name} is refused`, async () => {
      const { sender, cloud } = create();
      await assert.rejects(sender.send(issue(sender), { ...request, ...sent }), TypeError);
      assert.equal(cloud.requests.length, 0);
    });
  }
  const valid = (d: Sender): Permit => d.mint([scope]);
  refuses('a permit made by hand', () => ({ scopes: [scope] }));
  refuses('a copy of a permit', (d) => ({ ...d.mint([scope]) }));
  refuses('a permit of another sender', () => new Sender(create().engine).mint([scope]));
  refuses('another account', valid, { account: fakeAccount('b') });
  refuses('another id', valid, { params: { InstanceId: 'y' } });
  const { operation: listing } = fakeKinds.single.list;
  refuses('an operation that only reads', (d) => d.mint([{ ...scope, operation: listing }]), { operation: listing });
  refuses('another operation', valid, { operation: batch.operation });
  refuses('another region', valid, { region: 'r-2' });
  refuses('no id at all', valid, { params: {} });
  const several =
    (...ids: string[]) =>
    (d: Sender) =>
      d.mint([{ ...scope, operation: batch.operation, ids }]);
  const named = (...InstanceId: string[]) => ({ operation: batch.operation, params: { InstanceId } });
  refuses('one id more', several('x'), named('x', 'y'));
  refuses('an id in place of a doubled one', several('x', 'x'), named('x', 'y'));
  refuses('an id named twice', several('x', 'y'), named('x', 'x'));
  refuses('an id permitted twice', several('x', 'x'), named('x', 'x'));
  refuses('an id in a second parameter', valid, {
    params: { InstanceId: 'x', ActivationId: 'y' },
  });

  test('the scope of a permit cannot be changed afterwards', async () => {
    const { sender, cloud } = create();
    const ids = ['x'];
    const permit = sender.mint([{ ...scope, ids }]);
    ids[0] = 'y';
    assert.throws(() => Object.assign(permit.scopes[0] ?? {}, { ids: ['y'] }));
    await assert.rejects(sender.send(permit, { ...request, params: { InstanceId: 'y' } }), TypeError);
    assert.equal(cloud.requests.length, 0);
  });

  test('each id of a permit is used up by itself, whichever call names it', async () => {
    const { sender, cloud } = create();
    const permit = sender.mint([{ ...scope, operation: batch.operation, ids: ['x', 'y'] }]);
    await sender.send(permit, { ...request, ...named('x') });
    await assert.rejects(sender.send(permit, { ...request, ...named('x', 'y'), clientToken: 'other' }), TypeError);
    await sender.send(permit, { ...request, ...named('y'), clientToken: 'other' });
    assert.deepEqual(
      cloud.requests.map((r) => r.params['InstanceId']),
      [['x'], ['y']],
    );
  });

  test('a repeat is exactly the same call under the same token', async () => {
    const { sender, cloud } = create();
    const permit = sender.mint([scope]);
    await assert.rejects(sender.send(permit, { ...request, region: 'r-2', repeat: true }), TypeError);
    cloud.fault('RemoveThing', { kind: 'resetAfter' });
    await assert.rejects(sender.send(permit, request));
    await assert.rejects(sender.send(permit, { ...request, clientToken: 'other', repeat: true }), TypeError);
    await sender.send(permit, { ...request, repeat: true });
    assert.deepEqual(
      cloud.requests.map((r) => r.params['ClientToken']),
      ['token', 'token'],
    );
  });

  test('without a token there is no repeat', async () => {
    const { sender } = create();
    const { operation } = removal(fakeKinds.tokenless);
    const call = { ...request, operation, params: { ActivationId: 'x' } };
    const permit = sender.mint([{ ...scope, operation, idParam: 'ActivationId' }]);
    await sender.send(permit, call);
    await assert.rejects(sender.send(permit, { ...call, repeat: true }), TypeError);
  });

  test('an operation without a token is sent without one', async () => {
    const { sender, cloud } = create();
    const { operation } = removal(fakeKinds.tokenless);
    const params = { ActivationId: 'x' };
    const permit = sender.mint([{ ...scope, operation, idParam: 'ActivationId' }]);
    await sender.send(permit, { ...request, operation, params });
    assert.deepEqual(cloud.requests[0]?.params, { RegionId: 'r-1', ActivationId: 'x' });
  });

  for (const provider of providers) {
    for (const { action, kind } of provider.kinds.flatMap((one) =>
      one.actions.map((a) => ({ action: a, kind: one.id })),
    )) {
      test(`the ids of ${action.id} of ${provider.id} ${kind} are recognised in its parameters`, async () => {
        const { sender, exchanges } = create();
        const ids = action.ids.perCall === 1 ? ['x'] : ['x', 'y'];
        const { operation } = action;
        const covered = { ...scope, operation, idParam: action.ids.param };
        const permit = sender.mint([{ ...covered, ids }]);
        const other = sender.mint([{ ...covered, ids: ids.map((i) => `${i}-other`) }]);
        const call: SendRequest = { ...request, provider, operation, params: action.params(ids, {}) };
        await assert.rejects(sender.send(other, call), TypeError);
        assert.equal(exchanges.length, 0);
        // The cloud in memory does not speak this wire; that the call left the door is what counts.
        await assert.rejects(sender.send(permit, call));
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
  check('a protected resource', ids, [error('Protected', 403)], 'wouldBeRefused');
  check('a code that nobody knows, whatever its status', ids, [error('Whatever', 404)], 'unclear');

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
