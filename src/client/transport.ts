import * as l10n from '@vscode/l10n';
import type * as undiciModule from 'undici';
import type { Agent, Dispatcher, Pool, buildConnector } from 'undici';
import { CloudError } from '../core/cloudError';
import type { HttpRequest, HttpResponse } from '../core/http';
import { directNetwork, type NetworkSettings } from '../core/networkSettings';
import { loadTrust, peerOf, type PeerFacts, type Trust } from '../util/trust';
import { routeOf, type Proxy, type Route } from './network';
import { networkError, ProxyFailure } from './networkError';

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
}

/** What a connection turned out to be. */
export interface Connection {
  readonly route: Route;
  /** Undefined for plain HTTP. */
  readonly peer: PeerFacts | undefined;
  readonly trust: Pick<Trust, 'sources' | 'unusable'>;
}

export interface SendOptions {
  readonly signal?: AbortSignal | undefined;
  /** How long the cloud may stay silent, in milliseconds, before headers and between parts of the body. */
  readonly timeoutMs: number;
}

export interface TransportOptions {
  readonly connectTimeoutMs: number;
  /** A larger answer is refused, in bytes. */
  readonly maxAnswerBytes: number;
  /** Asked on each request; connections are kept until what it says changes. Without it every host is reached directly. */
  readonly network?: () => NetworkSettings;
}

export const defaultTransportOptions: TransportOptions = {
  connectTimeoutMs: 10_000,
  maxAnswerBytes: 64 * 1024 * 1024,
};

/** The only way to the network. undici is loaded on the first call: it costs more than all the rest of the client. */
export function createTransport(options: TransportOptions = defaultTransportOptions): Transport & Inspector {
  let undici: Promise<Undici> | undefined;
  let lines: Lines | undefined;
  const linesNow = async (): Promise<Lines> => {
    const loaded = await (undici ??= import('undici'));
    const settings = options.network?.() ?? directNetwork;
    if (lines?.fits(settings) !== true) {
      void lines?.close();
      lines = new Lines(loaded, settings, options);
    }
    return lines;
  };
  return {
    send: async (request, sendOptions) => sendOver(await linesNow(), request, sendOptions),
    inspect: async (url) => (await linesNow()).inspect(new URL(url)),
    close: async () => {
      const open = lines;
      lines = undefined;
      await open?.destroy();
    },
  };
}

/** What `undici.cjs` puts into the bundle. */
type Undici = Pick<typeof undiciModule, 'Agent' | 'Pool' | 'buildConnector'>;
type Connector = buildConnector.connector;
type AnswerHeaders = Dispatcher.ResponseData['headers'];

/** Where requests to one origin are handed over. */
interface Entry {
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
class Lines {
  private readonly key: string;
  private readonly direct: Agent;
  private readonly proxied = new Map<string, { readonly agent: Agent; readonly pool: Pool }>();
  private readonly entries = new Map<string, Entry>();
  private readonly brokenBeforeSending = new WeakSet<Error>();
  private trust: Promise<Trust> | undefined;

  constructor(
    private readonly undici: Undici,
    private settings: NetworkSettings,
    private readonly options: TransportOptions,
  ) {
    this.key = JSON.stringify(settings);
    this.direct = this.agent(this.connector({ strict: true }));
  }

  fits(settings: NetworkSettings): boolean {
    if (settings === this.settings) return true;
    if (JSON.stringify(settings) !== this.key) return false;
    this.settings = settings;
    return true;
  }

  /** Where requests to this origin are handed over. Worked out once for each: the settings of these lines do not change. */
  entry(origin: string): Entry {
    let entry = this.entries.get(origin);
    if (entry === undefined) this.entries.set(origin, (entry = this.findEntry(new URL(origin))));
    return entry;
  }

  private findEntry(url: URL): Entry {
    const route = routeOf(this.settings, url);
    const { origin, host, hostname } = url;
    if (route.type === 'direct') return { dispatcher: this.direct, origin, hostname, prefix: '', headers: undefined };
    const line = this.lineTo(route.proxy);
    if (url.protocol === 'https:') return { dispatcher: line.agent, origin, hostname, prefix: '', headers: undefined };
    const headers = { host, ...authorization(route.proxy) };
    return { dispatcher: line.pool, origin: route.proxy.address, hostname, prefix: origin, headers };
  }

  async inspect(url: URL): Promise<Connection> {
    const route = routeOf(this.settings, url);
    const strict = this.isStrict(route);
    const lenient = { strict: false };
    const connect =
      route.type === 'direct'
        ? this.connector(lenient)
        : this.tunnel(route.proxy, this.lineTo(route.proxy).pool, lenient);
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

  /** Whether a request that failed with this error had a connection to be written to. */
  isBeforeSending(error: unknown): boolean {
    return error instanceof Error && this.brokenBeforeSending.has(error);
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

  private lineTo(proxy: Proxy): { readonly agent: Agent; readonly pool: Pool } {
    let line = this.proxied.get(proxy.address);
    if (line === undefined) {
      const options = { strict: this.settings.strictSsl };
      const pool = new this.undici.Pool(proxy.address, {
        connect: this.connector(options),
        headersTimeout: this.options.connectTimeoutMs,
        maxResponseSize: this.options.maxAnswerBytes,
        pipelining: 1,
      });
      line = { pool, agent: this.agent(this.tunnel(proxy, pool, options)) };
      this.proxied.set(proxy.address, line);
    }
    return line;
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
    const timeout = this.options.connectTimeoutMs;
    const plain = this.undici.buildConnector({ timeout });
    let secure: Promise<Connector> | undefined;
    const secured = async (): Promise<Connector> => {
      const { context } = await this.trusted();
      return this.undici.buildConnector({
        timeout,
        rejectUnauthorized: strict,
        ...(context && { secureContext: context }),
      });
    };
    return (target, callback) => {
      const done = this.noting(callback);
      if (target.protocol !== 'https:') return plain(target, done);
      (secure ??= secured()).then(
        (connect) => connect(target, done),
        (error: unknown) => done(asError(error), null),
      );
    };
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
          this.noting(callback)(new ProxyFailure(proxy.address, statusCode), null);
        },
        (error: unknown) => this.noting(callback)(new ProxyFailure(proxy.address, undefined, error), null),
      );
    };
  }

  /** Remembers the failures of connecting: whatever their code, the request cannot have left. */
  private noting(callback: buildConnector.Callback): buildConnector.Callback {
    return (...args) => {
      if (args[0] !== null) this.brokenBeforeSending.add(args[0]);
      callback(...args);
    };
  }
}

async function sendOver(lines: Lines, request: HttpRequest, options: SendOptions): Promise<HttpResponse> {
  const { signal, timeoutMs } = options;
  if (isAborted(signal)) throw cancelled('notSent');
  const target = targetOf(request.url);
  const { dispatcher, origin, hostname, prefix, headers } = lines.entry(target.origin);
  const answer = new Answering(signal);
  try {
    dispatcher.dispatch(
      {
        origin,
        path: prefix + target.path,
        method: request.method,
        headers: headers === undefined ? request.headers : { ...request.headers, ...headers },
        body: request.body ?? null,
        headersTimeout: timeoutMs,
        bodyTimeout: timeoutMs,
        // Volcengine deletes by GET: undici must not treat any of our calls as free to repeat.
        idempotent: false,
      },
      answer,
    );
    const response = await answer.whole;
    if (response.status === 407) throw new ProxyFailure(origin, 407);
    return response;
  } catch (error) {
    if (isAborted(signal)) throw cancelled(answer.begun ? 'unknown' : 'notSent');
    throw networkError({ error, host: hostname, beforeSending: lines.isBeforeSending(error) });
  } finally {
    answer.release();
  }
}

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

/**
 * Gathers one answer. undici's `request` would wrap it into a stream, which costs more than everything else that
 * happens to a call here, and it does not tell when a request got its connection.
 */
class Answering implements Dispatcher.DispatchHandler {
  /** Rejects when the request failed, or was cancelled before it had a connection: people need not wait for one. */
  readonly whole: Promise<HttpResponse>;
  /** From here on the request may have been written. */
  begun = false;
  private status = 0;
  private headers: Record<string, string> = {};
  private readonly parts: Buffer[] = [];
  private resolve!: (response: HttpResponse) => void;
  private reject!: (error: unknown) => void;
  private controller: Dispatcher.DispatchController | undefined;

  constructor(private readonly signal: AbortSignal | undefined) {
    this.whole = new Promise((resolve, reject) => {
      this.resolve = resolve;
      this.reject = reject;
    });
    signal?.addEventListener('abort', this.cancel, { once: true });
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    // undici writes nothing for a request that is aborted here.
    if (this.signal?.aborted === true) return controller.abort(new Error('aborted'));
    this.begun = true;
    this.controller = controller;
  }

  /** Called for interim answers, too; the last one counts. */
  onResponseStart(_controller: Dispatcher.DispatchController, status: number, headers: AnswerHeaders): void {
    this.status = status;
    this.headers = flatHeaders(headers);
  }

  onResponseData(_controller: Dispatcher.DispatchController, part: Buffer): void {
    this.parts.push(part);
  }

  onResponseEnd(): void {
    const [first, ...more] = this.parts;
    const body = more.length > 0 ? Buffer.concat(this.parts).toString() : (first?.toString() ?? '');
    this.resolve({ status: this.status, headers: this.headers, body });
  }

  onResponseError(_controller: Dispatcher.DispatchController | undefined, error: Error): void {
    this.reject(error);
  }

  /** To be called when nobody waits any more. */
  release(): void {
    this.signal?.removeEventListener('abort', this.cancel);
  }

  private readonly cancel = (): void => {
    const reason = new Error('aborted');
    if (this.controller === undefined) this.reject(reason);
    else this.controller.abort(reason);
  };
}

function authorization(proxy: Proxy): Record<string, string> {
  return proxy.authorization === undefined ? {} : { 'proxy-authorization': proxy.authorization };
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}

function flatHeaders(headers: AnswerHeaders): Record<string, string> {
  const flat: Record<string, string> = {};
  for (const name in headers) {
    const value = headers[name];
    if (value !== undefined) flat[name] = typeof value === 'string' ? value : value.join(', ');
  }
  return flat;
}

function cancelled(delivery: 'notSent' | 'unknown'): CloudError {
  return new CloudError(l10n.t('Cancelled.'), { reason: 'cancelled', delivery });
}
