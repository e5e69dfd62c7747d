import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { CallEngine, type CallRequest } from '../../../src/client/callEngine';
import { defaultRetryPolicy } from '../../../src/client/retry';
import { createThrottle } from '../../../src/client/throttle';
import type { Transport } from '../../../src/client/transport';
import type { Account, Credentials } from '../../../src/core/account';
import { CloudError, type CloudErrorFacts } from '../../../src/core/cloudError';
import type { Exchange } from '../../../src/core/exchange';
import type { HttpResponse } from '../../../src/core/http';
import type { Operation } from '../../../src/core/operation';
import type { Provider } from '../../../src/core/provider';
import type { Repeat } from '../../../src/core/repeat';
import type { AnswerError } from '../../../src/core/wire';
import { removal } from '../support/actions';
import { FakeClock } from '../support/fakeClock';
import { fakeAccount, FakeCloud, fakeKinds, fakeProvider, type Fault } from '../support/fakeCloud';

const list = fakeKinds.single.list.operation;
const remove = removal(fakeKinds.single).operation;

interface Setting {
  readonly transport?: Transport;
  readonly provider?: Provider;
  readonly onDidCall?: () => void;
  readonly onWillRepeat?: (repeat: Repeat) => void;
}

function create({ transport, provider = fakeProvider, onDidCall, onWillRepeat }: Setting = {}) {
  const clock = new FakeClock();
  const cloud = new FakeCloud();
  cloud.put('a', 'r-1', { id: 'x', name: 'web' });
  const recorded: { exchange: Exchange; secrets: readonly string[] }[] = [];
  let nonce = 0;
  const engine = new CallEngine({
    transport: transport ?? cloud.transport,
    clock,
    nonce: () => `n-${++nonce}`,
    random: () => 0.5,
    retry: defaultRetryPolicy,
    timeoutMs: () => 1_000,
    format: () => 'json',
    throttle: createThrottle({ clock, maxInFlight: 4 }),
    onDidCall: (exchange, secrets) => {
      recorded.push({ exchange, secrets });
      onDidCall?.();
    },
    onWillRepeat,
  });
  const call = (operation: Operation, params: Record<string, unknown>, more: Partial<CallRequest> = {}) =>
    engine.call({ provider, account: fakeAccount('a'), region: 'r-1', operation, params, ...more });
  return { clock, cloud, recorded, call };
}

/** An account whose keys change: each reading anew gives the next of them. */
function rotating(...keys: readonly Credentials[]): Account & { readings: number } {
  let current = 0;
  const account = {
    ...fakeAccount('a'),
    readings: 0,
    credentials: (options?: { readonly refresh?: boolean }) => {
      if (options?.refresh === true) {
        account.readings++;
        current = Math.min(current + 1, keys.length - 1);
      }
      return Promise.resolve(keys[current] ?? assert.fail('no keys'));
    },
  };
  return account;
}

const key = (serial: number): Credentials => ({
  accessKeyId: `a:${serial}`,
  accessKeySecret: `secret-${serial}-canary`,
  securityToken: `token-${serial}-canary`,
});

async function failure(promise: Promise<unknown>): Promise<CloudError> {
  const error: unknown = await promise.then(
    () => assert.fail('it did not fail'),
    (e: unknown) => e,
  );
  assert.ok(CloudError.is(error), String(error));
  return error;
}

function answering(response: Partial<HttpResponse>): Transport {
  return {
    send: () => Promise.resolve({ status: 200, headers: {}, body: '{}', ...response }),
    close: () => Promise.resolve(),
  };
}

describe('a call that is to be stopped', () => {
  test('is waited for when it is out: its answer counts', async () => {
    const { call, cloud } = create();
    const stop = new AbortController();
    cloud.onRequest = () => stop.abort();
    const { exchange } = await call(remove, { InstanceId: 'x' }, { stop: stop.signal });
    assert.equal(exchange.attempts, 1);
    assert.deepEqual(cloud.ids('a', 'r-1'), []);
  });

  test('does not go out any more', async () => {
    const { call, cloud } = create();
    const error = await failure(call(remove, { InstanceId: 'x' }, { stop: AbortSignal.abort() }));
    assert.deepEqual([error.reason, error.delivery, error.attempts], ['cancelled', 'notSent', 0]);
    assert.deepEqual(cloud.ids('a', 'r-1'), ['x']);
  });

  test('does not go out while its keys are read', async () => {
    const { call, cloud } = create();
    const stop = new AbortController();
    const account = {
      ...fakeAccount('a'),
      credentials: () => {
        stop.abort();
        return fakeAccount('a').credentials();
      },
    };
    const error = await failure(call(remove, { InstanceId: 'x' }, { account, stop: stop.signal }));
    assert.deepEqual([error.reason, error.delivery, error.attempts], ['cancelled', 'notSent', 0]);
    assert.equal(cloud.requests.length, 0);
  });

  test('is not made once more', async () => {
    const { call, cloud } = create();
    const stop = new AbortController();
    cloud.fault('RemoveThing', { kind: 'error', code: 'Throttling', status: 429 });
    cloud.onRequest = () => stop.abort();
    const error = await failure(call(remove, { InstanceId: 'x' }, { stop: stop.signal }));
    assert.deepEqual([error.reason, error.delivery, error.attempts], ['cancelled', 'notSent', 1]);
    assert.deepEqual(cloud.ids('a', 'r-1'), ['x']);
  });
});

test('each repetition is told before it is waited for, with its cause and without secrets', async () => {
  const told: string[] = [];
  const { call, cloud } = create({
    onWillRepeat: ({ account, region, error, attempt, of }) =>
      told.push(`${account.name} ${region} ${error.code} ${attempt}/${of} ${cloud.requests.length}`),
  });
  const fault = { kind: 'error', code: 'Throttling', status: 429 } as const;
  cloud.fault('RemoveThing', fault, fault);
  await call(remove, { InstanceId: 'x' });
  assert.deepEqual(told, ['Account a r-1 Throttling 2/4 1', 'Account a r-1 Throttling 3/4 2']);
});

describe('before sending', () => {
  function refuses(name: string, operation: Operation, params: Record<string, unknown>, named: string): void {
    test(name, async () => {
      const { call, cloud, recorded } = create();
      const error = await failure(call(operation, params));
      assert.deepEqual([error.reason, error.delivery], ['invalid', 'notSent']);
      assert.ok(error.message.includes(`"${named}"`), error.message);
      assert.equal(cloud.requests.length, 0);
      assert.equal(recorded[0]?.exchange.attempts, 0);
    });
  }
  refuses('a missing parameter is refused', remove, {}, 'InstanceId');
  refuses('a parameter of the wrong type is refused', list, { PageSize: '50' }, 'PageSize');
  refuses('a parameter the operation does not name is refused', list, { Surprise: 1 }, '');
});

describe('repeating', () => {
  function check(name: string, operation: Operation, faults: readonly Fault[], requests: number, works: boolean): void {
    test(name, async () => {
      const { call, cloud } = create();
      cloud.fault(operation.action, ...faults);
      const params = operation === remove ? { InstanceId: 'x', ClientToken: 't' } : {};
      const outcome = await call(operation, params).then(
        () => true,
        (e: unknown) => !CloudError.is(e),
      );
      assert.equal(outcome, works);
      assert.equal(cloud.count(operation.action), requests);
    });
  }
  const server: Fault = { kind: 'error', code: 'InternalError', status: 500 };
  const throttled: Fault = { kind: 'error', code: 'Throttling', status: 400, retryAfterMs: 100 };
  check('a read is repeated after a lost answer', list, [{ kind: 'resetAfter' }, { kind: 'resetBefore' }], 3, true);
  check('a read is repeated after a time-out', list, [{ kind: 'hang' }], 2, true);
  check('a read is repeated after server errors', list, [server, server], 3, true);
  check('a read gives up after the fourth attempt', list, [server, server, server, server, server], 4, false);
  check('a read is not repeated after a sign-in page', list, [{ kind: 'html' }], 1, false);
  check('a deletion is not repeated after a lost answer', remove, [{ kind: 'resetAfter' }], 1, false);
  check('nor after a reset that may have come before it acted', remove, [{ kind: 'resetBefore' }], 1, false);
  check('nor after a time-out', remove, [{ kind: 'hang' }], 1, false);
  check('nor after a server error', remove, [server], 1, false);
  check('a throttled deletion is repeated', remove, [throttled, throttled], 3, true);
  check('a deletion that never reached the cloud is repeated', remove, [{ kind: 'refused' }], 1, true);

  test('it waits as long as the cloud asks, and signs anew with the same parameters', async () => {
    const { call, cloud, clock } = create();
    cloud.fault('RemoveThing', throttled);
    await call(remove, { InstanceId: 'x', ClientToken: 't' });
    assert.ok(clock.sleeps.includes(100), String(clock.sleeps));
    const [first, second] = cloud.requests.map((r) => r.params);
    assert.deepEqual(first, second);
  });

  test('keys that cannot be fetched are not asked for without end', async () => {
    const { call } = create();
    let asked = 0;
    const credentials = (): Promise<never> => {
      asked++;
      return Promise.reject(new CloudError('down', { reason: 'network', delivery: 'notSent', code: 'ECONNREFUSED' }));
    };
    await failure(call(list, {}, { account: { ...fakeAccount('a'), credentials } }));
    assert.equal(asked, defaultRetryPolicy.maxAttempts);
  });

  test('cancelled between attempts: the call was refused and is not sent again', async () => {
    const { call, cloud } = create();
    cloud.fault('RemoveThing', throttled);
    const abort = new AbortController();
    cloud.onRequest = () => abort.abort();
    const error = await failure(call(remove, { InstanceId: 'x' }, { signal: abort.signal }));
    assert.deepEqual([error.reason, error.delivery], ['cancelled', 'notSent']);
    assert.equal(cloud.count(), 1);
  });
});

describe('"still being processed"', () => {
  const busy: Fault = { kind: 'error', code: 'IdempotentProcessing', status: 412 };
  const provider: Provider = {
    ...fakeProvider,
    classify: () => ({ status: 412, message: '', reason: 'throttled', advice: () => 'Wait.' }),
  };
  const params = { InstanceId: 'x', ClientToken: 't' };

  test('is asked for again with the same token until it is answered', async () => {
    const { call, cloud } = create({ provider });
    cloud.fault('RemoveThing', busy, busy);
    await call(remove, params);
    assert.equal(cloud.count(), 3);
  });

  function staysUnknown(name: string, ...faults: readonly Fault[]): void {
    test(`${name}: nobody knows`, async () => {
      const { call, cloud } = create({ provider });
      cloud.fault('RemoveThing', ...faults);
      assert.equal((await failure(call(remove, params))).delivery, 'unknown');
    });
  }
  const refused: Fault = { kind: 'refused' };
  staysUnknown('to the end', busy, busy, busy, busy);
  staysUnknown('and then no connection', busy, refused, refused, refused);

  test('and then cancelled: nobody knows', async () => {
    const { call, cloud } = create({ provider });
    cloud.fault('RemoveThing', busy);
    const abort = new AbortController();
    cloud.onRequest = () => abort.abort();
    const error = await failure(call(remove, params, { signal: abort.signal }));
    assert.deepEqual([error.reason, error.delivery], ['cancelled', 'unknown']);
  });
});

describe('refused keys', () => {
  const badKey: Fault = { kind: 'error', code: 'BadKey', status: 403 };

  test('are read anew once, and the call is made with the new ones', async () => {
    const { call, cloud } = create();
    cloud.fault('RemoveThing', badKey);
    const account = rotating(key(1), key(2));
    await call(remove, { InstanceId: 'x' }, { account });
    assert.deepEqual(
      cloud.requests.map((r) => r.accountKey),
      ['a:1', 'a:2'],
    );
  });

  test('are not tried again when they did not change', async () => {
    const { call, cloud } = create();
    cloud.fault('ListThings', badKey, badKey);
    const account = rotating(key(1));
    assert.equal((await failure(call(list, {}, { account }))).code, 'BadKey');
    assert.deepEqual([account.readings, cloud.requests.length], [1, 1]);
  });

  test('are not read anew a second time', async () => {
    const { call, cloud } = create();
    cloud.fault('ListThings', badKey, badKey, badKey);
    const account = rotating(key(1), key(2), key(3));
    await failure(call(list, {}, { account }));
    assert.deepEqual([account.readings, cloud.requests.length], [1, 2]);
  });
});

describe('the record', () => {
  test('of a success has the answer word for word', async () => {
    const { call, recorded } = create();
    const { exchange } = await call(list, {}, { subject: 'x' });
    assert.equal(recorded.length, 1);
    assert.equal(recorded[0]?.exchange, exchange);
    assert.deepEqual(
      [exchange.action, exchange.region, exchange.subject, exchange.host, exchange.attempts, exchange.status],
      ['ListThings', 'r-1', 'x', 'fake.test', 1, 200],
    );
    assert.match(exchange.body ?? '', /"Things":\[/);
    assert.equal(exchange.language, 'json');
    assert.equal(exchange.error, undefined);
  });

  test('of a refusal has it too, and the error names the record', async () => {
    const { call, cloud, recorded } = create();
    cloud.fault('RemoveThing', { kind: 'error', code: 'Denied', status: 403 });
    const error = await failure(call(remove, { InstanceId: 'x' }));
    assert.equal(error.exchangeId, recorded[0]?.exchange.id);
    assert.equal(error.requestId, recorded[0]?.exchange.requestId);
    assert.match(recorded[0]?.exchange.body ?? '', /"Denied"/);
    assert.deepEqual([error.reason, error.permission], ['permission', 'ecs:RemoveThing']);
  });

  test('of a lost answer says that none came, and how often it was tried', async () => {
    const { call, cloud, recorded } = create();
    cloud.fault('ListThings', ...Array.from({ length: 4 }, (): Fault => ({ kind: 'resetAfter' })));
    await failure(call(list, {}));
    const { body, status, attempts, error } = recorded[0]?.exchange ?? assert.fail('not recorded');
    assert.deepEqual([body, status, attempts, error?.reason], [undefined, undefined, 4, 'network']);
  });

  test('comes with the secrets that must not be shown', async () => {
    const { call, recorded } = create();
    await call(list, {}, { account: rotating(key(1)) });
    assert.deepEqual([...(recorded[0]?.secrets ?? [])].sort(), ['a:1', 'secret-1-canary', 'token-1-canary']);
  });

  test('a recorder that fails does not make a deletion look failed', async (t) => {
    const thrown: unknown[] = [];
    t.mock.method(globalThis, 'queueMicrotask', (task: () => void) => {
      try {
        task();
      } catch (error) {
        thrown.push(error);
      }
    });
    const broken = new Error('the log is closed');
    const { call, cloud } = create({
      onDidCall: () => {
        throw broken;
      },
    });
    await call(remove, { InstanceId: 'x' });
    assert.deepEqual(cloud.ids('a', 'r-1'), []);
    assert.deepEqual(thrown, [broken]);
  });
});

describe('errors', () => {
  test('never hold the keys, whatever the cloud echoes', async () => {
    const message = 'server string to sign is:GET&%2F&AccessKeyId%3Da%253A1%26SecurityToken%3Dtoken-1-canary';
    const body = JSON.stringify({ Code: 'SignatureDoesNotMatch', Message: message, RequestId: 'r' });
    const { call } = create({ transport: answering({ status: 400, body }) });
    const error = await failure(call(list, {}, { account: rotating(key(1)) }));
    assert.doesNotMatch(error.message, /canary/);
    assert.match(error.message, /string to sign/);
  });

  test('a wrong clock is named, with how far it is off', async () => {
    const body = JSON.stringify({ Code: 'InvalidTimeStamp.Expired', Message: 'expired', RequestId: 'r' });
    const headers = { date: 'Fri, 02 Jan 2026 02:24:05 GMT' };
    const { call } = create({ transport: answering({ status: 400, body, headers }) });
    assert.match((await failure(call(list, {}))).advice ?? '', /40 minutes ahead/);
  });

  test('an answer of another form is no failure of the call, and says where', async () => {
    const { call } = create({ transport: answering({ body: '{"RequestId":"r-9","Owner":7}' }) });
    const error = await failure(call(fakeProvider.identity?.operation ?? assert.fail(), {}));
    assert.deepEqual([error.reason, error.requestId], ['unexpectedAnswer', 'r-9']);
    assert.match(error.message, /"Owner/);
  });

  function reasonOf(code: string, status: number, expected: Partial<CloudErrorFacts>, operation = list): void {
    test(`${operation.effect}: ${code} with ${status} is ${String(expected.reason)}, ${String(expected.delivery)}`, async () => {
      const body = JSON.stringify({ Code: code, Message: 'm', RequestId: 'r' });
      const { call } = create({ transport: answering({ status, body }) });
      const { reason, delivery } = await failure(call(operation, operation === remove ? { InstanceId: 'x' } : {}));
      assert.deepEqual({ reason, delivery }, expected);
    });
  }
  reasonOf('NeverHeardOf', 400, { reason: 'invalid', delivery: 'answered' });
  reasonOf('NeverHeardOf', 502, { reason: 'server', delivery: 'answered' });
  reasonOf('NeverHeardOf', 502, { reason: 'server', delivery: 'unknown' }, remove);
  reasonOf('constructor', 400, { reason: 'invalid', delivery: 'answered' });
  reasonOf('NotFound', 404, { reason: 'notFound', delivery: 'answered' }, remove);
});

describe('secrets that an answer repeats', () => {
  const keys = {
    accessKeyId: 'LTAI5tCANARY1',
    accessKeySecret: 'CANARY+secret/2',
    securityToken: 'CANARYtoken3==',
  };
  const account = (): Account => ({ ...fakeAccount('a'), credentials: () => Promise.resolve(keys) });
  const echoes = Object.values(keys).flatMap((key) => [
    key,
    key.toLowerCase(),
    encodeURIComponent(key),
    Buffer.from(key).toString('base64'),
    `${key.slice(0, 5)}\n${key.slice(5)}`,
  ]);
  const saidOf = (error: CloudError): string =>
    JSON.stringify([
      error.message,
      error.code,
      error.requestId,
      error.recommend,
      error.permission,
      error.advice,
      error.stack,
      String(error.cause),
    ]);
  const isClean = (text: string): boolean => {
    const bare = text.toLowerCase().replaceAll('\\n', '');
    return Object.values(keys).every(
      (key) =>
        ![key, encodeURIComponent(key), Buffer.from(key).toString('base64').slice(0, -3)].some((form) =>
          bare.includes(form.toLowerCase()),
        ),
    );
  };
  const answering = (said: Partial<AnswerError>): Provider => ({
    ...fakeProvider,
    wire: { ...fakeProvider.wire, decode: () => ({ ok: false, error: { code: 'Denied', message: 'no', ...said } }) },
  });

  for (const field of ['message', 'code', 'requestId', 'recommend', 'permission'] as const)
    test(`are in no fact of the failure and in nothing of the record: ${field}`, async () => {
      for (const echo of echoes) {
        const provider = answering({ [field]: `before ${echo} after` });
        const { call, recorded } = create({ provider });
        const error: unknown = await call(list, {}, { provider, account: account() }).catch((e: unknown) => e);
        assert.ok(CloudError.is(error));
        assert.ok(isClean(saidOf(error)), `${echo}: ${saidOf(error)}`);
        const { exchange } = recorded[0] ?? assert.fail();
        assert.ok(isClean(JSON.stringify([exchange.requestId, exchange.error && saidOf(exchange.error)])), echo);
      }
    });

  test('are in no header that is kept', async () => {
    const transport: Transport = {
      send: () =>
        Promise.resolve({ status: 502, headers: { 'x-acs-request-id': keys.accessKeySecret }, body: '<html>' }),
      close: () => Promise.resolve(),
    };
    const { call, recorded } = create({ transport });
    await call(list, {}, { account: account() }).catch(() => undefined);
    assert.ok(isClean(String(recorded[0]?.exchange.requestId)));
  });

  test('are in nothing that a change says of each resource', async () => {
    const value = { RequestId: 'r', Results: [{ Code: `x${keys.accessKeySecret}`, Message: keys.securityToken }] };
    const provider: Provider = {
      ...fakeProvider,
      wire: { ...fakeProvider.wire, decode: () => ({ ok: true, requestId: 'r', value }) },
    };
    const { call } = create({ provider });
    const result = await call(remove, { InstanceId: 'x' }, { provider, account: account() });
    assert.ok(isClean(JSON.stringify(result.value)), JSON.stringify(result.value));
  });

  test('are in no cause', async () => {
    const transport: Transport = {
      send: () =>
        Promise.reject(
          new CloudError('broken', {
            reason: 'network',
            delivery: 'unknown',
            cause: new Error(`header ${keys.accessKeySecret}`),
          }),
        ),
      close: () => Promise.resolve(),
    };
    const error: unknown = await create({ transport })
      .call(remove, { InstanceId: 'x' }, { account: account() })
      .catch((e: unknown) => e);
    assert.ok(CloudError.is(error) && isClean(saidOf(error)));
  });
});

test('keys that no header can hold are not tried', async () => {
  const { call, cloud, recorded } = create();
  const spoiled: Account = {
    ...fakeAccount('a'),
    credentials: () => Promise.resolve({ accessKeyId: 'LTAI\u200b1', accessKeySecret: 'CANARY' }),
  };
  await assert.rejects(call(list, {}, { account: spoiled }), (error) => {
    assert.ok(CloudError.is(error, 'auth') && error.delivery === 'notSent' && error.attempts === 0);
    return /access key ID of "Account a" \(test\).*U\+200B/.test(error.message);
  });
  assert.deepEqual([cloud.requests, recorded[0]?.exchange.attempts], [[], 0]);
});
