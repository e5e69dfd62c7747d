import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { CloudError } from '../../../../src/core/cloudError';
import type { Exchange } from '../../../../src/core/exchange';
import { Responses } from '../../../../src/services/exchanges/exchangeLog';
import { layOutJson } from '../../../../src/util/jsonText';

function exchange(id: string, more: Partial<Exchange> = {}): Exchange {
  return {
    id,
    time: new Date('2026-01-02T03:04:05Z'),
    provider: 'alibabaCloud',
    accountId: 'a',
    accountName: 'A',
    region: 'r-1',
    action: 'DescribeThings',
    version: '1',
    effect: 'read',
    subject: undefined,
    host: 'ecs.example.com',
    attempts: 1,
    durationMs: 1,
    status: 200,
    requestId: 'r',
    body: '{}',
    language: 'json',
    error: undefined,
    ...more,
  };
}

function textOf(more: Partial<Exchange>, secrets: readonly string[] = []): string | undefined {
  const responses = new Responses();
  responses.add(exchange('1', more), secrets);
  return responses.text('1');
}

describe('JSON laid out', () => {
  function check(text: string, expected: string): void {
    test(text, () => assert.equal(layOutJson(text), expected));
  }
  check('{}', '{}');
  check('[]', '[]');
  check(' 7 ', '7');
  check('{"a":1,"b":[]}', '{\n  "a": 1,\n  "b": []\n}');
  check('{"a":{"b":[1,{"c":null}]}}', JSON.stringify({ a: { b: [1, { c: null }] } }, undefined, 2));
  check('["{[,:\\"]}"]', '[\n  "{[,:\\"]}"\n]');
  check('[12345678901234567890,1.10,1E400,-0]', '[\n  12345678901234567890,\n  1.10,\n  1E400,\n  -0\n]');
  check('{"a":1,"a":2}', '{\n  "a": 1,\n  "a": 2\n}');
  check('["\\u003d\\/"]', '[\n  "\\u003d\\/"\n]');

  test('is what JSON.stringify makes, where nothing would be lost', () => {
    const value = { 名: ['é', '', ' ', { x: [[], {}, [{}]], y: false }], n: [0, -1.5, 1e21] };
    assert.equal(layOutJson(JSON.stringify(value)), JSON.stringify(value, undefined, 2));
  });

  test('refuses what is not JSON', () => {
    for (const text of ['', '{', '{a:1}', '[1,]', '{}{}']) assert.throws(() => layOutJson(text), SyntaxError);
  });
});

describe('the text of an answer', () => {
  test('JSON is laid out, with an account id of any length in it', () => {
    const text = textOf({ body: '{"Arn":"acs:ram::1234567890123456:root","Big":12345678901234567890}' });
    assert.equal(text, '{\n  "Arn": "acs:ram::1234567890123456:root",\n  "Big": 12345678901234567890\n}');
  });

  test('anything else is as it came', () => {
    for (const [language, body] of [
      ['xml', '<?xml version="1.0"?>\n<A><B/></A>'],
      ['text', '<html>Sign in</html>'],
      ['json', '{"cut off":'],
    ] as const) {
      assert.equal(textOf({ language, body }), body);
    }
  });

  test('secrets are removed, given ones and those behind telling names', () => {
    const body = '{"ActivationCode":"a-canary","Message":"token t%2Bcanary","Name":"ok"}';
    const text = textOf({ body }, ['t+canary']) ?? '';
    assert.doesNotMatch(text, /canary/);
    assert.match(text, /"Name": "ok"/);
    assert.doesNotThrow(() => JSON.parse(text));
  });

  for (const body of [undefined, '']) {
    test(`none (${JSON.stringify(body)}) is said in JSON, with the reason`, () => {
      const error = new CloudError('No connection.', { reason: 'network', delivery: 'notSent', code: 'ECONNREFUSED' });
      const said: unknown = JSON.parse(textOf({ body, language: 'text', error }) ?? '');
      assert.deepEqual(said, {
        action: 'DescribeThings',
        host: 'ecs.example.com',
        time: '2026-01-02T03:04:05.000Z',
        answer: null,
        error: 'No connection.',
        code: 'ECONNREFUSED',
      });
    });
  }

  test('of a call that is not kept is undefined', () => assert.equal(new Responses().text('1'), undefined));
});

describe('what is kept', () => {
  function keptOf(limits: { count: number; characters: number }, ...sizes: number[]): string[] {
    const responses = new Responses(limits);
    sizes.forEach((size, i) => responses.add(exchange(String(i), { body: 'x'.repeat(size) }), []));
    return responses.list().map((e) => e.id);
  }
  test('the newest comes first', () => assert.deepEqual(keptOf({ count: 9, characters: 99 }, 1, 1), ['1', '0']));
  test('no more answers than the limit', () =>
    assert.deepEqual(keptOf({ count: 2, characters: 99 }, 1, 1, 1), ['2', '1']));
  test('no more text than the limit', () =>
    assert.deepEqual(keptOf({ count: 9, characters: 10 }, 6, 3, 5), ['2', '1']));
  test('dropping frees its text', () => assert.deepEqual(keptOf({ count: 9, characters: 10 }, 9, 9, 5, 5), ['3', '2']));
  test('the last answer stays, however large', () =>
    assert.deepEqual(keptOf({ count: 9, characters: 10 }, 5, 50), ['1']));

  test('those who watch hear of each', () => {
    const responses = new Responses();
    const heard: string[] = [];
    responses.onDidAdd((e) => heard.push(e.id));
    responses.add(exchange('1'), []);
    assert.deepEqual([heard, responses.get('1')?.id], [['1'], '1']);
  });
});
