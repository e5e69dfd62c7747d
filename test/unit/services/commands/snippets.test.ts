import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test, type TestContext } from 'node:test';
import { readScriptFolder } from '../../../../src/platform/scriptFolder';
import { folderProblem, snippetEndings, snippetsOf } from '../../../../src/services/commands/snippets';

type Content = string | Uint8Array;

async function folderWith(t: TestContext, files: Readonly<Record<string, Content>>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'scripts '));
  t.after(() => rm(folder, { recursive: true, force: true }));
  for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content);
  return folder;
}

async function listed(folder: string) {
  const read = await readScriptFolder(folder, snippetEndings);
  return read.ok ? snippetsOf(read.files, 'en') : assert.fail(read.reason);
}

const header = (...lines: readonly string[]): string =>
  ['/// cloud-assistant', ...lines, '///'].map((line) => `# ${line}\n`).join('');

describe('a folder of scripts', () => {
  test('is a list of jobs: scripts for both systems of one name are one, and by name', async (t) => {
    const folder = await folderWith(t, {
      'disk.sh': header('name: B disk', 'effect: reads'),
      'disk.ps1': header('name: B disk', 'effect: reads'),
      'zap.bat': '@echo off\r\n',
      'app.py': 'print(1)\n',
      'app.sh': 'echo\n',
      'notes.txt': 'no script',
      '.hidden.sh': 'echo\n',
    });
    await mkdir(join(folder, 'folder.sh'));
    const jobs = await listed(folder);
    assert.deepEqual(
      jobs.map(({ name, effect, scripts }) => [name, effect, scripts.map(({ language }) => language).join()]),
      [
        ['app.py', 'changes', 'python'],
        ['app.sh', 'changes', 'shell'],
        ['B disk', 'reads', 'powershell,shell'],
        ['zap.bat', 'changes', 'batch'],
      ],
    );
  });

  test('the careful word counts where the two scripts of a job differ', async (t) => {
    const folder = await folderWith(t, { 'a.sh': header('effect: reads'), 'a.ps1': header('effect: changes') });
    assert.equal((await listed(folder))[0]?.effect, 'changes');
  });

  test('a job is told in the words of the script that is wanted, which is also the first one', async (t) => {
    const folder = await folderWith(t, { 'a.sh': header('name: On Linux'), 'a.ps1': header('name: On Windows') });
    const read = await readScriptFolder(folder, snippetEndings);
    assert.ok(read.ok);
    for (const [language, name] of [
      ['shell', 'On Linux'],
      ['powershell', 'On Windows'],
    ] as const) {
      const [job] = snippetsOf(read.files, 'en', [language]);
      assert.equal(job?.name, name);
      assert.equal(job.scripts[0]?.language, language);
    }
  });

  test('what cannot be used is told with the reason, and the rest is there', async (t) => {
    const folder = await folderWith(t, {
      'good.sh': 'echo\n',
      'large.sh': 'x'.repeat(70_000),
      'gbk.sh': new Uint8Array([0x65, 0x63, 0x68, 0x6f, 0x20, 0xd6, 0xd0, 0xce, 0xc4]),
      'binary.sh': new Uint8Array([0x7f, 0x45, 0x4c, 0x46, 0, 0, 1]),
      'header.sh': header('nmae: x'),
      'open.sh': '# /// cloud-assistant\n',
    });
    await symlink(join(folder, 'loop.sh'), join(folder, 'loop.sh'));
    await symlink(join(folder, 'gone'), join(folder, 'dangling.sh'));
    const problems = new Map((await listed(folder)).map(({ name, problem }) => [name, problem]));
    assert.equal(problems.size, 8);
    assert.equal(problems.get('good.sh'), undefined);
    assert.match(problems.get('large.sh') ?? '', /larger than 64 KB/);
    assert.match(problems.get('gbk.sh') ?? '', /Save it as UTF-8/);
    assert.match(problems.get('binary.sh') ?? '', /is not text/);
    assert.match(problems.get('header.sh') ?? '', /^header\.sh, line 2: "nmae" is not known here/);
    assert.match(problems.get('open.sh') ?? '', /line 1: .*no end/);
    assert.match(problems.get('loop.sh') ?? '', /cannot be read/);
    assert.match(problems.get('dangling.sh') ?? '', /cannot be read/);
  });

  test('links to files and what Windows writes are read', async (t) => {
    const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from("Write-Output '中'\r\n", 'utf16le')]);
    const folder = await folderWith(t, { 'a.ps1': utf16, 'b.sh': '\ufeffecho\n' });
    await symlink(join(folder, 'b.sh'), join(folder, 'c.sh'));
    const texts = (await listed(folder)).map(({ scripts }) => scripts[0]?.text);
    assert.deepEqual(texts, ["Write-Output '中'\r\n", 'echo\n', 'echo\n']);
  });

  test('more than it lists is said', async (t) => {
    const names = Array.from({ length: 303 }, (_, i) => [`s${String(i).padStart(3, '0')}.sh`, 'echo\n'] as const);
    const jobs = await listed(await folderWith(t, Object.fromEntries(names)));
    assert.equal(jobs.length, 301);
    assert.match(jobs.find(({ problem }) => problem !== undefined)?.problem ?? '', /more than 300/);
  });
});

describe('a folder that cannot be listed is said why', () => {
  const why = async (path: string): Promise<string> => {
    const read = await readScriptFolder(path, snippetEndings);
    return read.ok ? '' : folderProblem(read);
  };

  test('a relative path', async () => assert.match(await why('scripts'), /absolute path/));
  test('none there', async () => assert.match(await why(join(tmpdir(), 'no such folder')), /does not exist/));
  test('a file', async (t) => {
    const folder = await folderWith(t, { 'a.sh': '' });
    assert.match(await why(join(folder, 'a.sh')), /leads to a file/);
  });
  test('an empty one is no failure', async (t) => assert.deepEqual(await listed(await folderWith(t, {})), []));
});
