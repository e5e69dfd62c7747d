import type * as undiciModule from 'undici';
import type { Agent, Dispatcher, Pool } from 'undici';
import type { NetworkSettings } from '../core/networkSettings';
import { createConnector, type Connector } from '../platform/connector';
import { loadTrust, peerOf, type PeerFacts, type Trust } from '../platform/trust';
import { routeOf, type Route } from './network';
import { networkError, ProxyFailure } from './networkError';
import type { Proxy } from './proxyAddress';

/** What a connection turned out to be. */
export interface Connection {
  readonly route: Route;
  /** Undefined for plain HTTP. */
  readonly peer: PeerFacts | undefined;
  readonly trust: Pick<Trust, 'sources' | 'unusable'>;
}

/** What `undici.cjs` puts into the bundle. */
export type Undici = Pick<typeof undiciModule, 'Agent' | 'Pool' | 'buildConnector'>;

/** Limits on connections and on what comes over them. */
export interface ConnectionOptions {
  readonly connectTimeoutMs: number;
  /** A larger answer is refused, in bytes. */
  readonly maxAnswerBytes: number;
}

/** Where requests to one origin are handed over. */
export interface Entry {
  readonly dispatcher: Dispatcher;
  /** What the dispatcher is asked for. */
  readonly origin: string;
  /** The cloud's host, for messages. */
  readonly hostname: string;
  /** Written before the path: the whole address, where a proxy forwards plain HTTP. */
  readonly prefix: string;
  /** What the way itself asks for, beside the request's own. */
  readonly headers: Readonly<Record<string, string>> | undefined;
}

/** All connections under one state of the network settings. */
export class ConnectionPools {
  private readonly key: string;
  private readonly direct: Agent;
  private readonly proxied = new Map<string, { readonly agent: Agent; readonly pool: Pool }>();
  private readonly entries = new Map<string, Entry>();
  private trust: Promise<Trust> | undefined;

  constructor(
    private readonly undici: Undici,
    private settings: NetworkSettings,
    private readonly options: ConnectionOptions,
  ) {
    this.key = JSON.stringify(settings);
    this.direct = this.agent(this.connector({ strict: true }));
  }

  get maxAnswerBytes(): number {
    return this.options.maxAnswerBytes;
  }

  fits(settings: NetworkSettings): boolean {
    if (settings === this.settings) return true;
    if (JSON.stringify(settings) !== this.key) return false;
    this.settings = settings;
    return true;
  }

  /** Where requests to this origin are handed over. Worked out once for each: the settings of these pools do not change. */
  entry(origin: string): Entry {
    let entry = this.entries.get(origin);
    if (entry === undefined) this.entries.set(origin, (entry = this.findEntry(new URL(origin))));
    return entry;
  }

  private findEntry(url: URL): Entry {
    const route = routeOf(this.settings, url);
    const { origin, host, hostname } = url;
    if (route.type === 'direct') return { dispatcher: this.direct, origin, hostname, prefix: '', headers: undefined };
    const pool = this.poolTo(route.proxy);
    if (url.protocol === 'https:') return { dispatcher: pool.agent, origin, hostname, prefix: '', headers: undefined };
    const headers = { host, ...authorization(route.proxy) };
    return { dispatcher: pool.pool, origin: route.proxy.address, hostname, prefix: origin, headers };
  }

  async inspect(url: URL): Promise<Connection> {
    const route = routeOf(this.settings, url);
    const strict = this.isStrict(route);
    const lenient = { strict: false };
    const connect =
      route.type === 'direct'
        ? this.connector(lenient)
        : this.tunnel(route.proxy, this.poolTo(route.proxy).pool, lenient);
    const { host, hostname, port, protocol } = url;
    const trust = await this.trusted();
    return new Promise((resolve, reject) => {
      connect({ host, hostname, port, protocol }, (error, socket) => {
        if (error !== null) return reject(networkError({ error, host: hostname, beforeSending: true }));
        const peer = peerOf(socket, strict);
        socket.destroy();
        resolve({ route, peer, trust });
      });
    });
  }

  /** Lets what is under way finish. */
  async close(): Promise<void> {
    await Promise.allSettled([...this.all()].map((dispatcher) => dispatcher.close()));
  }

  async destroy(): Promise<void> {
    await Promise.allSettled([...this.all()].map((dispatcher) => dispatcher.destroy()));
  }

  private *all(): Iterable<Dispatcher> {
    yield this.direct;
    for (const { agent, pool } of this.proxied.values()) yield* [agent, pool];
  }

  private trusted(): Promise<Trust> {
    const { systemCertificates: system, environment } = this.settings;
    return (this.trust ??= loadTrust({ system, extraFile: environment.extraCaFile }));
  }

  private isStrict(route: Route): boolean {
    return route.type === 'direct' || this.settings.strictSsl;
  }

  private poolTo(proxy: Proxy): { readonly agent: Agent; readonly pool: Pool } {
    let known = this.proxied.get(proxy.address);
    if (known === undefined) {
      const options = { strict: this.settings.strictSsl };
      const pool = new this.undici.Pool(proxy.address, {
        connect: this.connector(options),
        headersTimeout: this.options.connectTimeoutMs,
        maxResponseSize: this.options.maxAnswerBytes,
        pipelining: 1,
      });
      known = { pool, agent: this.agent(this.tunnel(proxy, pool, options)) };
      this.proxied.set(proxy.address, known);
    }
    return known;
  }

  private agent(connect: Connector): Agent {
    return new this.undici.Agent({
      connect,
      maxResponseSize: this.options.maxAnswerBytes,
      keepAliveTimeout: 4_000,
      pipelining: 1,
    });
  }

  /** Opens connections; certificates are read when the first one needs them. */
  private connector({ strict }: { readonly strict: boolean }): Connector {
    return createConnector({
      overTls: this.undici.buildConnector,
      timeoutMs: this.options.connectTimeoutMs,
      tls: async () => {
        const { context } = await this.trusted();
        return { rejectUnauthorized: strict, ...(context && { secureContext: context }) };
      },
    });
  }

  /** Opens connections to hosts behind a proxy: CONNECT, then TLS with the host itself. */
  private tunnel(proxy: Proxy, pool: Pool, options: { readonly strict: boolean }): Connector {
    const finish = this.connector(options);
    return (target, callback) => {
      const path = target.port === '' ? `${target.hostname}:443` : `${target.hostname}:${target.port}`;
      pool.connect({ path, headers: { host: path, ...authorization(proxy) } }).then(
        ({ statusCode, socket }) => {
          // The typings say Duplex; CONNECT hands over the connection itself.
          const connection = socket as unknown as NonNullable<typeof target.httpSocket>;
          if (statusCode >= 200 && statusCode < 300) return finish({ ...target, httpSocket: connection }, callback);
          connection.on('error', () => undefined).destroy();
          callback(new ProxyFailure(proxy.address, statusCode), null);
        },
        (error: unknown) => callback(new ProxyFailure(proxy.address, undefined, error), null),
      );
    };
  }
}

function authorization(proxy: Proxy): Record<string, string> {
  return proxy.authorization === undefined ? {} : { 'proxy-authorization': proxy.authorization };
}
