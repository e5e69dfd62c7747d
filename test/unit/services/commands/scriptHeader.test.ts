import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { ScriptLanguage } from '../../../../src/core/script';
import { allParameters, parameterProblem } from '../../../../src/services/commands/parameterAnswer';
import { readHeader, wordsIn } from '../../../../src/services/commands/scriptHeader';

const lines = [
  '/// cloud-assistant',
  'name: Disks that fill up',
  'name.zh-cn: 快满的磁盘',
  'description: Tells them',
  'effect: reads',
  'systems: linux',
  'timeout: 120',
  '',
  'parameter: limit',
  '  description: Percent',
  '  description.zh-cn: 百分比',
  '  default: 80',
  '  pattern: [1-9][0-9]?',
  'parameter: mode',
  '  values: fast, slow',
  'parameter: token',
  '///',
];

function written(prefix: string, texts: readonly string[], end = '\n'): string {
  return texts.map((line) => `${prefix}${line}${end}`).join('');
}

const wanted = {
  name: { en: 'Disks that fill up', zh: '快满的磁盘' },
  description: { en: 'Tells them', zh: 'Tells them' },
  effect: 'reads',
  systems: ['linux'],
  timeout: 120,
  parameters: [
    {
      name: 'limit',
      description: { en: 'Percent', zh: '百分比' },
      initial: '80',
      pattern: '[1-9][0-9]?',
      values: undefined,
      secret: false,
    },
    {
      name: 'mode',
      description: undefined,
      initial: undefined,
      pattern: undefined,
      values: ['fast', 'slow'],
      secret: false,
    },
    { name: 'token', description: undefined, initial: undefined, pattern: undefined, values: undefined, secret: true },
  ],
};

describe('a header is read', () => {
  for (const [language, prefix, head, end] of [
    ['shell', '# ', '#!/bin/sh\n', '\n'],
    ['shell', '#', '', '\r\n'],
    ['python', '# ', '#!/usr/bin/env python3\n# -*- coding: utf-8 -*-\n', '\n'],
    ['powershell', '# ', '\ufeff', '\r\n'],
    ['batch', 'rem ', '@echo off\r\n', '\r\n'],
    ['batch', '@REM ', '', '\n'],
    ['batch', ':: ', '', '\n'],
  ] as const) {
    test(`${language} with ${JSON.stringify(prefix)}`, () => {
      const { header, problems } = readHeader(`${head}${written(prefix, lines, end)}echo\n`, language);
      assert.deepEqual(problems, []);
      assert.deepEqual(header, wanted);
    });
  }

  test('a script without one has none, whatever its comments say', () => {
    for (const text of [
      '',
      'echo\n',
      '# @param x a thing\n# name: x\n',
      '# /// script\n# ///\n',
      '/// cloud-assistant\n',
    ])
      assert.deepEqual(readHeader(text, 'shell'), { header: undefined, problems: [] });
  });

  test('what is not said is taken for the careful thing', () => {
    const { header } = readHeader('# /// cloud-assistant\n# ///\n', 'shell');
    assert.equal(header?.effect, 'changes');
    assert.deepEqual(header?.parameters, []);
  });

  test('a name that is one of a secret is one, unless the file says otherwise', () => {
    const secretOf = (...more: readonly string[]): boolean | undefined =>
      readHeader(written('# ', ['/// cloud-assistant', ...more, '///']), 'shell').header?.parameters[0]?.secret;
    for (const name of ['password', 'DB_PASSWD', 'apiKey', 'api_key', 'accessToken', 'client_secret'])
      assert.equal(secretOf(`parameter: ${name}`), true, name);
    assert.equal(secretOf('parameter: unit'), false);
    assert.equal(secretOf('parameter: token', 'secret: no'), false);
    assert.equal(secretOf('parameter: pin', 'secret: yes'), true);
  });

  test('words are in the language of the user', () => {
    assert.equal(wordsIn(wanted.name, 'zh-cn'), '快满的磁盘');
    assert.equal(wordsIn(wanted.name, 'de'), 'Disks that fill up');
  });
});

describe('what is wrong with a header is told by its line', () => {
  const problems = (texts: readonly string[], language: ScriptLanguage = 'shell'): string[] =>
    readHeader(written('# ', ['/// cloud-assistant', ...texts]), language).problems.map(
      ({ line, text }) => `${line} ${text}`,
    );

  for (const [texts, said] of [
    [['name: x'], /^1 The header that begins here has no end/],
    [['nmae: x', '///'], /^2 "nmae" is not known here\. Known are: name/],
    [['just words', '///'], /^2 This is not "key: value"\./],
    [['name: x', 'name: y', '///'], /^3 "name" stands here twice\./],
    [['effect: nothing', '///'], /^2 The effect is/],
    [['systems: macos', '///'], /^2 Systems are/],
    [['systems: linux, solaris', '///'], /^2 Systems are/],
    [['timeout: 5', '///'], /^2 Enter a whole number from 30 to 86400\./],
    [['timeout: soon', '///'], /^2 Enter a whole number/],
    [['parameter: 1x', '///'], /^2 A parameter is named with/],
    [['parameter: a b', '///'], /^2 A parameter is named with/],
    [['parameter: x', 'parameter: X', '///'], /^3 Two parameters have this name\./],
    [['parameter: x', 'pattern: (', '///'], /^3 The pattern is no regular expression\./],
    [['parameter: x', 'default: 1', 'pattern: [a-z]+', '///'], /^3 The default does not fit/],
    [['parameter: x', 'values: a, b', 'default: c', '///'], /^4 The default is none of the values\./],
    [['parameter: x', 'values: ,', '///'], /^3 There are no values here/],
    [['parameter: x', 'secret: maybe', '///'], /^3 "secret" is "yes" or "no"\./],
    [['parameter: x', 'secret: yes', 'default: hunter2', '///'], /^4 A secret has no default/],
    [['parameter: x', 'effect: reads', '///'], /^3 "effect" is not known here/],
    [[...Array.from({ length: 21 }, (_, i) => `parameter: p${i}`), '///'], /^22 At most 20 parameters\./],
  ] as const) {
    test(texts.slice(0, 3).join(' / '), () => {
      const [first = ''] = problems(texts);
      assert.match(first, said);
      assert.equal(readHeader(written('# ', ['/// cloud-assistant', ...texts]), 'shell').header, undefined);
    });
  }

  test('all of it, in the order of the lines', () => {
    assert.deepEqual(
      problems(['effect: no', 'parameter: x', 'secret: no idea', 'colour: red', '///']).map(
        (text) => text.split(' ')[0],
      ),
      ['2', '4', '5'],
    );
  });

  test('a default never stands in what is said of it', () => {
    for (const text of problems(['parameter: x', 'secret: yes', 'default: canary-4711', '///']))
      assert.ok(!text.includes('canary'));
  });
});

describe('an answer fits its parameter', () => {
  const plain = { initial: undefined, pattern: undefined, values: undefined };
  for (const [parameter, value, ok] of [
    [plain, 'x', true],
    [plain, '', false],
    [{ ...plain, initial: '' }, '', true],
    [{ ...plain, initial: '80' }, '', false],
    [{ ...plain, pattern: '[a-z]+' }, 'abc', true],
    [{ ...plain, pattern: '[a-z]+' }, 'abc\n', false],
    [{ ...plain, values: ['a', 'b'] }, 'a', true],
    [{ ...plain, values: ['a', 'b'] }, 'c', false],
    [plain, 'x'.repeat(4_001), false],
  ] as const) {
    test(`${JSON.stringify(parameter)} takes ${value.slice(0, 5)}: ${ok}`, () =>
      assert.equal(parameterProblem(parameter, value) === undefined, ok));
  }

  test('a parameter of both scripts of a job is asked for once', () => {
    const header = readHeader(written('# ', lines), 'shell').header;
    assert.deepEqual(
      allParameters([header, header, undefined]).map(({ name }) => name),
      ['limit', 'mode', 'token'],
    );
  });
});
