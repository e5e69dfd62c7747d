import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer as createPlain, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createSecure } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { TestContext } from 'node:test';
import {
  createTransport,
  defaultTransportOptions,
  type Inspector,
  type Transport,
} from '../../../src/client/transport';
import { directNetwork, type NetworkSettings } from '../../../src/core/networkSettings';

const tlsFolder = join(import.meta.dirname, '..', '..', 'fixtures', 'tls');

/** The authority that signed the certificate of every server here; nothing but `NODE_EXTRA_CA_CERTS` makes it trusted. */
export const companyCa = join(tlsFolder, 'ca.pem');

export interface SeenByProxy {
  readonly method: string;
  readonly target: string;
  readonly authorized: boolean;
}

export interface CompanyProxy {
  readonly port: number;
  /** Every request it got so far. */
  readonly log: readonly SeenByProxy[];
}

/** A proxy process of its own that ends with the test. */
export async function startProxy(
  t: TestContext,
  options: { upstream: number; user?: string; tls?: boolean },
): Promise<CompanyProxy> {
  const { upstream, user = '-', tls } = options;
  const child = fork(
    join(import.meta.dirname, 'proxyProcess.ts'),
    [String(upstream), user, tls === true ? 'tls' : 'plain'],
    {
      execArgv: ['--import', 'tsx'],
      stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    },
  );
  t.after(async () => {
    const ended = once(child, 'exit');
    child.kill();
    await ended;
  });
  if (child.stdout === null) throw new Error('The proxy has no output.');
  const lines = createInterface({ input: child.stdout });
  const [first] = (await once(lines, 'line')) as [string];
  const log: SeenByProxy[] = [];
  // The proxy writes exactly these lines.
  lines.on('line', (line) => log.push(JSON.parse(line) as SeenByProxy));
  return { port: (JSON.parse(first) as { port: number }).port, log };
}

export interface Endpoint {
  readonly port: number;
  readonly requests: {
    readonly method: string;
    readonly host: string;
    readonly url: string;
    readonly body: string;
    readonly headers: IncomingMessage['headers'];
  }[];
}

export type Respond = (request: {
  readonly method: string;
  readonly url: string;
  readonly body: string;
  readonly headers: IncomingMessage['headers'];
}) => {
  readonly status?: number;
  readonly body: string;
};

/** A server on loopback that ends with the test; with `tls` under the company's authority. */
export async function startEndpoint(
  t: TestContext,
  respond: Respond,
  options: { readonly tls: boolean },
): Promise<Endpoint> {
  const requests: Endpoint['requests'] = [];
  const handle = (incoming: IncomingMessage, answer: ServerResponse): void => {
    let body = '';
    incoming.setEncoding('utf8');
    incoming.on('data', (part: string) => (body += part));
    incoming.on('end', () => {
      const { method = '', url = '', headers } = incoming;
      requests.push({ method, url, body, headers, host: headers.host ?? '' });
      const reply = respond({ method, url, body, headers });
      answer.writeHead(reply.status ?? 200, { 'content-type': 'application/json' }).end(reply.body);
    });
  };
  const files = { key: readFileSync(join(tlsFolder, 'server.key')), cert: readFileSync(join(tlsFolder, 'server.pem')) };
  const server = options.tls ? createSecure(files, handle) : createPlain(handle);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  });
  // A listening TCP server has an address with a port.
  return { port: (server.address() as AddressInfo).port, requests };
}

/** The network of a company: its authority is trusted, and nothing else differs from the default. */
export function companyNetwork(changes: Partial<NetworkSettings> = {}): NetworkSettings {
  return {
    ...directNetwork,
    systemCertificates: false,
    ...changes,
    environment: { extraCaFile: companyCa, ...changes.environment },
  };
}

/** A transport that ends with the test. */
export function transportFor(t: TestContext, network: () => NetworkSettings): Transport & Inspector {
  const transport = createTransport({ ...defaultTransportOptions, connectTimeoutMs: 5_000, network });
  t.after(() => transport.close());
  return transport;
}
