// Before everything that reads the names.
import './thirdCloudNames';
import * as z from 'zod/mini';
import type { Transport } from '../../../src/client/transport';
import type { Account, AccountLevel } from '../../../src/core/account';
import type { Action, ActionWords } from '../../../src/core/action';
import type { HttpRequest } from '../../../src/core/http';
import type { Item } from '../../../src/core/item';
import type { Kind } from '../../../src/core/kind';
import { defineOperation, strict } from '../../../src/core/operation';
import { onePage } from '../../../src/core/pager';
import type { Provider } from '../../../src/core/provider';
import { flag, list, object, requiredText, text, viewOf } from '../../../src/core/tolerant';
import { bucket, stratus } from './thirdCloudNames';

/** A cloud that nobody has, with a kind that no other cloud has: one that is sealed at once and drained in a while. */
const product = { provider: stratus, code: 'buckets', version: '7' } as const;
const zone = { Zone: z.string() };
const shared = { product, errors: {}, page: 'https://stratus.test/api' } as const;
const record = object({ Key: requiredText, Label: text, Sealed: flag, Phase: text });
const answered = object({ Trace: text });

const listBuckets = defineOperation({
  ...shared,
  action: 'ListBuckets',
  effect: 'read',
  danger: 'none',
  params: strict(() => ({ ...zone, Keys: z.optional(z.array(z.string())) })),
  response: object({ Trace: text, Buckets: list(record) }),
  permission: 'buckets:List',
});

const sealBucket = defineOperation({
  ...shared,
  action: 'SealBucket',
  effect: 'change',
  danger: 'interrupts',
  params: strict(() => ({ ...zone, Key: z.string(), Sealed: z.boolean() })),
  response: answered,
  permission: 'buckets:Seal',
});

const drainBuckets = defineOperation({
  ...shared,
  action: 'DrainBuckets',
  effect: 'change',
  danger: 'interrupts',
  params: strict(() => ({ ...zone, Keys: z.array(z.string()) })),
  response: answered,
  permission: 'buckets:Drain',
});

const listZones = defineOperation({
  ...shared,
  action: 'ListZones',
  effect: 'read',
  danger: 'none',
  params: strict(() => ({})),
  response: object({ Trace: text, Zones: z.array(z.string()) }),
  permission: 'buckets:ListZones',
});

const recordOf = viewOf(record);

function words(verb: string, doing: string, done: string): ActionWords {
  return {
    button: () => verb,
    command: () => `${verb} Bucket`,
    title: () => `${verb} buckets`,
    question: (count, name) => (count === 1 ? `${verb} the bucket "${name}"?` : `${verb} ${count} buckets?`),
    task: (count) => `${verb} ${count} buckets`,
    consequence: () => 'Nobody can write to them any more.',
    doing: () => doing,
    done: () => done,
    outcome: { done: () => done.toLowerCase(), already: () => `already ${done.toLowerCase()}` },
  };
}

const sameBucket = (item: Item): Record<string, string | undefined> => ({ Label: recordOf(item).Label });

export const sealAction: Action = {
  id: 'sealBucket',
  operation: sealBucket,
  danger: () => 'none',
  menu: 'settings',
  ids: { param: 'Key', perCall: 1 },
  inputs: [],
  params: ([Key], { Sealed = true }) => ({ Key, Sealed }),
  review: { findings: () => [], sameAs: sameBucket },
  goal: {
    type: 'state',
    reached: (item, { answers: { Sealed = true } }) => recordOf(item).Sealed === Sealed,
    codes: [],
    settlesLater: false,
    undo: (before) => ({ Sealed: recordOf(before).Sealed === true }),
  },
  words: words('Seal', 'Sealing', 'Sealed'),
};

export const drainAction: Action = {
  id: 'drainBuckets',
  operation: drainBuckets,
  menu: 'power',
  ids: { param: 'Keys', perCall: 10 },
  inputs: [],
  params: (ids) => ({ Keys: [...ids] }),
  offered: (item) => recordOf(item).Phase === 'Full',
  review: {
    findings: (item) =>
      recordOf(item).Sealed === true
        ? [{ level: 'refused', code: 'sealed', text: 'It is sealed.', remedy: sealAction.id }]
        : [],
    sameAs: sameBucket,
  },
  goal: {
    type: 'state',
    reached: (item) => recordOf(item).Phase === 'Empty',
    isUnderWay: (item) => recordOf(item).Phase === 'Draining',
    codes: [],
    settlesLater: true,
  },
  words: words('Drain', 'Draining', 'Drained'),
};

export const buckets: Kind = {
  id: bucket,
  icon: 'archive',
  one: () => 'bucket',
  many: () => 'Buckets',
  list: {
    operation: listBuckets,
    pager: onePage,
    numbered: { size: 100, page: () => ({}), total: (value) => viewOf(listBuckets.response)(value).Buckets.length },
    filter: () => ({}),
    items: (value) => viewOf(listBuckets.response)(value).Buckets,
  },
  lookup: { idsPerCall: 10, params: (ids) => ({ Keys: [...ids] }) },
  identify: (item) => recordOf(item).Key,
  name: (item) => recordOf(item).Label ?? recordOf(item).Key,
  state: (item) => {
    const { Phase = 'unknown' } = recordOf(item);
    return { token: Phase, label: () => Phase, icon: 'archive', tone: 'muted', isTransient: Phase === 'Draining' };
  },
  summary: (item) => (recordOf(item).Sealed === true ? ['sealed'] : []),
  facets: [],
  texts: () => [],
  fields: [{ name: 'Label', label: () => 'Label', type: 'text', value: (item) => recordOf(item).Label }],
  actions: [sealAction, drainAction],
};

export const thirdCloud: Provider = {
  id: stratus,
  name: () => 'Stratus',
  wire: {
    withRegion: (operation, params, region) =>
      'Zone' in operation.params.shape ? { ...params, Zone: region } : { ...params },
    encode: ({ operation, params, endpoint }) => ({
      method: 'POST',
      url: `${endpoint}/${operation.action}`,
      headers: {},
      body: JSON.stringify(params),
    }),
    decode: (_operation, { body }) => ({ ok: true, requestId: 'trace', value: JSON.parse(body) as unknown }),
  },
  errors: {},
  classify: () => undefined,
  policyFor: (permission) => permission,
  kinds: [buckets],
  regions: {
    operation: listZones,
    region: undefined,
    params: () => ({}),
    pager: onePage,
    rows: (value) => viewOf(listZones.response)(value).Zones.map((id) => ({ id, name: `Zone ${id}` })),
    nameOf: (id) => `Zone ${id}`,
  },
  operations: [listBuckets, sealBucket, drainBuckets, listZones],
  endpoint: () => 'https://stratus.test',
  unsupportedRegionCodes: [],
};

interface Bucket {
  readonly Key: string;
  readonly Label: string;
  readonly Sealed: boolean;
  /** What it is in turn, each seen once; the last one stays. */
  readonly phases: readonly string[];
}

/** What stands behind the wire: one zone, and every call that arrived. */
export function createStratus(...names: readonly string[]) {
  const all = new Map<string, Bucket>(
    names.map((Label, i) => [`b-${i}`, { Key: `b-${i}`, Label, Sealed: false, phases: ['Full'] }]),
  );
  const calls: string[] = [];
  const answer = (action: string, params: Readonly<Record<string, unknown>>): object => {
    switch (action) {
      case 'ListZones':
        return { Zones: ['z1'] };
      case 'SealBucket':
        return change([params['Key']], { Sealed: params['Sealed'] === true });
      case 'DrainBuckets':
        return change(params['Keys'], { phases: ['Draining', 'Empty'] });
      default:
        return { Buckets: [...all.values()].filter(({ Key }) => isAsked(Key, params['Keys'])).map(look) };
    }
  };
  const change = (keys: unknown, to: Partial<Bucket>): object => {
    for (const [key, one] of all) if (isAsked(key, keys)) all.set(key, { ...one, ...to });
    return {};
  };
  const look = ({ phases, ...rest }: Bucket): object => {
    const [Phase, ...later] = phases;
    if (later.length > 0) all.set(rest.Key, { ...rest, phases: later });
    return { ...rest, Phase };
  };
  const send = ({ url, body = '{}' }: HttpRequest) => {
    const action = url.slice(url.lastIndexOf('/') + 1);
    calls.push(action);
    const value = answer(action, JSON.parse(body) as Readonly<Record<string, unknown>>);
    return Promise.resolve({ status: 200, headers: {}, body: JSON.stringify({ Trace: 'trace', ...value }) });
  };
  return { all, calls, transport: { send, close: () => Promise.resolve() } satisfies Transport };
}

function isAsked(key: string, keys: unknown): boolean {
  return !Array.isArray(keys) || keys.includes(key);
}

export function stratusAccount(level: AccountLevel = 'normal'): Account {
  const credentials = () => Promise.resolve({ accessKeyId: 'key', accessKeySecret: 'secret-of-a-test' });
  return { id: 'stratus:own', provider: stratus, name: 'Own', source: 'test', level, credentials };
}
