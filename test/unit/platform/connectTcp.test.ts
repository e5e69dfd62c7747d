import assert from 'node:assert/strict';
import dns from 'node:dns';
import { once } from 'node:events';
import net, { type AddressInfo, type Socket } from 'node:net';
import { describe, test, type TestContext } from 'node:test';
import { TcpConnector } from '../../../src/platform/connectTcp';
import { freePort } from '../support/localServer';

/** What becomes of an attempt: at once, never, or when it is told to. */
type Way = 'there' | 'refused' | 'silent';

interface Attempt {
  readonly address: string;
  readonly socket: Socket;
  answer(way: 'there' | 'refused'): void;
}

/** A host whose addresses are nowhere; each attempt leads where the test says, to a server that counts what it is sent. */
async function create(t: TestContext, addresses: readonly string[], first: readonly Way[] = []) {
  const accepted: Socket[] = [];
  const server = net.createServer((socket) => void accepted.push(socket.on('error', () => undefined)));
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const port = (server.address() as AddressInfo).port; // A TCP server that listens.
  const nobody = await freePort();
  const found = addresses.map((address) => ({ address, family: net.isIP(address) }));
  t.mock.method(dns, 'lookup', (...args: unknown[]) => {
    process.nextTick(args.at(-1) as (...found: unknown[]) => void, null, found); // The last argument is called back.
  });
  const attempts: Attempt[] = [];
  t.mock.method(net, 'connect', ({ host = '' }: net.TcpNetConnectOpts) => {
    const socket = new net.Socket();
    const answer = (way: 'there' | 'refused'): void =>
      void socket.connect(way === 'there' ? port : nobody, '127.0.0.1');
    const way = first[attempts.length];
    attempts.push({ address: host, socket, answer });
    if (way === 'there' || way === 'refused') answer(way);
    return socket;
  });
  t.mock.timers.enable({ apis: ['setTimeout'] });
  t.after(() => {
    for (const { socket } of attempts) socket.destroy();
    for (const socket of accepted) socket.destroy();
    server.close();
  });
  const tcp = new TcpConnector();
  const limit = new AbortController();
  const connect = (): Promise<Socket> =>
    new Promise((resolve, reject) =>
      tcp.connect('ecs.example.com', 443, limit.signal, (error, socket) =>
        error === null ? resolve(socket) : reject(error),
      ),
    );
  /** Waits until attempts were begun, as many as said. */
  const begun = async (count: number): Promise<void> => {
    while (attempts.length < count) await new Promise((resolve) => setImmediate(resolve));
    assert.equal(attempts.length, count);
  };
  const tried = (): string[] => attempts.map(({ address }) => address);
  const turn = async (): Promise<void> => {
    for (let i = 0; i < 5; i++) await new Promise((resolve) => setImmediate(resolve));
  };
  return { connect, begun, attempts, tried, accepted, limit, turn };
}

const two = ['192.0.2.1', '192.0.2.2'];

describe('a host with several addresses', () => {
  test('is reached at the first of them; the others are left alone', async (t) => {
    const { connect, tried, attempts } = await create(t, two, ['there']);
    assert.equal(await connect(), attempts[0]?.socket);
    t.mock.timers.tick(60_000);
    assert.deepEqual(tried(), ['192.0.2.1']);
  });

  test('the next is tried beside a slow one only after 2 to 3 s, and the slow one still counts', async (t) => {
    const { connect, begun, tried, attempts, turn } = await create(t, two);
    const connected = connect();
    await begun(1);
    t.mock.timers.tick(1_999);
    await turn();
    assert.deepEqual(tried(), ['192.0.2.1']);
    t.mock.timers.tick(1_001);
    await begun(2);
    assert.ok(attempts.every(({ socket }) => !socket.destroyed));
    t.mock.timers.tick(5_000);
    attempts[0]?.answer('there');
    assert.equal(await connected, attempts[0]?.socket);
    assert.equal(attempts[1]?.socket.destroyed, true);
  });

  test('the next is tried at once where one has failed', async (t) => {
    const { connect, tried, attempts } = await create(t, two, ['refused', 'there']);
    assert.equal(await connect(), attempts[1]?.socket);
    assert.deepEqual(tried(), two);
  });

  test('one that fails beside a slow one does not end it', async (t) => {
    const { connect, begun, attempts, turn } = await create(t, two, ['silent', 'refused']);
    const connected = connect();
    await begun(1);
    t.mock.timers.tick(3_000);
    await begun(2);
    await turn();
    attempts[0]?.answer('there');
    assert.equal(await connected, attempts[0]?.socket);
  });

  test('has one connection, and the loser is closed with nothing written', async (t) => {
    const { connect, begun, attempts, accepted } = await create(t, two);
    const connected = connect();
    await begun(1);
    t.mock.timers.tick(3_000);
    await begun(2);
    for (const attempt of attempts) attempt.answer('there');
    const socket = await connected;
    const loser = attempts.find((attempt) => attempt.socket !== socket)?.socket ?? assert.fail();
    assert.equal(loser.destroyed, true);
    assert.equal(loser.bytesWritten, 0);
    assert.ok(accepted.length <= 2);
  });

  test('families take turns, in the order of the resolver', async (t) => {
    const addresses = ['2001:db8::1', '2001:db8::2', '2001:db8::3', '192.0.2.1', '192.0.2.2'];
    const { connect, tried } = await create(t, addresses, ['refused', 'refused', 'refused', 'refused', 'there']);
    await connect();
    assert.deepEqual(tried(), ['2001:db8::1', '192.0.2.1', '2001:db8::2', '192.0.2.2', '2001:db8::3']);
  });

  test('a dead one in front is waited for once', async (t) => {
    const { connect, begun, attempts, tried } = await create(t, two, ['silent', 'there', 'there']);
    const connected = connect();
    await begun(1);
    t.mock.timers.tick(3_000);
    await connected;
    assert.equal(attempts[1]?.address, '192.0.2.2');
    await connect();
    assert.deepEqual(tried(), ['192.0.2.1', '192.0.2.2', '192.0.2.2']);
  });

  test('fails with the first failure when none is there', async (t) => {
    const { connect, tried } = await create(t, two, ['refused', 'refused']);
    await assert.rejects(connect(), (error: AggregateError) => {
      assert.deepEqual(
        error.errors.map(({ code }: NodeJS.ErrnoException) => code),
        ['ECONNREFUSED', 'ECONNREFUSED'],
      );
      return true;
    });
    assert.deepEqual(tried(), two);
  });

  test('is given up with all its attempts when the time is over', async (t) => {
    const { connect, begun, attempts, limit, turn, tried } = await create(t, [...two, '192.0.2.3']);
    void connect();
    await begun(1);
    t.mock.timers.tick(3_000);
    await begun(2);
    limit.abort();
    assert.ok(attempts.every(({ socket }) => socket.destroyed));
    t.mock.timers.tick(60_000);
    await turn();
    assert.deepEqual(tried(), two);
  });
});
