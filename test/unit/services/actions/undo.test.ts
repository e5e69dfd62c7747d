import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Item } from '../../../../src/core/item';
import { providers } from '../../../../src/providers';
import { hasRecipe, recipeFor } from '../../../../src/services/actions/undo';
import { optionsOfAliyun, wordsOfPowerShell, wordsOfSh } from '../../support/commandLines';

type Gone = Parameters<typeof recipeFor>[1];

const clouds = { all: providers };
const host: Gone = {
  provider: 'alibabaCloud',
  kind: 'managedInstance',
  region: 'cn-hangzhou',
  id: 'mi-1',
  name: 'web',
  action: 'DeregisterManagedInstance',
  resource: undefined,
};

function recipe(resource: Item | undefined, gone: Partial<Gone> = {}): string {
  return recipeFor(clouds, { ...host, resource, ...gone }) ?? assert.fail('There is no recipe.');
}

const lineOf = (text: string, start: string): string => text.split('\n').find((line) => line.startsWith(start)) ?? '';
const isCode = (line: string): boolean => line !== '' && !line.startsWith('#');
const onLinux = (text: string) => optionsOfAliyun(wordsOfSh(lineOf(text, 'sudo'), 'sudo')).options;
const onWindows = (text: string) =>
  optionsOfAliyun(wordsOfPowerShell(text.split('\n').find((line) => /^(& |Start-Process)/.test(line)) ?? '', '5.1'))
    .options;

describe('names are only names', () => {
  for (const name of [
    'web 1',
    "it's",
    "'; rm -rf ~; '",
    '$(reboot)',
    '`x` "y" \\',
    '’; Remove-Item C:\\ ; ‘',
    '中文',
    '--endpoint=evil.example.com',
    '--config-path',
    'C:\\a b\\',
  ]) {
    test(name, () => {
      const text = recipe({ InstanceName: name });
      for (const read of [onLinux(text), onWindows(text)]) {
        assert.equal(read['InstanceName'], name);
        assert.deepEqual(Object.keys(read), ['register', 'RegionId', 'ActivationCode', 'ActivationId', 'InstanceName']);
      }
      const like = recipe({ Description: name }, { kind: 'activation', action: 'DeleteActivation' });
      const created = optionsOfAliyun(wordsOfSh(lineOf(like, 'aliyun'), 'aliyun')).options;
      assert.deepEqual(created, { RegionId: 'cn-hangzhou', Description: name });
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
  assert.equal(
    lineOf(text, 'sudo'),
    "sudo aliyun-service --register --RegionId='cn-beijing' --ActivationCode='<ACTIVATION_CODE>' --ActivationId='old' --InstanceName='web'",
  );
  assert.match(lineOf(text, '& '), /--RegionId='cn-beijing' --ActivationCode='<ACTIVATION_CODE>'/);
  assert.doesNotMatch(text, /CANARY/);
  assert.doesNotMatch(text, /CreateActivation/);
});

describe('a host of a known system has the command for that system', () => {
  const check = (system: string, linux: boolean, windows: boolean): void => {
    test(system, () => {
      const text = recipe({ OsType: system });
      assert.deepEqual([lineOf(text, 'sudo') !== '', lineOf(text, '& ') !== ''], [linux, windows]);
    });
  };
  check('Linux', true, false);
  check('windows', false, true);
  check('FreeBSD', true, true);
  check('', true, true);
});

test('what is not known of the activation is left to fill in', () => {
  assert.match(recipe({}), /--ActivationId='<ACTIVATION_ID>'/);
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
  const text = recipe(item, { kind: 'activation', action: 'DeleteActivation' });
  assert.equal(
    lineOf(text, 'aliyun'),
    "aliyun ecs CreateActivation --RegionId='cn-hangzhou' --InstanceName='fleet' --Description='ops'\\'' own' --InstanceCount='10' --TimeToLiveInHours='4'",
  );
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
  check({ kind: 'activation', action: 'DeleteActivation' }, true);
  check({ kind: 'instance' }, false);
  check({ provider: 'volcengine', kind: 'instance' }, false);
  check({ provider: 'volcengine', kind: 'managedInstance' }, false);
  check({ provider: undefined }, false);
});
