import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { posixCommand, powerShellCommand, windowsWord, type CommandOption } from '../../../src/util/commandLine';
import { visibleText } from '../../../src/util/visible';
import { optionsOfAliyun, wordsOfPowerShell, wordsOfSh } from '../support/commandLines';

const hostile = [
  '--endpoint=evil.example.com',
  '--config-path',
  '-p',
  '---',
  '=',
  ':x',
  "it's",
  "'; reboot; '",
  '"',
  'a "b" c',
  '"b c"',
  'C:\\Program Files\\',
  'a\\" --profile=x',
  '\\\\',
  '’; Remove-Item C:\\ ; ‘',
  '$(reboot) `reboot` %PATH% $env:PATH !!',
  '@file',
  '* ? [a] {a,b} ~ #',
  '中文 👩‍💻',
  'x\nreboot',
  ' ',
];
const value = fc.oneof(
  fc.constantFrom(...hostile),
  fc.string({ unit: fc.constantFrom(...'a b=:-\'"\\’‘‚‛$`%!&|;<>()@\n\t中'), maxLength: 12 }),
  fc.string({ unit: 'grapheme', maxLength: 12 }),
);
const options: fc.Arbitrary<CommandOption[]> = fc
  .tuple(value, value, value)
  .map(([a, b, c]) => [['RegionId', a] as const, ['Description', b] as const, ['InstanceName', c] as const]);

/** What must arrive: each value that is not empty under its name, controls named. */
function wanted(given: readonly CommandOption[]): Record<string, string> {
  return Object.fromEntries(given.flatMap(([name, text]) => (text === '' ? [] : [[name, visibleText(text)]])));
}

describe('whatever a value is, it arrives as that value and as nothing else', () => {
  test('through a real sh and the parser of the aliyun CLI', () =>
    fc.assert(
      fc.property(options, (given) => {
        const line = posixCommand(['aliyun', 'ecs', 'CreateActivation'], given);
        assert.doesNotMatch(line, /[\r\n]/);
        const read = optionsOfAliyun(wordsOfSh(line, 'aliyun'));
        assert.deepEqual(read, { args: ['ecs', 'CreateActivation'], options: wanted(given) });
      }),
    ));

  for (const version of ['5.1', '7.2', '7.4'] as const)
    test(`through PowerShell ${version}, a Windows program and the parser of the agent`, () =>
      fc.assert(
        fc.property(options, (given) => {
          const line = powerShellCommand('"$env:TEMP\\setup.exe"', ['/S', '--register'], given);
          assert.doesNotMatch(line, /[\r\n]/);
          const { args, options: read } = optionsOfAliyun(wordsOfPowerShell(line, version));
          assert.deepEqual({ args, read }, { args: ['/S'], read: { register: '', ...wanted(given) } });
        }),
        { numRuns: 1000 },
      ));
});

describe('a usual value is readable', () => {
  const given: CommandOption[] = [
    ['RegionId', 'cn-hangzhou'],
    ['InstanceName', 'web 1'],
    ['Description', ''],
  ];
  test('for sh', () =>
    assert.equal(posixCommand(['aliyun'], given), "aliyun --RegionId='cn-hangzhou' --InstanceName='web 1'"));
  test('for PowerShell', () =>
    assert.equal(
      powerShellCommand('setup.exe', ['/S'], given),
      "& setup.exe /S --RegionId='cn-hangzhou' --InstanceName='web 1'",
    ));
  test('for a Windows program', () => assert.equal(windowsWord('a "b\\" c\\'), '"a \\"b\\\\\\" c\\\\"'));
});
