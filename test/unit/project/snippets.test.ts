import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';
import type { Script } from '../../../src/core/script';
import { readScriptFolder } from '../../../src/platform/scriptFolder';
import { renderValues } from '../../../src/providers/quoting';
import { assembleScript } from '../../../src/providers/script';
import { scriptWarnings } from '../../../src/providers/scriptWarnings';
import { play } from '../../../src/sandbox/commands/play';
import type { ScriptHeader } from '../../../src/services/commands/headerTypes';
import { readHeader } from '../../../src/services/commands/scriptHeader';
import { snippetEndings, snippetsOf, type Snippet } from '../../../src/services/commands/snippets';

const folder = join(__dirname, '..', '..', '..', 'snippets');
let snippets: readonly Snippet[] = [];
let chinese: readonly Snippet[] = [];

before(async () => {
  const read = await readScriptFolder(folder, snippetEndings);
  assert.ok(read.ok);
  snippets = snippetsOf(read.files, 'en');
  chinese = snippetsOf(read.files, 'zh-cn');
});

/** What a person would enter where nothing stands in the box. */
const entered: Readonly<Record<string, string>> = { unit: 'sshd' };

function each(check: (script: Script, header: ScriptHeader, snippet: Snippet) => void): void {
  for (const snippet of snippets)
    for (const script of snippet.scripts) {
      const { header } = readHeader(script.text, script.language);
      assert.ok(header, script.name);
      check(script, header, snippet);
    }
}

function filled(script: Script, { parameters }: ScriptHeader): string {
  const value = (name: string, initial = ''): string => initial || (entered[name] ?? assert.fail(name));
  const values = parameters.map(({ name, initial }) => ({ name, value: value(name, initial) }));
  const made = assembleScript({ language: script.language, body: script.text, values });
  return made.ok ? made.script.content : assert.fail(script.name);
}

function said(
  script: Script,
  header: ScriptHeader,
  number: number,
): { readonly text: string; readonly exitCode: number } {
  const isLinux = script.language === 'shell';
  const host = {
    id: `i-canary${number}`,
    name: `canary-name-${number}`,
    hostname: `canary-host-${number}`,
    address: `10.7.0.${number}`,
    system: isLinux ? ('linux' as const) : ('windows' as const),
    osVersion: '10.0.20348',
    agentVersion: '2.2.3.857',
  };
  const now = new Date(Date.UTC(2026, 10, 20 + number, number));
  const asked = { content: filled(script, header), user: isLinux ? 'root' : 'System', folder: '/root', now };
  const { pieces, exitCode } = play({ ...asked, language: script.language }, host);
  return { text: pieces.map(({ text }) => text).join(''), exitCode };
}

describe('the snippets that come with the extension', () => {
  test('are the fifteen jobs that only read and the one that changes something, for both systems', () => {
    assert.equal(snippets.length, 16);
    assert.deepEqual(
      snippets.filter(({ effect }) => effect !== 'reads').map(({ name }) => name),
      ['Restart a service'],
    );
    for (const { name, scripts, problem } of snippets) {
      assert.equal(problem, undefined, name);
      assert.deepEqual(scripts.map(({ language }) => language).sort(), ['powershell', 'shell'], name);
    }
  });

  test('have names and descriptions in both languages, and say what is asked', () => {
    each((script, { name, description, systems, timeout, parameters }) => {
      for (const words of [name, description, ...parameters.map((one) => one.description)]) {
        assert.ok(words, script.name);
        assert.match(words.zh, /\p{Script=Han}/u, script.name);
        assert.doesNotMatch(words.en, /\p{Script=Han}/u, script.name);
      }
      assert.deepEqual(systems, [script.language === 'shell' ? 'linux' : 'windows']);
      assert.ok((timeout ?? 0) >= 60 && (timeout ?? 0) <= 300);
      for (const { name: parameter, pattern } of parameters) assert.ok(pattern, `${script.name} ${parameter}`);
    });
    assert.equal(new Set(chinese.map(({ name }) => name)).size, 16);
  });

  test('end well on the hosts of the sandbox, with their verdict in the first and the last line', () => {
    each((script, header) => {
      const { text, exitCode } = said(script, header, 1);
      const lines = text.trimEnd().split(/\r?\n/);
      assert.equal(exitCode, 0, `${script.name}: ${text}`);
      assert.match(lines[0] ?? '', /^(?:OK|ATTENTION|CANNOT TELL): \S/, `${script.name}: ${text}`);
      assert.equal(lines.at(-1), lines[0], script.name);
      assert.ok(!lines.includes(''), script.name);
      assert.ok(text.length < 4_096, script.name);
    });
  });

  test('say the same on equal hosts, whatever these are called and whenever it is', () => {
    each((script, header) => {
      const { text } = said(script, header, 1);
      assert.equal(text, said(script, header, 2).text, script.name);
      assert.doesNotMatch(text, /canary|10\.7\.0\.|2026-/, script.name);
    });
  });

  test('do nothing that a person would have to be warned of, and fit into a call of either cloud', () => {
    each((script, header) => {
      assert.deepEqual(scriptWarnings(script.text, script.language), [], script.name);
      assert.ok(Buffer.from(filled(script, header)).toString('base64').length < 16 * 1_024, script.name);
      assert.ok(!script.text.includes('\r') && script.text.endsWith('\nexit 0\n'), script.name);
      assert.ok(renderValues(script.language, []).ok);
    });
  });

  test('write nothing where they say that they only read', () => {
    const writes =
      /\b(?:rm|mv|cp|tee|touch|mkdir|rmdir|ln|chmod|chown|dd|kill|pkill|truncate|install|mount|useradd)\s|sed -i|systemctl (?:re?start|stop|enable|disable|reload)|\b(?:Set|Remove|New|Restart|Stop|Start|Install|Add|Clear|Enable|Disable|Move|Copy|Rename|Invoke|Out-File)-\w+|Win32_Product/;
    each((script, header) => {
      if (header.effect !== 'reads') return;
      const body = script.text
        .split('\n')
        .filter((line) => !/^\s*#/.test(line))
        .map((line) => line.replaceAll(/'[^']*'/g, "''").replaceAll(/\d?>\s?(?:\/dev\/null|\$null|&1)/g, ''))
        .join('\n');
      assert.doesNotMatch(body, />/, script.name);
      assert.doesNotMatch(body, writes, script.name);
    });
  });

  test('are read by a real sh', (t) => {
    const shells = ['dash', 'sh'].filter((shell) => spawnSync(shell, ['-c', 'true']).status === 0);
    const [shell] = shells;
    if (shell === undefined) return t.skip('there is no sh here');
    each((script) => {
      if (script.language === 'shell') execFileSync(shell, ['-n'], { input: script.text });
    });
  });
});
