/**
 * A company's proxy: asks for a user and password, opens tunnels, passes plain requests on, and writes one JSON line
 * for each request. Whatever host is asked for, it leads to this computer: the names of the clouds need not resolve.
 *
 * Arguments: the port behind it, `user:password` (or `-` for nobody), and with `tls` it speaks TLS itself.
 */
import { readFileSync } from 'node:fs';
import { createServer as createPlain, request, type IncomingMessage, type RequestListener } from 'node:http';
import { createServer as createSecure } from 'node:https';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { join } from 'node:path';

const [upstream = '', user = '-', tls] = process.argv.slice(2);
const expected = user === '-' ? undefined : `Basic ${Buffer.from(user, 'utf8').toString('base64')}`;

const passOn: RequestListener = (incoming, answer) => {
  if (!admit(incoming)) {
    answer.writeHead(407, { 'proxy-authenticate': 'Basic realm="company"' }).end('who are you?');
    return;
  }
  const { pathname, search } = new URL(incoming.url ?? '/');
  const headers = { ...incoming.headers };
  delete headers['proxy-authorization'];
  const outgoing = request(
    { host: '127.0.0.1', port: Number(upstream), path: pathname + search, method: incoming.method, headers },
    (reply) => {
      answer.writeHead(reply.statusCode ?? 502, reply.headers);
      reply.pipe(answer);
    },
  );
  incoming.pipe(outgoing);
};

const server =
  tls === 'tls' ? createSecure({ key: read('server.key'), cert: read('server.pem') }, passOn) : createPlain(passOn);

server.on('connect', (incoming: IncomingMessage, socket: Socket) => {
  socket.on('error', () => undefined);
  if (!admit(incoming)) {
    socket.end(
      'HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm="company"\r\nContent-Length: 0\r\n\r\n',
    );
    return;
  }
  if (incoming.url?.startsWith('forbidden.') === true) {
    socket.end('HTTP/1.1 403 Forbidden\r\nContent-Length: 9\r\n\r\nforbidden');
    return;
  }
  const inner = connect(Number(upstream), '127.0.0.1', () => {
    socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
    inner.pipe(socket).pipe(inner);
  });
  inner.on('error', () => socket.destroy());
});

function admit(incoming: IncomingMessage): boolean {
  const authorized = expected === undefined || incoming.headers['proxy-authorization'] === expected;
  say({ method: incoming.method, target: incoming.url, authorized });
  return authorized;
}

function read(name: string): Buffer {
  return readFileSync(join(import.meta.dirname, '..', '..', 'fixtures', 'tls', name));
}

function say(line: object): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

server.listen(0, '127.0.0.1', () => {
  // A listening TCP server has an address with a port.
  say({ port: (server.address() as AddressInfo).port });
});
process.on('disconnect', () => process.exit());
