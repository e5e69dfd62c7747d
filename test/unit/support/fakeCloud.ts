import * as z from 'zod/mini';
import type { SendOptions, Transport } from '../../../src/client/transport';
import type { Account, AccountLevel } from '../../../src/core/account';
import { CloudError } from '../../../src/core/cloudError';
import { facet, tagFacet } from '../../../src/core/facet';
import type { HttpRequest, HttpResponse } from '../../../src/core/http';
import type { Item } from '../../../src/core/item';
import type { Kind } from '../../../src/core/kind';
import { defineOperation, strict, type Operation, type ValueOf } from '../../../src/core/operation';
import { onePage } from '../../../src/core/pager';
import type { Provider } from '../../../src/core/provider';
import { list, object, requiredText, text } from '../../../src/core/tolerant';

/**
 * A cloud in memory with the smallest possible wire, for tests of everything above the wire. It keeps its things by
 * account and region, records every request, and misbehaves when told to.
 */
export interface Thing {
  readonly id: string;
  readonly name: string;
  readonly state?: string;
  readonly protected?: boolean;
  readonly os?: string;
  readonly address?: string;
  readonly activation?: string;
  readonly team?: string;
}

/** What happens to the next call of an action: an answer, or a failure of the connection before or after it acted. */
export type Fault =
  | { readonly kind: 'error'; readonly code: string; readonly status: number; readonly retryAfterMs?: number }
  | { readonly kind: 'resetBefore' }
  | { readonly kind: 'resetAfter' }
  | { readonly kind: 'refused' }
  | { readonly kind: 'hang' }
  | { readonly kind: 'html' };

export interface FakeRequest {
  readonly action: string;
  readonly accountKey: string;
  readonly region: string;
  readonly params: Readonly<Record<string, unknown>>;
}

const product = { provider: 'alibabaCloud', code: 'ecs', version: '1' } as const;
const region = { RegionId: z.string() };
const paged = {
  PageNumber: z.optional(z.number()),
  PageSize: z.optional(z.number()),
  Ids: z.optional(z.array(z.string())),
  State: z.optional(z.string()),
  Activation: z.optional(z.string()),
};
const page = 'https://example.test/page';
const thing = object({
  id: requiredText,
  name: text,
  state: text,
  os: text,
  address: text,
  activation: text,
  team: text,
});

const listThings = defineOperation({
  action: 'ListThings',
  product,
  effect: 'read',
  danger: 'none',
  params: strict(() => ({ ...region, ...paged })),
  response: object({ RequestId: text, Things: list(thing), TotalCount: z.optional(z.number()) }),
  permission: 'ecs:ListThings',
  errors: {},
  page,
});

const removeThing = defineOperation({
  action: 'RemoveThing',
  product,
  effect: 'destroy',
  danger: 'interrupts',
  params: strict(() => ({ ...region, InstanceId: z.string(), ClientToken: z.optional(z.string()) })),
  response: object({ RequestId: text }),
  permission: 'ecs:RemoveThing',
  errors: {
    NotFound: { status: 404, message: 'gone', reason: 'notFound', advice: () => 'It is gone.' },
    Protected: { status: 403, message: 'protected', reason: 'conflict', advice: () => 'Lift the protection.' },
  },
  page,
});

const removeBatch = defineOperation({
  action: 'RemoveBatch',
  product,
  effect: 'destroy',
  danger: 'destroys',
  params: strict(() => ({
    ...region,
    InstanceId: z.array(z.string()),
    DryRun: z.optional(z.boolean()),
    ClientToken: z.optional(z.string()),
  })),
  response: object({ RequestId: text }),
  permission: 'ecs:RemoveBatch',
  errors: removeThing.errors,
  page,
});

const removeOne = defineOperation({
  ...removeThing,
  action: 'RemoveOne',
  params: strict(() => ({ ...region, ActivationId: z.string() })),
});

const whoAmI = defineOperation({
  action: 'WhoAmI',
  product,
  effect: 'read',
  danger: 'none',
  params: strict(() => ({})),
  response: object({ RequestId: text, Owner: z.string() }),
  permission: 'sts:WhoAmI',
  errors: {},
  page,
});

const listRegions = defineOperation({
  action: 'ListRegions',
  product,
  effect: 'read',
  danger: 'none',
  params: strict(() => ({})),
  response: object({ RequestId: text, Regions: z.array(z.string()) }),
  permission: 'ecs:ListRegions',
  errors: {},
  page,
});

function thingsOf(value: unknown): readonly Item[] {
  // The response schema of ListThings has checked it.
  return (value as ValueOf<typeof listThings>).Things;
}

function fieldOf(item: Item, name: string): string {
  const value = item[name];
  return typeof value === 'string' ? value : '';
}

function kindOf(id: Kind['id'], operation: Operation, many: boolean): Kind {
  const idName = operation === removeOne ? 'ActivationId' : 'InstanceId';
  return {
    id,
    icon: 'vm',
    one: () => 'thing',
    many: () => 'Things',
    list: {
      operation: listThings,
      pager: onePage,
      numbered: {
        size: 2,
        page: (number) => ({ PageNumber: number, PageSize: 2 }),
        total: (value) => (value as { TotalCount?: number }).TotalCount,
      },
      filter: ({ status, activationId }) => ({ State: status, Activation: activationId }),
      items: thingsOf,
    },
    lookup: { idsPerCall: 3, params: (ids) => ({ Ids: [...ids] }) },
    search: (text) =>
      text.startsWith('i-') ? { calls: [{ Ids: [text] }], findsAll: true } : { calls: [], findsAll: false },
    identify: (item) => fieldOf(item, 'id'),
    name: (item) => fieldOf(item, 'name'),
    state: (item) => ({
      token: fieldOf(item, 'state'),
      label: () => fieldOf(item, 'state'),
      icon: 'vm',
      tone: 'muted',
      isTransient: ['Starting', 'Stopping'].includes(fieldOf(item, 'state')),
    }),
    summary: () => [],
    facets: [
      facet('os', (item) => fieldOf(item, 'os')),
      tagFacet((item) => [{ key: 'team', value: fieldOf(item, 'team') }].filter(({ value }) => value !== '')),
      facet('activation', (item) => fieldOf(item, 'activation')),
    ],
    addresses: (item) => [fieldOf(item, 'address')].filter((address) => address !== ''),
    texts: (item) => [fieldOf(item, 'address')].filter((address) => address !== ''),
    fields: [],
    actions: [
      {
        id: idName === 'ActivationId' ? 'deleteActivation' : many ? 'deleteInstances' : 'deregisterManagedInstance',
        operation,
        menu: 'remove',
        ids: { param: idName, perCall: many ? 3 : 1, allOrNothing: many },
        inputs: [],
        params: (ids, answers) => ({ [idName]: many ? [...ids] : ids[0], ...answers }),
        review: {
          findings: (item) =>
            item['protected'] === true ? [{ level: 'refused', code: 'protected', text: 'It is protected.' }] : [],
          sameAs: (item) => ({ name: fieldOf(item, 'name'), state: fieldOf(item, 'state') }),
        },
        goal: { type: 'gone', codes: ['NotFound'], settlesLater: many },
        words: {
          button: () => 'Remove',
          command: () => 'Remove Thing',
          title: () => 'Remove things',
          question: (count) => `Remove ${count} things?`,
          task: (count) => `Remove ${count} things`,
          consequence: () => 'They will be gone.',
          doing: () => 'Removing',
          done: () => 'Removed',
          outcome: { done: () => 'removed', already: () => 'already gone' },
        },
      },
    ],
  };
}

/** Three kinds: one id a call with a token, many ids all or nothing, one id a call without a token. */
export const fakeKinds = {
  single: kindOf('managedInstance', removeThing, false),
  batch: kindOf('instance', removeBatch, true),
  tokenless: {
    ...kindOf('activation', removeOne, false),
    registers: { kind: 'managedInstance', filter: (activationId) => ({ activationId }) },
  } satisfies Kind,
} as const;

export const fakeProvider: Provider = {
  id: 'alibabaCloud',
  name: () => 'Fake',
  wire: {
    withRegion: (operation, params, place) =>
      'RegionId' in operation.params.shape ? { ...params, RegionId: place } : { ...params },
    encode: ({ operation, params, credentials, endpoint, region: place }) => ({
      method: 'POST',
      url: `${endpoint}/`,
      headers: {},
      body: JSON.stringify({
        action: operation.action,
        accountKey: credentials.accessKeyId,
        region: place ?? '',
        params,
      } satisfies FakeRequest),
    }),
    decode: (_operation, response) => {
      if (!response.body.startsWith('{')) {
        throw new CloudError('Not an answer of the cloud.', {
          reason: 'unexpectedAnswer',
          delivery: 'unknown',
          status: response.status,
        });
      }
      // The fake writes these answers itself, in `answer` below.
      const value = JSON.parse(response.body) as {
        RequestId: string;
        Code?: string;
        Message?: string;
        RetryAfter?: number;
      };
      if (value.Code === undefined) return { ok: true, requestId: value.RequestId, value };
      return {
        ok: false,
        error: {
          code: value.Code,
          message: value.Message ?? '',
          requestId: value.RequestId,
          retryAfterMs: value.RetryAfter,
        },
      };
    },
  },
  errors: {
    Throttling: { status: 400, message: 'slow', reason: 'throttled', advice: () => 'Wait.' },
    InternalError: { status: 500, message: 'oops', reason: 'server', advice: () => 'Try again.' },
    BadKey: { status: 403, message: 'bad key', reason: 'auth', advice: () => 'Check the key.' },
    Denied: { status: 403, message: 'denied', reason: 'permission', advice: () => 'Ask for the permission.' },
  },
  classify: () => undefined,
  policyFor: (permission) => JSON.stringify({ Action: permission }),
  kinds: [fakeKinds.single, fakeKinds.batch, fakeKinds.tokenless],
  regions: {
    operation: listRegions,
    region: undefined,
    params: () => ({}),
    rows: (value) => (value as ValueOf<typeof listRegions>).Regions.map((id) => ({ id, name: `Region ${id}` })),
    pager: onePage,
    nameOf: (id) => `Region ${id}`,
  },
  identity: {
    operation: whoAmI,
    region: undefined,
    read: (value) => {
      const { Owner } = value as ValueOf<typeof whoAmI>;
      return { accountId: Owner, caller: `${Owner}/user` };
    },
  },
  operations: [listThings, removeThing, removeBatch, removeOne, whoAmI, listRegions],
  endpoint: () => 'https://fake.test',
  unsupportedRegionCodes: ['Unsupported'],
};

export class FakeCloud {
  readonly requests: FakeRequest[] = [];
  readonly faults = new Map<string, Fault[]>();
  /** How long the client waits for an answer that never comes, in turns of the event loop. */
  patience = 10;
  /** Called after a request arrived and before it acts. */
  onRequest: (request: FakeRequest) => void = () => undefined;
  /** Deletions are accepted and never carried out. */
  onlyAccepts = false;
  private readonly things = new Map<string, Map<string, Thing>>();
  private readonly tokens = new Map<string, HttpResponse>();
  private serial = 0;

  put(accountKey: string, place: string, ...things: readonly Thing[]): void {
    const records = this.records(accountKey, place);
    for (const one of things) records.set(one.id, one);
  }

  ids(accountKey: string, place: string): string[] {
    return [...this.records(accountKey, place).keys()];
  }

  remove(accountKey: string, place: string, id: string): void {
    this.records(accountKey, place).delete(id);
  }

  fault(action: string, ...faults: readonly Fault[]): void {
    this.faults.set(action, [...(this.faults.get(action) ?? []), ...faults]);
  }

  /** How many requests of the given actions arrived; of all destructive ones when none is named. */
  count(...actions: readonly string[]): number {
    const named = actions.length > 0 ? actions : ['RemoveThing', 'RemoveBatch', 'RemoveOne'];
    return this.requests.filter((r) => named.includes(r.action)).length;
  }

  readonly transport: Transport = {
    send: (request, options) => this.send(request, options),
    close: () => Promise.resolve(),
  };

  private async send(http: HttpRequest, options: SendOptions): Promise<HttpResponse> {
    // Written by the fake wire above.
    const request = JSON.parse(http.body ?? '{}') as FakeRequest;
    const fault = this.faults.get(request.action)?.shift();
    await Promise.resolve();
    if (fault?.kind === 'refused')
      throw new CloudError('No connection.', { reason: 'network', delivery: 'notSent', code: 'ECONNREFUSED' });
    this.requests.push(request);
    this.onRequest(request);
    if (fault?.kind === 'resetBefore') throw broken();
    if (fault?.kind === 'hang') return hang(options.signal, () => this.patience);
    if (fault?.kind === 'html') return { status: 200, headers: {}, body: '<html>Sign in</html>' };
    if (fault?.kind === 'error') return this.refusal(fault.code, fault.status, fault.retryAfterMs);
    const response = this.answer(request);
    if (fault?.kind === 'resetAfter') throw broken();
    return response;
  }

  private answer(request: FakeRequest): HttpResponse {
    const { params, action } = request;
    const token = typeof params['ClientToken'] === 'string' ? params['ClientToken'] : undefined;
    const known = token === undefined ? undefined : this.tokens.get(token);
    if (known !== undefined) return known;
    const response = this.act(action, request);
    if (token !== undefined && response.status === 200) this.tokens.set(token, response);
    return response;
  }

  protected act(action: string, request: FakeRequest): HttpResponse {
    const { params, accountKey, region: place } = request;
    switch (action) {
      case 'WhoAmI':
        return this.ok({ Owner: ownerOf(accountKey) });
      case 'ListRegions':
        return this.ok({ Regions: ['r-1', 'r-2'] });
      case 'ListThings':
        return this.listing(request);
      case 'RemoveThing':
      case 'RemoveOne':
        return this.removal([String(params['InstanceId'] ?? params['ActivationId'])], accountKey, place, false);
      case 'RemoveBatch':
        return this.removal(params['InstanceId'] as string[], accountKey, place, params['DryRun'] === true);
      default:
        return this.refusal('Unknown', 404);
    }
  }

  private listing({ params, accountKey, region: place }: FakeRequest): HttpResponse {
    const { State, Activation } = params;
    const all = [...this.records(accountKey, place).values()].filter(
      (t) => (State === undefined || t.state === State) && (Activation === undefined || t.activation === Activation),
    );
    const ids = params['Ids'] as string[] | undefined;
    if (ids !== undefined) return this.ok({ Things: all.filter((t) => ids.includes(t.id)) });
    const size = (params['PageSize'] as number | undefined) ?? all.length;
    const start = (((params['PageNumber'] as number | undefined) ?? 1) - 1) * size;
    return this.ok({ Things: all.slice(start, start + size), TotalCount: all.length });
  }

  private removal(ids: readonly string[], accountKey: string, place: string, dryRun: boolean): HttpResponse {
    const records = this.records(accountKey, place);
    if (ids.some((id) => !records.has(id))) return this.refusal('NotFound', 404);
    if (ids.some((id) => records.get(id)?.protected === true)) return this.refusal('Protected', 403);
    if (dryRun) return this.refusal('DryRunOperation', 400);
    if (!this.onlyAccepts) for (const id of ids) records.delete(id);
    return this.ok({});
  }

  private records(accountKey: string, place: string): Map<string, Thing> {
    const key = `${ownerOf(accountKey)} ${place}`;
    let records = this.things.get(key);
    if (records === undefined) this.things.set(key, (records = new Map<string, Thing>()));
    return records;
  }

  protected ok(value: object): HttpResponse {
    return { status: 200, headers: {}, body: JSON.stringify({ RequestId: `req-${++this.serial}`, ...value }) };
  }

  protected refusal(code: string, status: number, retryAfterMs?: number): HttpResponse {
    const body = {
      RequestId: `req-${++this.serial}`,
      Code: code,
      Message: `message of ${code}`,
      RetryAfter: retryAfterMs,
    };
    return { status, headers: {}, body: JSON.stringify(body) };
  }
}

/** Keys look like `owner:serial`, so that one owner can have several. */
export function ownerOf(accountKey: string): string {
  return accountKey.split(':')[0] ?? accountKey;
}

export function fakeAccount(
  id: string,
  options: { readonly key?: string; readonly level?: AccountLevel } = {},
): Account {
  const key = options.key ?? `${id}:1`;
  return {
    id,
    provider: 'alibabaCloud',
    name: `Account ${id}`,
    source: 'test',
    level: options.level ?? 'normal',
    credentials: () => Promise.resolve({ accessKeyId: key, accessKeySecret: 'secret-of-a-test' }),
  };
}

function broken(): CloudError {
  return new CloudError('The connection broke.', { reason: 'network', delivery: 'unknown', code: 'ECONNRESET' });
}

/** Silence until the client's time-out (some turns of the event loop) or until it is cancelled. */
async function hang(signal: AbortSignal | undefined, patience: () => number): Promise<never> {
  for (let turn = 0; turn < patience() && signal?.aborted !== true; turn++)
    await new Promise((resolve) => setImmediate(resolve));
  if (signal?.aborted === true) throw new CloudError('Cancelled.', { reason: 'cancelled', delivery: 'unknown' });
  throw new CloudError('No answer.', { reason: 'timeout', delivery: 'unknown' });
}
