import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { addressTest } from '../../../src/util/addressRange';

describe('a pattern for addresses', () => {
  const check = (pattern: string, fits: readonly string[], others: readonly string[]): void =>
    void it(pattern, () => {
      const test = addressTest(pattern);
      assert.ok(test);
      for (const address of fits) assert.ok(test(address), address);
      for (const address of others) assert.ok(!test(address), address);
    });
  check('10.0.0.7', ['10.0.0.7'], ['10.0.0.70', '110.0.0.7', '10.0.0', 'host-10.0.0.7', '']);
  check(' 10.0.0.7 ', ['10.0.0.7'], ['10.0.0.8']);
  check('10.0.0.0/8', ['10.0.0.1', '10.255.255.255'], ['11.0.0.1', '::1', 'web']);
  check('192.168.1.128/25', ['192.168.1.128', '192.168.1.255'], ['192.168.1.127']);
  check('0.0.0.0/0', ['1.2.3.4'], ['::1', 'web']);
  check('10.0.*', ['10.0.0.7', '10.0.255.1'], ['10.1.0.7', '110.0.0.7', '10.0.web']);
  check('10.*.7', ['10.1.2.7'], ['10.1.2.8']);
  check('2001:db8::/32', ['2001:db8::1', '2001:DB8:1::1'], ['2001:db9::1', '10.0.0.1']);
  check('2001:DB8::1', ['2001:db8:0:0:0:0:0:1'], ['2001:db8::2']);

  for (const odd of [
    '',
    ' ',
    '*',
    'web',
    '10.0.0',
    '10.0.0.0/33',
    '10.0.0.0/',
    '10.0.0.0/-1',
    '10.0.0.0/8/8',
    '::/129',
    '10.0.0.0/1e1',
    '300.1.1.1',
    '[10]*.',
    'a.*(b+)+$',
  ])
    it(`is not ${JSON.stringify(odd)}`, () => assert.equal(addressTest(odd), undefined));
});
