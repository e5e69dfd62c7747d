import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Item } from '../../../../src/core/kind';
import { providers } from '../../../../src/providers';
import { hasRecipe, recipeFor } from '../../../../src/services/actions/undo';

type Gone = Parameters<typeof recipeFor>[1];

const clouds = { all: providers };
const host: Gone = {
  provider: 'alibabaCloud',
  kind: 'managedInstance',
  region: 'cn-hangzhou',
  id: 'mi-1',
  name: 'web',
  resource: undefined,
};

function recipe(resource: Item | undefined, gone: Partial<Gone> = {}): string {
  return recipeFor(clouds, { ...host, resource, ...gone }) ?? assert.fail('There is no recipe.');
}

/** The words of one POSIX shell command, taken apart as `sh` does with plain and single-quoted parts. */
function wordsOf(command: string): string[] {
  const words: string[] = [];
  for (const match of command.matchAll(/(?:'[^']*'|\\.|[^\s'\\])+/gs)) {
    words.push(
      match[0].replace(/'([^']*)'|\\(.)/gs, (_, quoted?: string, escaped?: string) => quoted ?? escaped ?? ''),
    );
  }
  return words;
}

/** What PowerShell makes of the last single-quoted text: any of its four quotes ends it unless doubled. */
function lastQuoted(line: string): string {
  const matches = [
    ...line.matchAll(/'((?:[^'\u2018-\u201b]|['\u2018-\u201b]{2})*)['\u2018-\u201b](?!['\u2018-\u201b])/g),
  ];
  return (matches.at(-1)?.[1] ?? '').replace(/(['\u2018-\u201b])\1/g, '$1');
}

const lineOf = (text: string, start: string): string => text.split('\n').find((line) => line.startsWith(start)) ?? '';
const isCode = (line: string): boolean => line !== '' && !line.startsWith('#');

describe('names are only names', () => {
  for (const name of [
    'web 1',
    "it's",
    "'; rm -rf ~; '",
    '$(reboot)',
    '`x` "y" \\',
    '’; Remove-Item C:\\ ; ‘',
    '中文',
  ]) {
    test(name, () => {
      const text = recipe({ InstanceName: name });
      assert.equal(wordsOf(lineOf(text, 'sudo')).at(-1), name);
      assert.equal(lastQuoted(lineOf(text, '& ')), name);
    });
  }

  for (const name of ['x\nreboot', 'x\r\nreboot', 'x\u0003reboot', 'x\u2028reboot', 'x\u001b[2Jreboot']) {
    test(`a line break or control in ${JSON.stringify(name)} begins no command`, () => {
      const plain = recipe({ InstanceName: 'x' }).split('\n').filter(isCode);
      const text = recipe({ InstanceName: name }, { name, id: name });
      assert.equal(text.split('\n').filter(isCode).length, plain.length);
      // eslint-disable-next-line no-control-regex -- Controls are what is looked for.
      assert.doesNotMatch(text, /[\u0000-\u0009\u000b-\u001f\u2028]/);
    });
  }
});

test('a host: commands for Linux and Windows, without the code, in its region', () => {
  const text = recipe({ InstanceName: 'web', ActivationId: 'old', ActivationCode: 'CANARY' }, { region: 'cn-beijing' });
  assert.deepEqual(wordsOf(lineOf(text, 'sudo')), [
    'sudo',
    'aliyun-service',
    '--register',
    '--RegionId',
    'cn-beijing',
    '--ActivationCode',
    '<ACTIVATION_CODE>',
    '--ActivationId',
    '<ACTIVATION_ID>',
    '--InstanceName',
    'web',
  ]);
  assert.match(lineOf(text, '& '), /--RegionId='cn-beijing' --ActivationCode='<ACTIVATION_CODE>'/);
  assert.doesNotMatch(text, /CANARY|old/);
  assert.doesNotMatch(text, /CreateActivation/);
});

test('an activation: its parameters, then the hosts', () => {
  const item = {
    InstanceName: 'fleet',
    Description: "ops' own",
    InstanceCount: 10,
    TimeToLiveInHours: 4,
    IpAddressRange: '',
    ActivationCode: 'CANARY',
  };
  const text = recipe(item, { kind: 'activation' });
  assert.deepEqual(wordsOf(lineOf(text, 'aliyun')), [
    'aliyun',
    'ecs',
    'CreateActivation',
    '--RegionId',
    'cn-hangzhou',
    '--InstanceName',
    'fleet',
    '--Description',
    "ops' own",
    '--InstanceCount',
    '10',
    '--TimeToLiveInHours',
    '4',
  ]);
  assert.ok(lineOf(text, 'sudo'));
  assert.doesNotMatch(text, /CANARY/);
});

test('a host of which nothing is known still has a recipe', () => {
  assert.doesNotMatch(recipe(undefined), /InstanceName|undefined/);
});

describe('what can be brought back by a command', () => {
  const check = (gone: Partial<Gone>, expected: boolean): void => {
    const target = { ...host, ...gone };
    test(`${target.kind} of ${target.provider ?? 'no cloud on record'}: ${expected ? 'yes' : 'no'}`, () => {
      assert.equal(hasRecipe(clouds, target), expected);
      assert.equal(recipeFor(clouds, target) !== undefined, expected);
    });
  };
  check({}, true);
  check({ kind: 'activation' }, true);
  check({ kind: 'instance' }, false);
  check({ provider: 'volcengine', kind: 'instance' }, false);
  check({ provider: 'volcengine', kind: 'managedInstance' }, false);
  check({ provider: undefined }, false);
});
