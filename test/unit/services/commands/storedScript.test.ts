import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { describe, test } from 'node:test';
import type { StoredParameter, StoredScript } from '../../../../src/core/script';
import { filledIn, runProblem, usedParameters, valueProblem } from '../../../../src/services/commands/storedScript';

function parameter(name: string, more: Partial<StoredParameter> = {}): StoredParameter {
  return { name, description: '', initial: undefined, isRequired: true, choices: [], ...more };
}

function stored(text: string, more: Partial<StoredScript> = {}): StoredScript {
  return {
    language: 'shell',
    name: 'greet',
    description: '',
    text,
    isExact: true,
    user: undefined,
    folder: undefined,
    timeout: 60,
    parameters: undefined,
    launcher: '',
    ...more,
  };
}

describe('a stored script', () => {
  test('without parameters is run byte for byte', () => {
    const text = '#!/bin/sh\r\necho "{{name}}" 问候\n';
    assert.deepEqual(filledIn(stored(text), new Map()), { language: 'shell', name: 'greet', text });
  });

  test('is given its values wherever they stand, whatever their case', () => {
    const script = stored('echo {{ name }} {{NAME}} {{unknown}}', { parameters: [parameter('Name')] });
    assert.deepEqual(
      usedParameters(script).map(({ name }) => name),
      ['Name', 'unknown'],
    );
    const values = new Map([
      ['Name', 'web-01'],
      ['unknown', '7'],
    ]);
    assert.equal(filledIn(script, values).text, 'echo web-01 web-01 7');
  });

  test('does not ask for what it does not use', () => {
    assert.deepEqual(usedParameters(stored('uptime', { parameters: [parameter('name')] })), []);
  });

  test('keeps the braces of one that has no parameters', () => {
    assert.deepEqual(usedParameters(stored('echo {{name}}')), []);
    assert.equal(filledIn(stored('echo {{name}}'), new Map()).text, 'echo {{name}}');
  });

  const refused: readonly [why: string, script: StoredScript][] = [
    ['of an unknown type', stored('x', { language: undefined })],
    ['that is not UTF-8', stored('x', { isExact: false })],
    ['with a launcher', stored('x', { launcher: 'python3 -u {{ACS::ScriptFileName}}' })],
    ['with a value of the cloud', stored('echo {{ACS::InstanceId}}', { parameters: [] })],
    ['with a secret of the cloud', stored('echo {{ oos-secret:db/password }}', { parameters: [] })],
  ];
  for (const [why, script] of refused) {
    test(`${why} is refused, and nothing is made of it`, () => {
      assert.match(runProblem(script) ?? '', /\w+ .*\./);
      assert.throws(() => filledIn(script, new Map()));
    });
  }

  test('keeps what looks like a value of the cloud where nothing is put in', () => {
    assert.equal(runProblem(stored('echo {{ACS::InstanceId}}')), undefined);
  });
});

describe('a value that is put in as bare text', () => {
  for (const value of ['web-01', '10.0.0.1', '/var/log', 'a@b.example', 'x:y,z+1', '_'])
    test(`"${value}" is taken`, () => assert.equal(valueProblem(value, parameter('p')), undefined));

  const unsafe = [
    'a b',
    'a;b',
    '$(id)',
    '`id`',
    "a'b",
    'a"b',
    'a|b',
    'a&b',
    'a\nb',
    'a>b',
    '*',
    '~root',
    '-rf',
    '%PATH%',
  ];
  for (const value of [...unsafe, 'a\\b', '{a,b}', '！', '‘', 'a\0b', '#x', '!x', 'x=y', '']) {
    test(`${JSON.stringify(value)} is refused`, () => {
      assert.notEqual(valueProblem(value, parameter('p')), undefined);
      const script = stored('echo {{p}}', { parameters: [parameter('p')] });
      assert.throws(() => filledIn(script, new Map([['p', value]])));
    });
  }

  test('may be left out where it is not required, and nothing is put in', () => {
    const optional = parameter('p', { isRequired: false });
    assert.equal(valueProblem('', optional), undefined);
    assert.equal(filledIn(stored('echo a{{p}}b', { parameters: [optional] }), new Map()).text, 'echo ab');
  });

  test('is one of those that the command names', () => {
    const choices = parameter('p', { choices: ['root', 'admin'] });
    assert.equal(valueProblem('root', choices), undefined);
    assert.match(valueProblem('web', choices) ?? '', /root, admin/);
  });

  test('whatever passes reaches a shell as that text alone, bare or in either quotes', () => {
    let seed = 7;
    const next = (below: number): number => (seed = (seed * 16_807) % 2_147_483_647) % below;
    const characters = `abzAZ019_.:/@,+-$\`"'\\;|&<>(){}[]*?~#!%= \n\t`;
    const taken: string[] = [];
    for (let round = 0; round < 20_000; round++) {
      const value = Array.from({ length: 1 + next(6) }, () => characters.charAt(next(characters.length))).join('');
      if (valueProblem(value, parameter('p')) === undefined) taken.push(value);
    }
    assert.ok(taken.length > 100);
    const text = taken.map((value) => `printf '%s\\n' ${value} "${value}" '${value}'`).join('\n');
    const printed = execFileSync('/bin/sh', { input: text, encoding: 'utf8' });
    assert.deepEqual(
      printed.trimEnd().split('\n'),
      taken.flatMap((value) => [value, value, value]),
    );
  });
});
