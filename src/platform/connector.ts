import type { Socket } from 'node:net';
import type { SecureContext } from 'node:tls';
import { TcpConnector } from './connectTcp';

type Callback = (...outcome: [error: null, socket: Socket] | [error: Error, socket: null]) => void;

/** As undici asks for connections. */
export type Connector = (
  target: { hostname: string; host?: string; protocol: string; port: string; httpSocket?: Socket },
  callback: Callback,
) => void;

interface TlsOptions {
  rejectUnauthorized: boolean;
  secureContext?: SecureContext;
}

export interface ConnectorOptions {
  /** Makes what speaks TLS over a connection that is there. */
  readonly overTls: (options: TlsOptions & { timeout: number }) => Connector;
  /** For addresses and TLS together. */
  readonly timeoutMs: number;
  /** What connections are encrypted with; asked for when the first one needs it. */
  readonly tls: () => Promise<TlsOptions>;
}

/** Opens connections: to whichever address of the host is there, then TLS over it where it is wanted. */
export function createConnector({ overTls, timeoutMs, tls }: ConnectorOptions): Connector {
  const tcp = new TcpConnector();
  let built: Promise<Connector> | undefined;
  const secure = (): Promise<Connector> =>
    (built ??= tls().then((options) => overTls({ ...options, timeout: timeoutMs })));
  return (target, callback) => {
    const { hostname, protocol, port, httpSocket } = target;
    if (protocol !== 'https:') {
      const { settle, signal } = within(timeoutMs, callback);
      return tcp.connect(hostname, Number(port || 80), signal, settle);
    }
    secure().then(
      (connect) => {
        if (httpSocket !== undefined) return connect(target, callback);
        const { settle, signal } = within(timeoutMs, callback);
        tcp.connect(hostname, Number(port || 443), signal, (error, socket) => {
          if (error !== null) settle(error, null);
          else connect({ ...target, httpSocket: socket }, settle);
        });
      },
      (error: unknown) => callback(error instanceof Error ? error : new Error(String(error)), null),
    );
  };
}

/** Calls back once: with what came of it, or that it took too long, and then aborts what is still tried. */
function within(ms: number, callback: Callback): { readonly settle: Callback; readonly signal: AbortSignal } {
  const limit = new AbortController();
  let isSettled = false;
  const settle: Callback = (...outcome) => {
    clearTimeout(timer);
    if (isSettled) return void outcome[1]?.destroy();
    isSettled = true;
    callback(...outcome);
  };
  const timer = setTimeout(() => {
    settle(Object.assign(new Error('connect timeout'), { code: 'UND_ERR_CONNECT_TIMEOUT' }), null);
    limit.abort();
  }, ms);
  return { settle, signal: limit.signal };
}
