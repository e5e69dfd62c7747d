import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { ScriptLanguage } from '../../../src/core/commands';
import type { FinishedScript } from '../../../src/providers/script';
import {
  assembleScript,
  finishScript,
  lineEndings,
  sizeProblem,
  withUnixLineEnds,
} from '../../../src/providers/script';
import { scriptWarnings } from '../../../src/providers/scriptWarnings';
import { sha256Of } from '../../../src/util/hash';

function assembled(language: ScriptLanguage, body: string, interpreterLine?: string): string {
  const values = [{ name: 'x', value: "it's" }].slice(0, language === 'batch' ? 0 : 1);
  const result = assembleScript({
    language,
    body,
    values: language === 'batch' ? [{ name: 'x', value: 'a' }] : values,
    interpreterLine,
  });
  return result.ok ? result.script.content : assert.fail(JSON.stringify(result.problems));
}

describe('values stand behind what must come first', () => {
  for (const [language, body, wanted] of [
    ['shell', 'echo "$x"\n', "x='it'\\''s'\necho \"$x\"\n"],
    ['shell', '#!/bin/bash\necho\n', "#!/bin/bash\nx='it'\\''s'\necho\n"],
    ['shell', '#!/bin/bash', "#!/bin/bash\nx='it'\\''s'\n"],
    ['powershell', 'Write-Output $x\r\n', "$x = 'it''s'\r\nWrite-Output $x\r\n"],
    ['powershell', '# note\nparam([string]$a = "(")\n$a', "# note\nparam([string]$a = \"(\")\n$x = 'it''s'\n\n$a"],
    [
      'powershell',
      '#requires -Version 5\r\nusing namespace System\r\n$x',
      "#requires -Version 5\r\nusing namespace System\r\n$x = 'it''s'\r\n$x",
    ],
    ['batch', '@echo off\r\necho %x%', '@echo off\r\nset "x=a"\r\necho %x%'],
    [
      'python',
      '#!/usr/bin/python\n# -*- coding: utf-8 -*-\nfrom __future__ import print_function\nprint(x)',
      '#!/usr/bin/python\n# -*- coding: utf-8 -*-\nfrom __future__ import print_function\nx = "it\'s"\nprint(x)',
    ],
  ] as const) {
    test(`${language}: ${JSON.stringify(body.slice(0, 30))}`, () => assert.equal(assembled(language, body), wanted));
  }

  test('the line that the cloud wants comes first, unless the script has one', () => {
    assert.equal(assembled('shell', 'echo', '#!/bin/bash'), "#!/bin/bash\nx='it'\\''s'\necho");
    assert.equal(assembled('shell', '#!/bin/sh\necho', '#!/bin/bash'), "#!/bin/sh\nx='it'\\''s'\necho");
  });

  test('a byte order mark is left out', () => assert.equal(assembled('shell', '\ufeffecho'), "x='it'\\''s'\necho"));

  test('a bad value makes no script', () => {
    assert.equal(assembleScript({ language: 'shell', body: '', values: [{ name: 'x', value: '\0' }] }).ok, false);
  });
});

describe('what is said of a script', () => {
  const script: FinishedScript = finishScript('shell', 'echo 中\n');

  test('lines, bytes and the size after Base64', () => {
    assert.deepEqual([script.lines, script.bytes, script.base64Bytes], [1, 9, 12]);
    assert.equal(finishScript('shell', 'a\nb').lines, 2);
    assert.equal(script.base64Bytes, Buffer.from(script.content).toString('base64').length);
  });

  test('what the cloud has stored is compared byte by byte', () => {
    const stored = (text: string): boolean => sha256Of(Buffer.from(text)) === script.sha256;
    assert.deepEqual(
      [stored('echo 中\n'), stored('echo 中\r\n'), stored('echo 中'), stored('')],
      [true, false, false, false],
    );
  });

  test('the limit is the last size that is taken', () => {
    assert.equal(sizeProblem(finishScript('shell', 'x'.repeat(18_432)), 24 * 1_024), undefined);
    assert.match(
      sizeProblem(finishScript('shell', 'x'.repeat(18_433)), 24 * 1_024) ?? '',
      /24580 bytes in Base64.*18432 bytes of text/,
    );
  });

  test('line ends', () => {
    assert.deepEqual(['a', 'a\nb\n', 'a\r\nb\r\n', 'a\nb\r\n'].map(lineEndings), ['none', 'lf', 'crlf', 'mixed']);
    assert.equal(withUnixLineEnds('a\r\nb\rc\n'), 'a\nb\rc\n');
  });
});

describe('warnings', () => {
  const codes = (content: string, language: ScriptLanguage = 'shell'): string[] =>
    scriptWarnings(content, language).map(({ code, line }) => `${code} ${line}`);

  for (const [content, wanted, language] of [
    ['echo\nread answer', ['waitsForInput 2']],
    ['echo x | while read l; do echo $l; done', ['waitsForInput 1']],
    ['read line < /etc/hostname', []],
    ['apt-get install nginx', ['waitsForInput 1']],
    ['sudo yum update', ['waitsForInput 1']],
    ['apt-get install -y nginx', []],
    ['apt-get -qy upgrade', []],
    ['apt list --upgradable', []],
    ['dnf --assumeyes install x', []],
    ['# read me', []],
    ['echo already', []],
    ['exit 193', ['actsOnHost 1']],
    ['exit 1930', []],
    ['if x; then exit 194; fi', ['actsOnHost 1']],
    ['sys.exit(194)', ['actsOnHost 1'], 'python'],
    ['exit 3010', ['actsOnHost 1'], 'powershell'],
    ['exit /b 3009', ['actsOnHost 1'], 'batch'],
    ['exit $LASTEXITCODE', ['actsOnHost 1'], 'powershell'],
    ['reboot', ['restarts 1']],
    ['a && shutdown -r now', ['restarts 1']],
    ['echo "no reboot needed"', []],
    ['test -f /var/run/reboot-required', []],
    ['Restart-Computer -Force', ['restarts 1'], 'powershell'],
    ['systemctl stop aliyun.service', ['stopsAgent 1']],
    ['systemctl is-active aliyun.service', []],
    ['aliyun-service --deregister', ['stopsAgent 1']],
    ['Stop-Service AliyunService', ['stopsAgent 1'], 'powershell'],
    ['systemctl restart network', ['stopsNetwork 1']],
    ['iptables -P INPUT DROP', ['stopsNetwork 1']],
    ['ip link set eth0 down', ['stopsNetwork 1']],
    ['systemctl restart nginx', []],
    ['Disable-NetAdapter -Name x', ['stopsNetwork 1'], 'powershell'],
    ['Read-Host "name"', ['waitsForInput 1'], 'powershell'],
    ['pause', ['waitsForInput 1'], 'batch'],
    ['input("?")', ['waitsForInput 1'], 'python'],
    ['export PASSWORD=hunter22', ['secret 1']],
    ['PASSWORD="$1"', []],
    ['mysql -u root -phunter22', ['secret 1']],
    ['-----BEGIN RSA PRIVATE KEY-----', ['secret 1']],
    ['echo LTAI5tAbCdEfGhIjKlMnOpQr', ['secret 1']],
    ['# password: hunter22', ['secret 1']],
    ['curl https://me:hunter22@host/x', ['secret 1']],
    ['#   secret: yes', []],
    ['#   secret: yes, hunter22', ['secret 1']],
    ['echo a\r\necho b\r\n', ['windowsLineEnds 1']],
  ] as const) {
    test(`${language ?? 'shell'}: ${JSON.stringify(content)}`, () =>
      assert.deepEqual(codes(content, language), wanted));
  }

  test('the warning never holds the secret', () => {
    for (const { text } of scriptWarnings('password=canary-4711', 'shell')) assert.ok(!text.includes('canary'));
  });

  test('a long line takes no time', () => {
    const started = performance.now();
    scriptWarnings(`${'read '.repeat(4_000)}\n`.repeat(5), 'shell');
    assert.ok(performance.now() - started < 1_000);
  });
});
