import assert from 'node:assert/strict';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { describe, test } from 'node:test';
import { Rehearser } from '../../../../src/client/rehearser';
import { createTransport } from '../../../../src/client/transport';
import { summaryOf } from '../../../../src/host/actions/runSummary';
import { openCalls } from '../../../../src/services/actions/recheck';
import { retryable, type RunReport } from '../../../../src/services/actions/report';
import { planRemoval, removal, remove } from '../../support/actions';
import { FakeCloud, fakeAccount, fakeProvider } from '../../support/fakeCloud';
import { createWorkplace, target } from '../../support/workplace';

/** Nothing is called gone that is there, and nothing is sent twice, whatever happens at the worst moment. */
function place(env: Readonly<Record<string, string>> = {}) {
  const workplace = createWorkplace([fakeAccount('a')], env);
  workplace.cloud.put('a', 'r-1', { id: 'x', name: 'web' });
  const switchKeys = (): void => void workplace.accounts.splice(0, 1, fakeAccount('a', { key: 'other:1' }));
  const left = (): string[] => workplace.cloud.ids('a', 'r-1');
  return { ...workplace, switchKeys, left };
}

function outcomesOf(report: RunReport | undefined): Record<string, string> {
  return Object.fromEntries((report?.results ?? []).map((r) => [r.planned.target.id, r.outcome]));
}

const one = target('a', 'r-1', 'x');
const batch = (...ids: string[]) => ids.map((id) => target('a', 'r-1', id, 'instance'));

describe('keys that are switched to another owner', () => {
  test('while the answer is lost: unknown, not gone', async () => {
    const { gate, cloud, switchKeys, left } = place();
    cloud.fault('RemoveThing', { kind: 'resetBefore' }, { kind: 'resetBefore' });
    cloud.onRequest = ({ action }) => (action === 'RemoveThing' ? switchKeys() : undefined);
    assert.deepEqual(outcomesOf(await remove(gate, [one])), { x: 'unknown' });
    assert.deepEqual(left(), ['x']);
  });

  test('while a call for several is refused: refused, not gone', async () => {
    const { gate, cloud, switchKeys, left } = place();
    cloud.put('a', 'r-1', { id: 'y', name: 'db' });
    cloud.fault('RemoveBatch', { kind: 'error', code: 'Protected', status: 403 });
    cloud.onRequest = ({ action }) => (action === 'RemoveBatch' ? switchKeys() : undefined);
    assert.deepEqual(outcomesOf(await remove(gate, batch('x', 'y'))), { x: 'refused', y: 'refused' });
    assert.deepEqual(left(), ['x', 'y']);
  });

  test('while the plan is made: what it says is said of the first owner', async () => {
    const { gate, cloud, switchKeys } = place();
    cloud.onRequest = ({ action }) => (action === 'WhoAmI' ? switchKeys() : undefined);
    const plan = await planRemoval(gate, [one]);
    assert.equal(plan?.groups[0]?.targets[0]?.verdict, 'go');
    assert.equal(plan.groups[0].identity?.accountId, 'a');
  });

  test('while the dialog is open: not sent, not gone', async () => {
    const { gate, cloud, person, switchKeys } = place();
    person.onConfirm = switchKeys;
    assert.deepEqual(outcomesOf(await remove(gate, [one])), { x: 'notSent' });
    assert.equal(cloud.count(), 0);
  });
});

describe('a call that the cloud only accepts', () => {
  function acceptOnly() {
    const where = place();
    where.cloud.put('a', 'r-1', { id: 'y', name: 'db' });
    where.cloud.onlyAccepts = true;
    return where;
  }

  test('and does not carry out is not called done, and stays open to be checked', async () => {
    const { gate, files, inventory, left } = acceptOnly();
    const rows = { provider: 'alibabaCloud', accountId: 'a', region: 'r-1' } as const;
    await inventory.list(rows, 'instance');
    const report = await remove(gate, batch('x', 'y'));
    assert.deepEqual(outcomesOf(report), { x: 'accepted', y: 'accepted' });
    assert.ok(report);
    assert.match(summaryOf(report).message, /^2 accepted, pending \(web, db\)\..*Check Unresolved Results/);
    assert.equal(inventory.peek(rows, 'instance')?.items.size, 2);
    assert.deepEqual(
      openCalls(files.records(), report.run).flatMap(({ ids }) => ids),
      ['x', 'y'],
    );
    assert.deepEqual(left(), ['x', 'y']);
  });

  test('and that nobody can read afterwards says just that', async () => {
    const { gate, cloud } = acceptOnly();
    const denied = Array.from({ length: 40 }, () => ({ kind: 'error', code: 'Denied', status: 403 }) as const);
    cloud.onRequest = ({ action }) => (action === 'RemoveBatch' ? cloud.fault('ListThings', ...denied) : undefined);
    const report = await remove(gate, batch('x'));
    assert.deepEqual(outcomesOf(report), { x: 'accepted' });
    assert.equal(report?.results[0]?.note, 'It could not be checked whether it still exists.');
  });
});

describe('the repeat of a call whose answer was lost', () => {
  test('that is refused for several says nothing of the first call', async () => {
    const { gate, cloud } = place();
    cloud.put('a', 'r-1', { id: 'y', name: 'y' }, { id: 'z', name: 'z' });
    cloud.fault('RemoveBatch', { kind: 'resetBefore' });
    let calls = 0;
    cloud.onRequest = ({ action }) => {
      if (action !== 'RemoveBatch' || ++calls < 2) return;
      // The first call takes effect bit by bit.
      cloud.remove('a', 'r-1', 'x');
      setImmediate(() => ['y', 'z'].forEach((id) => cloud.remove('a', 'r-1', id)));
    };
    assert.deepEqual(outcomesOf(await remove(gate, batch('x', 'y', 'z'))), {
      x: 'done',
      y: 'done',
      z: 'done',
    });
  });

  test('that is refused because the first one is under way is looked at again', async () => {
    const { gate, cloud } = place();
    cloud.fault('RemoveThing', { kind: 'resetBefore' }, { kind: 'error', code: 'Protected', status: 403 });
    let calls = 0;
    cloud.onRequest = ({ action }) => {
      if (action === 'RemoveThing' && ++calls === 2) setImmediate(() => cloud.remove('a', 'r-1', 'x'));
    };
    assert.deepEqual(outcomesOf(await remove(gate, [one])), { x: 'done' });
  });
});

describe('what counts when the plan is run', () => {
  test('is the safety policy as it is by then', async () => {
    const env: Record<string, string> = {};
    const { gate, cloud, person } = place(env);
    const plan = await planRemoval(gate, [one]);
    env['ALIBABA_CLOUD_SAFETY_POLICY_ENABLED'] = 'true';
    env['ALIBABA_CLOUD_SAFETY_POLICY_RULES'] = 'ecs:*=deny';
    assert.equal((await gate.runReviewed(plan?.id ?? '')).report, undefined);
    assert.match(person.told[0] ?? '', /ecs:\*.*This was not so when the plan was made\. Nothing was sent\.$/);
    assert.equal(cloud.count(), 0);
  });

  test('is what the safety policy asks to be confirmed by then', async () => {
    const env: Record<string, string> = {};
    const { gate, cloud, person } = place(env);
    person.typesIt = false;
    person.onConfirm = () => {
      env['ALIBABA_CLOUD_SAFETY_POLICY_ENABLED'] = 'true';
      env['ALIBABA_CLOUD_SAFETY_POLICY_RULES'] = '*=confirm';
    };
    assert.equal(await remove(gate, [one]), undefined);
    assert.equal(person.typed.length, 1);
    assert.equal(cloud.count(), 0);
  });

  test('is the mark of the account as it is by then', async () => {
    const { gate, cloud, person, accounts } = place();
    person.typesIt = false;
    person.onConfirm = () => void accounts.splice(0, 1, fakeAccount('a', { level: 'production' }));
    assert.equal(await remove(gate, [one]), undefined);
    assert.match(person.typed[0]?.prompt ?? '', /production account/);
    assert.equal(cloud.count(), 0);
  });

  test('is that no other run works on the same resource', async () => {
    const { gate, cloud, person } = place();
    cloud.put('a', 'r-1', { id: 'y', name: 'y' });
    const [first, second] = [await planRemoval(gate, batch('x')), await planRemoval(gate, batch('x', 'y'))];
    const reports = await Promise.all([gate.runReviewed(first?.id ?? ''), gate.runReviewed(second?.id ?? '')]);
    assert.deepEqual(
      reports.map(({ report }) => outcomesOf(report)),
      [{ x: 'done' }, {}],
    );
    assert.match(person.told.join(), /Another run is working on some of these resources\. Nothing was sent\./);
    assert.equal(cloud.count(), 1);
    // The plan that was turned away can be run when the other one is over.
    assert.deepEqual(outcomesOf((await gate.runReviewed(second?.id ?? '')).report), { x: 'already', y: 'done' });
  });
});

describe('a connection that breaks after the request was written', () => {
  for (const code of ['EHOSTUNREACH', 'EADDRNOTAVAIL', 'ECONNREFUSED', 'ERR_SSL_DECRYPTION_FAILED_OR_BAD_RECORD_MAC']) {
    test(`is no reason to send it again: ${code}`, async () => {
      const { report, destructive } = await withBreakingConnection(code);
      // No client token: a second call could hit what somebody made meanwhile.
      assert.deepEqual([destructive, outcomesOf(report)], [1, { x: 'done' }]);
      assert.match(report?.results[0]?.note ?? '', /reading afterwards shows that it is gone/);
    });
  }
});

describe('what a call rests on when it goes out', () => {
  const throttled = { kind: 'error', code: 'Throttling', status: 400, retryAfterMs: 60_000 } as const;

  test('is read again when it had to wait', async () => {
    const { gate, cloud } = place();
    cloud.fault('RemoveThing', throttled);
    cloud.onRequest = ({ action }) => {
      if (action === 'RemoveThing') cloud.put('a', 'r-1', { id: 'x', name: 'production-db' });
    };
    const report = await remove(gate, [one]);
    assert.deepEqual(outcomesOf(report), { x: 'changed' });
    assert.match(report?.results[0]?.message ?? '', /web → production-db/);
    assert.equal(cloud.count(), 1);
  });

  test('what is gone already has no advice: nothing is left to do', async () => {
    const { gate, cloud } = place();
    cloud.onRequest = ({ action }) => (action === 'RemoveThing' ? cloud.remove('a', 'r-1', 'x') : undefined);
    const report = await remove(gate, [one]);
    assert.deepEqual(outcomesOf(report), { x: 'already' });
    assert.equal(report?.results[0]?.code, 'NotFound');
    assert.equal(report?.results[0]?.advice, undefined);
  });

  test('spares those that did not change, too, when they are in one call', async () => {
    const { gate, cloud } = place();
    cloud.put('a', 'r-1', { id: 'y', name: 'db' });
    cloud.fault('RemoveBatch', throttled);
    cloud.onRequest = ({ action }) => (action === 'RemoveBatch' ? cloud.remove('a', 'r-1', 'x') : undefined);
    const report = await remove(gate, batch('x', 'y'));
    assert.deepEqual(outcomesOf(report), { x: 'already', y: 'notSent' });
    assert.ok(report);
    assert.deepEqual(
      retryable(report).map(({ planned }) => planned.target.id),
      ['y'],
    );
    assert.equal(cloud.count(), 1);
  });

  test('that cannot be read again stops the call: it was not sent, whatever became of the reading', async () => {
    const { gate, cloud, left } = place();
    const lost = Array.from({ length: 9 }, () => ({ kind: 'resetBefore' }) as const);
    cloud.fault('RemoveThing', throttled);
    cloud.onRequest = ({ action }) => (action === 'RemoveThing' ? cloud.fault('ListThings', ...lost) : undefined);
    const report = await remove(gate, [one]);
    assert.deepEqual(outcomesOf(report), { x: 'notSent' });
    assert.match(report?.results[0]?.note ?? '', /could not be read again just before the call/);
    assert.ok(report);
    assert.equal(retryable(report).length, 1);
    assert.deepEqual([cloud.count(), left()], [1, ['x']]);
  });

  test('is still good after a short wait', async () => {
    const { gate, cloud } = place();
    cloud.fault('RemoveThing', { ...throttled, retryAfterMs: 500 });
    assert.deepEqual(outcomesOf(await remove(gate, [one])), { x: 'done' });
    assert.equal(cloud.count(), 2);
  });

  test('is never taken for a change that the first sending made', async () => {
    const { gate, cloud } = place();
    cloud.fault('RemoveThing', { kind: 'resetBefore' }, throttled);
    cloud.onRequest = ({ action }) => {
      if (action === 'RemoveThing') cloud.put('a', 'r-1', { id: 'x', name: 'web', state: 'Deleting' });
    };
    assert.deepEqual(outcomesOf(await remove(gate, [one])), { x: 'done' });
  });
});

describe('an old client token', () => {
  const lost = { kind: 'resetBefore' } as const;

  test('of a call that was retried: a refusal says nothing of the first one', async () => {
    const { gate, cloud } = place();
    cloud.fault('RemoveThing', lost, lost);
    const first = await remove(gate, [one]);
    assert.ok(first);
    cloud.fault('RemoveThing', { kind: 'error', code: 'Protected', status: 403 });
    assert.deepEqual(outcomesOf((await gate.retry(first)).report), { x: 'unknown' });
  });

  test('is not used for what is left of a call', async () => {
    const { gate, cloud } = place();
    cloud.put('a', 'r-1', { id: 'y', name: 'db' });
    cloud.fault('RemoveBatch', lost);
    cloud.onRequest = ({ action }) => (action === 'RemoveBatch' ? cloud.remove('a', 'r-1', 'x') : undefined);
    const first = await remove(gate, batch('x', 'y'));
    assert.deepEqual(outcomesOf(first), { x: 'done', y: 'unknown' });
    assert.ok(first);
    assert.deepEqual(outcomesOf((await gate.retry(first)).report), { y: 'done' });
    const tokens = cloud.requests.flatMap(({ params }) => params['ClientToken'] ?? []);
    assert.equal(new Set(tokens).size, 2);
  });
});

describe('keys that were revoked before their time', () => {
  test('are read anew, and the plan is made with the new ones', async () => {
    const { gate, cloud, accounts } = place();
    let key = 'revoked';
    const credentials = (options: { readonly refresh?: boolean } = {}) => {
      if (options.refresh === true) key = 'a:2';
      return Promise.resolve({ accessKeyId: key, accessKeySecret: 'secret-of-a-test' });
    };
    accounts.splice(0, 1, { ...fakeAccount('a'), credentials });
    const refused = { kind: 'error', code: 'BadKey', status: 403 } as const;
    cloud.fault('WhoAmI', refused);
    cloud.fault('ListThings', refused);
    assert.deepEqual(outcomesOf(await remove(gate, [one])), { x: 'done' });
  });
});

describe('a dry run that is answered like the real thing', () => {
  test('is not believed, and is no dry run in the records', async () => {
    const { engine } = place();
    const rehearser = new Rehearser({
      call: (request) =>
        engine.call({
          ...request,
          params: Object.fromEntries(Object.entries(request.params).filter(([n]) => n !== 'DryRun')),
        }),
    } as typeof engine);
    const [cloud] = [fakeProvider];
    const operation = removal(cloud.kinds.find(({ id }) => id === 'instance') ?? assert.fail()).operation;
    const said = await rehearser.rehearse(
      { provider: cloud, account: fakeAccount('a'), region: 'r-1', operation, params: { InstanceId: ['x'] } },
      ['DryRunOperation'],
    );
    assert.equal(said.verdict, 'unclear');
    assert.match(said.error.message, /as if it had been carried out/);
  });
});

describe('a server error with a telling code', () => {
  for (const [status, code, expected] of [
    [500, 'InternalError.StatusAbnormal', 'done'],
    [408, 'SomeConflict', 'done'],
    [403, 'Protected', 'refused'],
  ] as const) {
    test(`${status} ${code}: ${expected}`, async () => {
      const { gate, cloud } = place();
      // Carried out all the same.
      cloud.fault('RemoveOne', { kind: 'error', code, status });
      cloud.onRequest = ({ action }) => {
        if (action === 'RemoveOne' && expected === 'done') setImmediate(() => cloud.remove('a', 'r-1', 'x'));
      };
      assert.deepEqual(outcomesOf(await remove(gate, [target('a', 'r-1', 'x', 'activation')])), { x: expected });
    });
  }
});

describe('what is said when it is over', () => {
  const protect = { kind: 'error', code: 'Protected', status: 403 } as const;

  test('an answer that leaves it open is not called lost, and no other advice contradicts it', async () => {
    const { gate, cloud } = place();
    cloud.fault('RemoveOne', { kind: 'error', code: 'Broken', status: 500 });
    const report = await remove(gate, [target('a', 'r-1', 'x', 'activation')]);
    const [result] = report?.results ?? [];
    assert.equal(result?.outcome, 'unknown');
    assert.match(result.note ?? '', /^The answer leaves open whether it was carried out, and it is still there\./);
    assert.equal(result.advice, undefined);
  });

  test('a refusal of several together says that it does not name the one', async () => {
    const { gate, cloud } = place();
    cloud.put('a', 'r-1', { id: 'y', name: 'db' });
    cloud.fault('RemoveBatch', protect);
    const report = await remove(gate, batch('x', 'y'));
    assert.ok(report);
    for (const { note } of report.results) assert.match(note ?? '', /all 2 together and does not say which/);
    assert.match(summaryOf(report).message, /^2 refused \(web, db\)\. message of Protected Lift the protection\./);
  });

  test('what could not be read before the call was not sent, and can be tried again', async () => {
    const { gate, cloud, person } = place();
    const denied = Array.from({ length: 9 }, () => ({ kind: 'error', code: 'Denied', status: 403 }) as const);
    person.onConfirm = () => cloud.fault('ListThings', ...denied);
    const report = await remove(gate, [one]);
    assert.deepEqual(outcomesOf(report), { x: 'notSent' });
    assert.ok(report);
    assert.equal(retryable(report).length, 1);
    assert.equal(cloud.count(), 0);
  });
});

/** The cloud in memory behind a real server and our transport; the client's own socket fails after each deletion. */
async function withBreakingConnection(code: string) {
  const cloud = new FakeCloud();
  cloud.put('a', 'r-1', { id: 'x', name: 'web' });
  const sockets = new Set<Socket>();
  const note = (message: unknown): void => void sockets.add((message as { readonly socket: Socket }).socket);
  subscribe('undici:client:connected', note);
  let destructive = 0;
  const server = createServer((request, response) => {
    void (async () => {
      const parts: Buffer[] = [];
      for await (const part of request) parts.push(part as Buffer);
      const body = Buffer.concat(parts).toString();
      const answer = await cloud.transport.send({ method: 'POST', url: '', headers: {}, body }, { timeoutMs: 1_000 });
      if (!/"action":"Remove/.test(body)) return response.writeHead(answer.status).end(answer.body);
      destructive++;
      for (const socket of sockets) socket.destroy(Object.assign(new Error(`read ${code}`), { code }));
      return sockets.clear();
    })();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const transport = createTransport();
  const provider = { ...fakeProvider, endpoint: () => endpoint };
  const { gate } = createWorkplace([fakeAccount('a')], {}, { providers: [provider], transport });
  try {
    return { report: await remove(gate, [target('a', 'r-1', 'x', 'activation')]), destructive };
  } finally {
    unsubscribe('undici:client:connected', note);
    await transport.close();
    server.close();
  }
}
