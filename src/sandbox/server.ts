import type { Server, ServerOptions } from 'node:http';
import { createServer } from 'node:http';
import type { ProviderId } from '../core/account';
import type { Event } from '../util/lifecycle';
import type { SandboxAccess } from './cloud';
import { perCloud } from './clouds';
import { handleRequest } from './connection';
import type { Controls } from './controls';
import { createControls } from './controls';
import type { LoggedRequest } from './requestLog';
import type { SandboxOptions } from './state';
import { createState } from './state';
import { ownNames } from './strangers';

/** A running sandbox. Nothing in it is real, and nothing outside this machine can reach it. */
export interface Sandbox extends Controls, Readonly<Record<ProviderId, SandboxAccess>> {
  /** The access to each cloud as the cloud's own tools name its parts: what `npm run sandbox` prints. */
  readonly announcement: Readonly<Record<ProviderId, Readonly<Record<string, string>>>>;
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
  const state = createState(options);
  const controls = createControls(state);
  const controlToken = options.control === true ? state.randomBytes(18).toString('base64url') : undefined;
  const ended = new AbortController();
  const server = createServer(patience(options.requestTimeoutMs ?? 30_000));
  server.maxConnections = 1_000;
  const port = await listen(server, options.port ?? 0);
  const context = { state, controls, controlToken, own: ownNames(port), held: { bytes: 0 }, ended: ended.signal };
  server.on('request', (request, response) => void handleRequest(request, response, context));
  const endpoint = `http://127.0.0.1:${port}`;
  const access = perCloud((cloud): SandboxAccess => {
    const { accessKeyId, accessKeySecret } = state.keys.issue(cloud);
    return { endpoint, accessKeyId, accessKeySecret };
  });
  return {
    ...controls,
    ...access,
    announcement: perCloud((cloud) => cloud.announce(access[cloud.provider.id])),
    controlUrl: controlToken === undefined ? undefined : `${endpoint}/_sandbox/${controlToken}`,
    onDidReceive: state.log.onDidReceive,
    onDidAnswer: state.log.onDidAnswer,
    dispose: () => {
      ended.abort(new Error('The sandbox was stopped.'));
      return close(server);
    },
  };
}

/** How long a request may take to arrive: who sends it byte by byte does not keep its place. */
function patience(requestTimeoutMs: number): ServerOptions {
  return {
    // A script of 24 KB stands in the address, every odd character of it as three.
    maxHeaderSize: 160 * 1_024,
    headersTimeout: requestTimeoutMs,
    requestTimeout: requestTimeoutMs,
    connectionsCheckingInterval: Math.ceil(requestTimeoutMs / 4),
    // Shorter than clients keep idle connections, a close would meet a request on its way.
    keepAliveTimeout: 65_000,
  };
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
