import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { TestContext } from 'node:test';
import { CallEngine } from '../../../src/client/callEngine';
import { CloudClient } from '../../../src/client/cloudClient';
import { defaultRetryPolicy } from '../../../src/client/retry';
import { createThrottle } from '../../../src/client/throttle';
import { createTransport } from '../../../src/client/transport';
import type { Account, Credentials } from '../../../src/core/account';
import { CloudError } from '../../../src/core/cloudError';
import type { Exchange } from '../../../src/core/exchange';
import { providerOf, providers } from '../../../src/providers/index';
import { createProfileAccounts } from '../../../src/services/accounts/createProfileAccounts';
import type { AccountProblem, Clouds } from '../../../src/services/accounts/ports';
import { ProfileAccounts } from '../../../src/services/accounts/profileAccounts';
import type { AccountSource } from '../../../src/services/accounts/registry';
import type { KeyLimits } from '../../../src/services/accounts/resolveKeys';
import { FakeClock } from './fakeClock';
import { serveHttp } from './localServer';

/** One request as the server behind roles, metadata and addresses saw it. */
export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly form: URLSearchParams;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

export interface Answered {
  readonly status?: number;
  readonly body: string | Buffer;
  /** Comes a blank at a time, and never whole. */
  readonly drips?: boolean;
}

/** In every secret of these tests: it must turn up nowhere. */
export const canary = 'CANARY7f3a';

/** A home folder of its own, with everything that is asked for keys on one local server. */
export class ProfileHome {
  readonly clock = new FakeClock();
  readonly asked: Asked[] = [];
  readonly exchanges: Exchange[] = [];
  answer: (asked: Asked) => Answered = () => ({ status: 500, body: '{}' });
  limits: KeyLimits | undefined = undefined;
  sources: AccountSource[] = [];

  private constructor(
    readonly folder: string,
    readonly url: string,
    private readonly transport: ReturnType<typeof createTransport>,
  ) {}

  static async create(t: TestContext): Promise<ProfileHome> {
    const folder = await mkdtemp(join(tmpdir(), 'profiles-'));
    let home: ProfileHome | undefined = undefined as ProfileHome | undefined;
    const server = await serveHttp((request, response) => {
      let body = '';
      request.setEncoding('utf8');
      request.on('data', (part: string) => (body += part));
      request.on('end', () => {
        const url = new URL(request.url ?? '/', 'http://local');
        const asked: Asked = {
          method: request.method ?? '',
          path: url.pathname,
          query: url.searchParams,
          form: new URLSearchParams(body),
          headers: request.headers,
        };
        home?.asked.push(asked);
        const { status = 200, body: text, drips = false } = home?.answer(asked) ?? { body: '' };
        response.writeHead(status, { 'content-type': 'application/json' });
        if (drips) drip(response);
        else response.end(text);
      });
    });
    const transport = createTransport();
    home = new ProfileHome(folder, server.url, transport);
    t.after(async () => {
      for (const source of home?.sources ?? []) source.dispose();
      await transport.close();
      await server.close();
      await rm(folder, { recursive: true, force: true });
    });
    return home;
  }

  path(...parts: readonly string[]): string {
    return join(this.folder, ...parts);
  }

  /** Writes a file of the home folder; anything but text and bytes as JSON. */
  async write(path: string, content: unknown): Promise<string> {
    const full = this.path(path);
    await mkdir(dirname(full), { recursive: true });
    const isText = typeof content === 'string' || Buffer.isBuffer(content);
    await writeFile(full, isText ? content : JSON.stringify(content, null, '\t'));
    return full;
  }

  /** Writes `~/.aliyun/config.json` with these profiles. */
  aliyun(...profiles: readonly unknown[]): Promise<string> {
    return this.write('.aliyun/config.json', { current: 'nobody', profiles, meta_path: '' });
  }

  /** Writes `~/.volcengine/config.json` with these profiles. */
  volcengine(profiles: object, more: object = {}): Promise<string> {
    return this.write('.volcengine/config.json', { current: 'nobody', profiles, ...more, enableColor: false });
  }

  /** Finds the accounts, as the extension does when it starts. */
  async open(env: Readonly<Record<string, string | undefined>> = {}, endpoint?: string): Promise<void> {
    const base = this.url.replace(/\/$/, '');
    this.sources = createProfileAccounts({
      env,
      home: this.folder,
      windows: false,
      endpoint: () => ({ ok: true, endpoint }),
      clouds: cloudsAt(base),
      client: new CloudClient(this.engine()),
      transport: this.transport,
      clock: this.clock,
      ...(this.limits === undefined ? {} : { limits: this.limits }),
    });
    await this.settled();
  }

  /** Every file was read at least once. */
  async settled(): Promise<void> {
    for (const source of this.sources) if (source instanceof ProfileAccounts) await source.ready;
  }

  list(): Account[] {
    return this.sources.flatMap((source) => [...source.list()]);
  }

  problems(): AccountProblem[] {
    return this.sources.flatMap((source) => [...(source.problems?.() ?? [])]);
  }

  account(id: string): Account {
    const account = this.list().find((candidate) => candidate.id === id);
    if (account === undefined)
      throw new Error(
        `No account ${id} among ${
          this.list()
            .map((a) => a.id)
            .join(', ') || 'none'
        }.`,
      );
    return account;
  }

  keys(id: string, options?: { readonly refresh?: boolean }): Promise<Credentials> {
    return this.account(id).credentials(options);
  }

  /** Why there are no keys. Fails where there are some, and where a secret is in what is said. */
  async refusal(id: string, options?: { readonly refresh?: boolean }): Promise<CloudError> {
    const reason: unknown = await this.keys(id, options).then(
      (keys) => new Error(`There are keys: ${keys.accessKeyId}`),
      (error: unknown) => error,
    );
    if (!CloudError.is(reason)) throw reason;
    for (const text of saidIn(reason)) if (text.includes(canary)) throw new Error('A secret is in an error.');
    if (reason.delivery !== 'notSent') throw new Error(`The delivery is ${reason.delivery}.`);
    return reason;
  }

  engine(): CallEngine {
    return new CallEngine({
      transport: this.transport,
      clock: this.clock,
      nonce: () => `nonce-${this.exchanges.length}-${this.asked.length}`,
      random: () => 0.5,
      retry: defaultRetryPolicy,
      timeoutMs: () => 5_000,
      format: () => 'json',
      throttle: createThrottle({ clock: this.clock, maxInFlight: 10 }),
      onDidCall: (exchange) => this.exchanges.push(exchange),
    });
  }
}

export const clouds: Clouds = {
  all: providers,
  provider: providerOf,
  kind: (id, kind) => providerOf(id).kinds.find((candidate) => candidate.id === kind),
};

function drip(response: ServerResponse): void {
  const timer = setInterval(() => response.write(' '), 50);
  response.on('close', () => clearInterval(timer));
}

/** The clouds with one server behind roles and metadata. */
export function cloudsAt(base: string): Clouds {
  const all = providers.map((provider) => {
    const { profiles } = provider;
    if (profiles === undefined) return provider;
    const { roles, metadata } = profiles;
    return {
      ...provider,
      profiles: { ...profiles, roles: { ...roles, endpoint: base }, metadata: { ...metadata, base } },
    };
  });
  return { ...clouds, all, provider: (id) => all.find((one) => one.id === id) ?? providerOf(id) };
}

/** Everything an error says, its causes included. */
export function saidIn(error: unknown): string[] {
  if (!(error instanceof Error)) return [String(error)];
  const own = [
    error.message,
    error.stack ?? '',
    JSON.stringify(error),
    CloudError.is(error) ? (error.advice ?? '') : '',
  ];
  return [...own, ...(error.cause === undefined ? [] : saidIn(error.cause))];
}
