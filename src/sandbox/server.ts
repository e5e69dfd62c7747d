import type { Server, ServerOptions } from 'node:http';
import { createServer } from 'node:http';
import type { Event } from '../util/lifecycle';
import { converse } from './connection';
import type { Desk } from './controls';
import { createDesk } from './controls';
import type { IssuedKey } from './keys';
import type { LoggedRequest } from './requestLog';
import type { SandboxOptions } from './state';
import { createWorld } from './state';
import { ownNames } from './strangers';

/** Where a cloud of the sandbox is, and a key for it. */
export interface SandboxCloud {
  /** Scheme, host and port: `http://127.0.0.1:…`. */
  readonly endpoint: string;
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
}

/** A running sandbox. Nothing in it is real, and nothing outside this machine can reach it. */
export interface Sandbox extends Desk {
  readonly alibabaCloud: SandboxCloud;
  readonly volcengine: SandboxCloud;
  /** The address below which orders are taken; only with `control`. */
  readonly controlUrl: string | undefined;
  readonly onDidReceive: Event<LoggedRequest>;
  /** Fires when a request has its status, or surely gets none. */
  readonly onDidAnswer: Event<LoggedRequest>;
  /** Ends every connection; settled when the port is free. Safe to call twice. */
  dispose(): Promise<void>;
}

/** Starts a sandbox on loopback, with keys made up on the spot. Rejects when the port is taken. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const world = createWorld(options);
  const desk = createDesk(world);
  const controlToken = options.control === true ? world.randomBytes(18).toString('base64url') : undefined;
  const ended = new AbortController();
  const server = createServer(patience(options.requestTimeoutMs ?? 30_000));
  server.maxConnections = 1_000;
  const port = await listen(server, options.port ?? 0);
  const house = { world, desk, controlToken, own: ownNames(port), held: { bytes: 0 }, ended: ended.signal };
  server.on('request', (request, response) => void converse(request, response, house));
  const endpoint = `http://127.0.0.1:${port}`;
  return {
    ...desk,
    alibabaCloud: cloudAt(endpoint, world.keys.issue('alibabaCloud')),
    volcengine: cloudAt(endpoint, world.keys.issue('volcengine')),
    controlUrl: controlToken === undefined ? undefined : `${endpoint}/_sandbox/${controlToken}`,
    onDidReceive: world.log.onDidReceive,
    onDidAnswer: world.log.onDidAnswer,
    dispose: () => {
      ended.abort(new Error('The sandbox was stopped.'));
      return close(server);
    },
  };
}

/** How long a request may take to arrive: who sends it byte by byte does not keep its place. */
function patience(requestTimeoutMs: number): ServerOptions {
  return {
    headersTimeout: requestTimeoutMs,
    requestTimeout: requestTimeoutMs,
    connectionsCheckingInterval: Math.ceil(requestTimeoutMs / 4),
    // Shorter than clients keep idle connections, a close would meet a request on its way.
    keepAliveTimeout: 65_000,
  };
}

function cloudAt(endpoint: string, { accessKeyId, accessKeySecret }: IssuedKey): SandboxCloud {
  return { endpoint, accessKeyId, accessKeySecret };
}

/** Resolves with the port once it listens. Loopback only: the address is not an option. */
function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host: '127.0.0.1', port }, () => {
      server.off('error', reject);
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
