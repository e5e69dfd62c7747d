import * as l10n from '@vscode/l10n';
import { CloudError } from '../core/cloudError';
import type { HttpRequest, HttpResponse } from '../core/http';
import { directNetwork, type NetworkSettings } from '../core/networkSettings';
import type { Connection, ConnectionOptions, ConnectionPools } from './connectionPools';
import type { Route } from './network';
import { networkError, ProxyFailure } from './networkError';
import { ResponseCollector } from './responseCollector';

/** Sends one request once. Never retries, never follows redirects. */
export interface Transport {
  /** Rejects with `CloudError` whose `delivery` says whether the request can have reached the cloud. */
  send(request: HttpRequest, options: SendOptions): Promise<HttpResponse>;
  close(): Promise<void>;
}

/** Looks at a connection without sending anything over it. */
export interface Inspector {
  /**
   * The way to the host and who it says it is, whether or not its certificate is accepted. Rejects with `CloudError`
   * when there is no connection.
   */
  inspect(url: string): Promise<Connection>;
  /** The way requests to it take. Rejects with `CloudError` for a proxy that cannot be used. */
  route(url: string): Promise<Route>;
}

export interface SendOptions {
  readonly signal?: AbortSignal | undefined;
  /** How long the cloud may stay silent, in milliseconds, before headers and between parts of the body. */
  readonly timeoutMs: number;
}

export interface TransportOptions extends ConnectionOptions {
  /** Asked on each request; connections are kept until what it says changes. Without it every host is reached directly. */
  readonly network?: () => NetworkSettings;
}

export const defaultTransportOptions: TransportOptions = {
  connectTimeoutMs: 10_000,
  maxAnswerBytes: 64 * 1024 * 1024,
};

/** The only way to the network. What opens connections is loaded on the first call: it costs more than all the rest. */
export function createTransport(options: TransportOptions = defaultTransportOptions): Transport & Inspector {
  let loaded: ReturnType<typeof loadConnections> | undefined;
  let pools: ConnectionPools | undefined;
  const network = (): NetworkSettings => options.network?.() ?? directNetwork;
  const openPools = async (): Promise<ConnectionPools> => {
    const { undici, ConnectionPools } = await (loaded ??= loadConnections());
    const settings = network();
    if (pools?.fits(settings) !== true) {
      void pools?.close();
      pools = new ConnectionPools(undici, settings, options);
    }
    return pools;
  };
  return {
    send: async (request, sendOptions) => sendOver(await openPools(), request, sendOptions),
    inspect: async (url) => (await openPools()).inspect(new URL(url)),
    route: async (url) => (await import('./network')).routeOf(network(), new URL(url)),
    close: async () => {
      const open = pools;
      pools = undefined;
      await open?.destroy();
    },
  };
}

/** undici, and Node's own modules for connections and certificates. */
async function loadConnections() {
  const [undici, { ConnectionPools }] = await Promise.all([import('undici'), import('./connectionPools')]);
  return { undici, ConnectionPools };
}

async function sendOver(pools: ConnectionPools, request: HttpRequest, options: SendOptions): Promise<HttpResponse> {
  const { signal, timeoutMs } = options;
  if (isAborted(signal)) throw cancelled('notSent');
  const target = targetOf(request.url);
  const { dispatcher, origin, hostname, prefix, headers } = pools.entry(target.origin);
  const answer = new ResponseCollector(signal, pools.maxAnswerBytes);
  try {
    dispatcher.dispatch(
      {
        origin,
        path: prefix + target.path,
        method: request.method,
        headers: { ...uncompressed, ...request.headers, ...headers },
        body: request.body ?? null,
        headersTimeout: timeoutMs,
        bodyTimeout: timeoutMs,
        // Volcengine deletes by GET: undici must not treat any of our calls as free to repeat.
        idempotent: false,
      },
      answer,
    );
    const response = await answer.whole;
    // Any other 407 would be an answer of the cloud.
    if (prefix !== '' && response.status === 407) throw new ProxyFailure(origin, 407);
    return response;
  } catch (error) {
    if (isAborted(signal)) throw cancelled(answer.begun ? 'unknown' : 'notSent');
    throw networkError({ error, host: hostname, beforeSending: !answer.begun });
  } finally {
    answer.release();
  }
}

/** Answers are small, and gateways have their own ideas of what compressed ones look like. */
const uncompressed = { 'accept-encoding': 'identity' };

/** Addresses of RPC calls have no path and are well formed already; parsing them costs as much as signing. */
function targetOf(url: string): { readonly origin: string; readonly path: string } {
  const [, address, target] = rpcAddress.exec(url) ?? [];
  if (address !== undefined && target !== undefined) return { origin: address, path: target };
  const { origin, pathname, search } = new URL(url);
  return { origin, path: pathname + search };
}

const rpcAddress = /^(https?:\/\/[\w.:[\]-]+)(\/(?:\?[\w.~%&=-]*)?)$/;

function isAborted(signal: AbortSignal | undefined): boolean {
  return signal?.aborted ?? false;
}

function cancelled(delivery: 'notSent' | 'unknown'): CloudError {
  return new CloudError(l10n.t('Cancelled.'), { reason: 'cancelled', delivery });
}
