import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { removalOf } from '../../../src/core/action';
import type { Item } from '../../../src/core/item';
import type { Kind } from '../../../src/core/kind';
import type { Operation } from '../../../src/core/operation';
import type { Provider } from '../../../src/core/provider';
import { droppedFrom } from '../../../src/core/unreadable';
import { providers } from '../../../src/providers';

/**
 * Every page the vendors publish for a list of the catalogue, with every single field of it changed in every way: no
 * change takes more than its own record along, and nothing that is done with a record fails.
 */
const now = new Date('2026-01-02T12:00:00Z');

type Path = readonly (string | number)[];

interface Change {
  readonly what: string;
  readonly path: Path;
  readonly body: string;
}

/** The request id is what proves that the cloud itself answered, so it and what is around it stay as they are. */
const envelope = new Set(['RequestId', 'ResponseMetadata']);

function* jsonChanges(body: string): Iterable<Change> {
  const page: unknown = JSON.parse(body);
  for (const path of pathsOf(page, [])) {
    const before = at(page, path);
    for (const [what, value] of replacements(before)) {
      const copy = structuredClone(page) as object; // A page is an object.
      const parent = at(copy, path.slice(0, -1)) as Record<string | number, unknown>;
      const name = path.at(-1) ?? '';
      if (what !== 'missing') parent[name] = value;
      else if (Array.isArray(parent)) parent.splice(Number(name), 1);
      else delete parent[name];
      yield { what, path, body: JSON.stringify(copy) };
    }
  }
}

function* pathsOf(value: unknown, path: Path): Iterable<Path> {
  if (typeof value !== 'object' || value === null) return;
  for (const name of Object.keys(value)) {
    if (envelope.has(name)) continue;
    const own = [...path, Array.isArray(value) ? Number(name) : name];
    // The result as a whole is no field of the page.
    if (name !== 'Result') yield own;
    yield* pathsOf((value as Record<string, unknown>)[name], own);
  }
}

function at(value: unknown, path: Path): unknown {
  return path.reduce<unknown>((inner, name) => (inner as Record<string | number, unknown>)[name], value);
}

function* replacements(before: unknown): Iterable<readonly [string, unknown]> {
  yield ['null', null];
  yield ['empty text', ''];
  yield ['an empty list', []];
  yield ['an empty object', {}];
  yield ['other text', 'nobody expects this'];
  yield ['a number', 7];
  yield ['a fraction', -0.5];
  yield ['a flag', true];
  yield ['a list', [null, 'x', 7, { Odd: [] }]];
  yield ['an object', { Odd: { Odder: [1] } }];
  yield ['missing', undefined];
  if (typeof before === 'number' || typeof before === 'boolean') yield ['text of it', String(before)];
  if (typeof before === 'string' && before !== '') yield ['a list of it', [before]];
}

/** Changes of one element of an XML page: its text, its absence, its twin. */
function* xmlChanges(body: string): Iterable<Change> {
  for (const match of body.matchAll(/<(\w+)>([^<>]*)<\/\1>|<(\w+)\/>/g)) {
    const [whole, full, , empty] = match;
    const name = full ?? empty ?? '';
    if (envelope.has(name)) continue;
    const change = (what: string, element: string): Change => ({
      what,
      path: [name],
      body: body.slice(0, match.index) + element + body.slice(match.index + whole.length),
    });
    yield change('empty', `<${name}/>`);
    yield change('missing', '');
    yield change('other text', `<${name}>nobody expects this</${name}>`);
    yield change('a number', `<${name}>7</${name}>`);
    yield change('twice', whole + whole);
    yield change('an object', `<${name}><Odd><Odder>1</Odder></Odd></${name}>`);
    yield change('a list', `<${name}><Odd>1</Odd><Odd/></${name}>`);
  }
}

interface Page {
  readonly ids: readonly string[];
  readonly items: readonly Item[];
  readonly dropped: number;
}

function read(provider: Provider, kind: Kind, body: string): Page {
  const { operation } = kind.list;
  const answer = provider.wire.decode(operation, { status: 200, headers: {}, body });
  assert.ok(answer.ok);
  const items = kind.list.items(operation.response.parse(answer.value));
  return { ids: items.map((item) => kind.identify(item)), items, dropped: droppedFrom(items) };
}

/** Everything that the extension does with a record. */
function use(kind: Kind, item: Item): string[] {
  kind.name(item);
  kind.state(item, now).label();
  kind.summary(item, now);
  kind.facets.map((facet) => facet.values(item, now));
  kind.texts(item).map((text) => text.toLowerCase());
  kind.fields.map((field) => field.value(item));
  for (const { review, inputs, offered, goal } of kind.actions) {
    for (const value of Object.values(review.sameAs(item)))
      assert.ok(value === undefined || typeof value === 'string', String(value));
    review.leftBehind?.(item, {});
    offered?.(item, now);
    const subjects = [{ id: 'x', name: 'x', item }];
    for (const input of inputs) {
      input.about(subjects, {}, now);
      if (input.type === 'choice') input.choices(subjects);
      if (input.type === 'text') input.initial(subjects);
    }
    if (goal.type === 'state') goal.reached(item, { answers: {}, before: item, seenUnderWay: false });
  }
  kind.time?.(item);
  kind.script?.(item);
  kind.recorded?.(item);
  const removal = removalOf(kind);
  return removal === undefined ? [] : removal.review.findings(item, now, {}).map(({ code }) => code);
}

function check(provider: Provider, kind: Kind, fixture: string, changesOf: (body: string) => Iterable<Change>): void {
  test(`${provider.id} ${kind.id}, ${fixture.slice(fixture.lastIndexOf('.') + 1)}`, () => {
    const body = readFileSync(fixture, 'utf8');
    const whole = read(provider, kind, body);
    assert.equal(whole.dropped, 0);
    let count = 0;
    for (const { what, path, body: changed } of changesOf(body)) {
      count++;
      const where = `${path.join('.')}: ${what}`;
      let page: Page;
      try {
        page = read(provider, kind, changed);
        for (const item of page.items) use(kind, item);
      } catch (error) {
        assert.fail(`${where} loses the page: ${String(error)}`);
      }
      if (isList(path)) continue;
      const lost = whole.ids.filter((id) => !page.ids.includes(id));
      // An id that was changed into another is another record.
      assert.ok(lost.length <= 1, `${where} loses ${lost.join(', ')}`);
      assert.equal(
        page.ids.length + page.dropped,
        whole.ids.length - (isGone(path, what) ? 1 : 0),
        `${where} is not counted`,
      );
    }
    assert.ok(count > 50, `${count} changes`);
  });
}

/** Whether the change is of the list itself and not of anything in it. */
function isList(path: Path): boolean {
  const last = path.filter((name) => typeof name === 'string').at(-1);
  const isInRecord = path.slice(0, -1).some((name) => typeof name === 'number');
  const names = [
    'Instances',
    'Instance',
    'ActivationList',
    'Activation',
    'Commands',
    'Command',
    'Invocations',
    'Invocation',
  ];
  return !isInRecord && typeof path.at(-1) === 'string' && names.includes(String(last));
}

/** Whether the change took a record out of the list. */
function isGone(path: Path, what: string): boolean {
  return (
    what === 'missing' &&
    typeof path.at(-1) === 'number' &&
    path.filter((name) => typeof name === 'number').length === 1
  );
}

function fixtureOf(operation: Operation, ext: string): string {
  const { action, product } = operation;
  const name = action.charAt(0).toLowerCase() + action.slice(1);
  return new URL(`../../fixtures/${product.provider}/${name}.${ext}`, import.meta.url).pathname;
}

describe('no change of one field loses a page', () => {
  for (const provider of providers) {
    for (const kind of provider.kinds) {
      check(provider, kind, fixtureOf(kind.list.operation, 'json'), jsonChanges);
      const xml = fixtureOf(kind.list.operation, 'xml');
      if (existsSync(xml)) check(provider, kind, xml, xmlChanges);
    }
  }
});

describe('no change of one field loses the regions', () => {
  for (const provider of providers) {
    test(provider.id, () => {
      const { operation, rows } = provider.regions;
      const body = readFileSync(fixtureOf(operation, 'json'), 'utf8');
      const read = (text: string): string[] => {
        const answer = provider.wire.decode(operation, { status: 200, headers: {}, body: text });
        assert.ok(answer.ok);
        return rows(operation.response.parse(answer.value), 'en').map(({ id }) => id);
      };
      const whole = read(body);
      for (const { what, path, body: changed } of jsonChanges(body)) {
        const ids = read(changed);
        const isWhole = !path.some((name) => typeof name === 'number') && String(path.at(-1)).startsWith('Region');
        assert.ok(isWhole || ids.length >= whole.length - 1, `${path.join('.')}: ${what} loses regions`);
      }
    });
  }
});

/** Fields on which a deletion depends, by kind, in any state in which they decide something. */
const decisive: readonly (readonly [kind: string, name: string])[] = [
  ['alibabaCloud managedInstance', 'Connected'],
  ['alibabaCloud activation', 'RegisteredCount'],
  ['alibabaCloud activation', 'Disabled'],
  ['alibabaCloud instance', 'Status'],
  ['alibabaCloud instance', 'DeletionProtection'],
  ['alibabaCloud instance', 'InstanceChargeType'],
  ['volcengine instance', 'Status'],
  ['volcengine instance', 'DeletionProtection'],
  ['volcengine instance', 'InstanceChargeType'],
];

describe('what decides about a deletion is unknown where it cannot be read, and said to be', () => {
  for (const [owner, name] of decisive) {
    test(`${owner} ${name}`, () => {
      const provider = providers.find(({ id }) => owner.startsWith(id)) ?? assert.fail();
      const kind = provider.kinds.find(({ id }) => owner === `${provider.id} ${id}`) ?? assert.fail();
      const body = readFileSync(fixtureOf(kind.list.operation, 'json'), 'utf8');
      let seen = 0;
      for (const change of jsonChanges(body)) {
        if (
          change.path.at(-1) !== name ||
          !['null', 'empty text', 'an empty list', 'an object', 'missing'].includes(change.what)
        )
          continue;
        const index = Number(change.path.find((part) => typeof part === 'number') ?? 0);
        const item = read(provider, kind, change.body).items[index] ?? assert.fail(change.what);
        const codes = use(kind, item);
        assert.ok(
          codes.some((code) => /[uU]nknown/.test(code)),
          `${change.what}: ${codes.join(', ')}`,
        );
        if (['Connected', 'Disabled', 'Status'].includes(name) && kind.state(item, now).token !== 'expired')
          assert.equal(kind.state(item, now).token, 'unknown', change.what);
        seen++;
      }
      assert.ok(seen >= 5, `${seen} changes`);
    });
  }
});

/** What an answer is nothing without: whose keys they are, and by which id what was begun can be followed. */
const essential = /^(AccountId|InvokeId|CommandId|Result\.(InvocationId|CommandId)): /;

describe('no change of one field loses any other answer', () => {
  for (const provider of providers) {
    for (const operation of provider.operations) {
      test(`${provider.id} ${operation.action}`, () => {
        const body = readFileSync(fixtureOf(operation, 'json'), 'utf8');
        const lost: string[] = [];
        for (const { what, path, body: changed } of jsonChanges(body)) {
          const answer = provider.wire.decode(operation, { status: 200, headers: {}, body: changed });
          const isRead = answer.ok && operation.response.safeParse(answer.value).success;
          if (!isRead) lost.push(`${path.join('.')}: ${what}`);
        }
        assert.deepEqual(
          lost.filter((change) => !essential.test(change)),
          [],
        );
      });
    }
  }
});
