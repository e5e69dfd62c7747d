import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import * as z from 'zod/mini';
import { CloudError } from '../../../src/core/cloudError';
import { flattenParams } from '../../../src/core/flatten';
import { parseTargetKey } from '../../../src/core/parseTarget';
import { canonicalQuery, percentEncode } from '../../../src/core/percentEncode';
import { placeKey, targetKey, type Target } from '../../../src/core/target';
import {
  count,
  flag,
  list,
  object,
  optionalObject,
  requiredText,
  text,
  type AnswerSchema,
} from '../../../src/core/tolerant';
import { asSent, droppedFrom, isUnreadable } from '../../../src/core/unreadable';

describe('percent encoding', () => {
  function check(plain: string, expected: string): void {
    test(JSON.stringify(plain), () => assert.equal(percentEncode(plain), expected));
  }
  check('AZaz09-_.~', 'AZaz09-_.~');
  check(' +*%/?&=#', '%20%2B%2A%25%2F%3F%26%3D%23');
  check("!'()", '%21%27%28%29');
  check('中😀\n', '%E4%B8%AD%F0%9F%98%80%0A');

  test('a query is sorted by the name’s characters, capitals first', () => {
    assert.equal(canonicalQuery({ b: '2', 'a.10': '', B: '1 ', 'a.2': '&' }), 'B=1%20&a.10=&a.2=%26&b=2');
  });
});

describe('flat parameters', () => {
  function check(name: string, params: Record<string, unknown>, expected: Record<string, string>): void {
    test(name, () => assert.deepEqual(flattenParams(params), expected));
  }
  check(
    'text, numbers and booleans',
    { a: 'x', b: 1.5, c: true, d: 0, e: false },
    { a: 'x', b: '1.5', c: 'true', d: '0', e: 'false' },
  );
  check('what is absent is not sent, empty text is', { a: undefined, b: null, c: '' }, { c: '' });
  check('lists count from one', { a: ['x', 'y'] }, { 'a.1': 'x', 'a.2': 'y' });
  check(
    'objects and lists of them',
    { Tag: [{ Key: 'k', Value: 'v' }], o: { p: { q: 1 } } },
    { 'Tag.1.Key': 'k', 'Tag.1.Value': 'v', 'o.p.q': '1' },
  );
  check('empty lists and objects are nothing', { a: [], b: {} }, {});
  test('what cannot be sent is refused', () => {
    for (const value of [() => 1, Symbol('x'), 10n]) assert.throws(() => flattenParams({ a: value }), TypeError);
  });
});

describe('what clouds answer is read tolerantly', () => {
  function check(name: string, schema: AnswerSchema, value: unknown, expected: unknown): void {
    test(name, () => assert.deepEqual(schema.parse(value), expected));
  }
  check('text from a number', text, 12, '12');
  check('text from a boolean', text, false, 'false');
  check('text from null', text, null, undefined);
  check('empty text', text, '', '');
  check('a number from text', count, '12', 12);
  check('a number from nothing', count, '', undefined);
  check('a number from null', count, null, undefined);
  check('zero', count, '0', 0);
  for (const [value, expected] of [
    ['true', true],
    ['False', false],
    [' TRUE ', true],
    ['', undefined],
    [null, undefined],
    [true, true],
  ]) {
    check(`a flag from ${JSON.stringify(value)}`, flag, value, expected);
  }
  const things = object({ Things: list(text, 'Thing') });
  check('a flat list', things, { Things: ['a', 'b'] }, { Things: ['a', 'b'] });
  check('a wrapped list', things, { Things: { Thing: ['a', 'b'] } }, { Things: ['a', 'b'] });
  check('a wrapped single', things, { Things: { Thing: 'a' } }, { Things: ['a'] });
  check('an empty wrapper', things, { Things: {} }, { Things: [] });
  check('an empty element', things, { Things: '' }, { Things: [] });
  check('a null list', things, { Things: null }, { Things: [] });
  check('no list', things, {}, { Things: [] });
  check('a wrapper with a null list', things, { Things: { Thing: null } }, { Things: [] });
  const records = object({ List: list(object({ Id: text, Count: count }), 'Item') });
  check(
    'records of a wrapped single',
    records,
    { List: { Item: { Id: 7, Count: '2' } } },
    { List: [{ Id: '7', Count: 2 }] },
  );
  check(
    'fields nobody named are kept',
    records,
    { List: [{ Id: 'a', New: [1] }], X: null },
    { List: [{ Id: 'a', New: [1] }], X: null },
  );
  check(
    'a nested object that is empty text',
    object({ O: optionalObject(object({ A: text })) }),
    { O: '' },
    { O: undefined },
  );

  check('text beyond the digits that a number holds', text, 12345678901234567890n, '12345678901234567890');

  describe('a field of which nothing can be made is unknown, and the rest stays', () => {
    const record = object({
      Id: requiredText,
      Name: text,
      Count: count,
      Flag: flag,
      Parts: list(object({ Id: text })),
      Inner: optionalObject(object({ A: text, N: count })),
    });
    const page = object({ List: list(record, 'Item'), Total: count });
    const odd = (name: string, raw: unknown, known: unknown = undefined): void =>
      void test(`${name}: ${JSON.stringify(raw)}`, () => {
        const value = page.parse({ List: [{ Id: 'a', [name]: raw }, { Id: 'b' }], Total: 2 });
        const [first, second] = value.List;
        assert.ok(first !== undefined && second !== undefined);
        assert.deepEqual(first[name], known);
        assert.ok(isUnreadable(first, name) && !isUnreadable(second, name));
        assert.equal((asSent(first) as Record<string, unknown>)[name], raw, 'what was sent is kept');
        assert.ok(isUnreadable({ ...first }, name), 'a copy still knows');
        assert.doesNotMatch(JSON.stringify(first), /sentAs/);
      });
    odd('Name', {});
    odd('Name', ['x']);
    odd('Count', 'many');
    odd('Count', {});
    odd('Count', true);
    odd('Count', '1e999');
    odd('Flag', 'yes');
    odd('Flag', 1);
    odd('Parts', 'none', []);
    odd('Parts', [null, { Id: 'p' }], [{ Id: 'p' }]);
    odd('Inner', 'x');
    odd('Inner', []);

    test('inside an object, that field alone', () => {
      const [first] = page.parse({ List: [{ Id: 'a', Inner: { A: 'x', N: 'many' } }] }).List;
      assert.deepEqual(first?.Inner?.A, 'x');
      assert.deepEqual([isUnreadable(first, 'Inner', 'N'), isUnreadable(first, 'Inner', 'A')], [true, false]);
      assert.deepEqual((asSent(first) as { Inner: unknown }).Inner, { A: 'x', N: 'many' });
    });

    test('a record that is not known by anything is left out and counted', () => {
      const value = page.parse({ List: [{ Id: 'a' }, { Id: '' }, { Name: 'x' }, null, 7, { Id: 12 }] });
      assert.deepEqual([value.List.map(({ Id }) => Id), droppedFrom(value.List)], [['a'], 5]);
    });

    test('what can be read is passed on as it is', () => {
      const value = { List: [{ Id: 'a', Name: 'x', Parts: [] }], Total: 1 };
      const parsed = page.parse(value);
      assert.equal(parsed.List[0], value.List[0]);
      assert.equal(asSent(parsed), parsed);
      assert.equal(droppedFrom(parsed.List), 0);
    });
  });

  test('what must be there and is not says where', () => {
    const keys = object({ Keys: object({ Id: requiredText, Secret: z.string() }) });
    for (const [schema, value, path] of [
      [keys, { Keys: { Id: 'a' } }, 'Keys.Secret'],
      [keys, { Keys: { Secret: 's' } }, 'Keys.Id'],
      [keys, {}, 'Keys'],
      [object({ F: flag }), [], ''],
    ] as const) {
      const parsed = schema.safeParse(value);
      assert.equal(parsed.error?.issues[0]?.path.join('.'), path);
    }
  });
});

describe('targets', () => {
  const base: Target = { provider: 'alibabaCloud', accountId: 'a', region: 'r', kind: 'instance', id: 'i' };

  test('no two have the same key, whatever their names hold', () => {
    const targets: Target[] = [
      base,
      { ...base, provider: 'volcengine' },
      { ...base, accountId: 'a/r' },
      { ...base, region: 'r/instance' },
      { ...base, accountId: 'a%2Fr' },
      { ...base, kind: 'activation' },
      { ...base, id: 'i/instance' },
    ];
    assert.equal(new Set(targets.map(targetKey)).size, targets.length);
    assert.notEqual(
      placeKey({ ...base, accountId: 'a/r', region: 'x' }),
      placeKey({ ...base, accountId: 'a', region: 'r/x' }),
    );
    for (const target of targets) assert.deepEqual(parseTargetKey(targetKey(target)), target);
  });

  for (const key of [
    '',
    'x',
    'alibabaCloud/a/r/instance',
    'alibabaCloud/a/r/instance/',
    'otherCloud/a/r/instance/i',
    'alibabaCloud/a/r/disk/i',
    'alibabaCloud/a/r/instance/%',
    'alibabaCloud/a/r/instance/i/x',
  ]) {
    test(`"${key}" names none`, () => assert.equal(parseTargetKey(key), undefined));
  }
});

describe('a cloud error', () => {
  const error = new CloudError('message', {
    reason: 'throttled',
    delivery: 'answered',
    code: 'C',
    retryAfterMs: 0,
    cause: 'why',
  });

  test('is asked for by its reason', () => {
    assert.ok(CloudError.is(error) && CloudError.is(error, 'auth', 'throttled') && !CloudError.is(error, 'auth'));
    assert.ok(!CloudError.is(new Error('x')) && !CloudError.is({ reason: 'throttled' }) && !CloudError.is(undefined));
  });

  test('keeps every fact when more are added', () => {
    const more = error.with({ requestId: 'r' }, 'other words');
    assert.deepEqual(
      [more.message, more.reason, more.delivery, more.code, more.retryAfterMs, more.cause, more.requestId],
      ['other words', 'throttled', 'answered', 'C', 0, 'why', 'r'],
    );
    assert.equal(error.requestId, undefined);
  });
});
