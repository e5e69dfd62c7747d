import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { maxOutputBytes, runProcess, type ProcessEnd } from '../../../src/platform/runProcess';

let folder: string;
before(async () => (folder = await realpath(await mkdtemp(join(tmpdir(), 'process-')))));
after(() => rm(folder, { recursive: true }));

/** Runs a script of Node, in the folder and for at most a second unless told otherwise. */
function run(
  script: string,
  options: { readonly timeoutMs?: number; readonly folder?: string } = {},
): Promise<ProcessEnd> {
  const { timeoutMs = 10_000 } = options;
  return runProcess([process.execPath, '-e', script], {
    timeoutMs,
    folder: options.folder ?? folder,
    env: process.env,
  });
}

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    // What nobody has waited for yet is still in the table, though it runs no more.
    return !(existsSync(`/proc/${pid}/stat`) && / Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8')));
  } catch {
    return false;
  }
};
async function gone(pid: number): Promise<void> {
  while (isAlive(pid)) await new Promise((resolve) => setImmediate(resolve));
}

describe('a program', () => {
  const check = (what: string, script: string, expected: ProcessEnd): void =>
    void test(what, async () => assert.deepEqual(await run(script), expected));
  check('that writes and ends', 'console.log("keys")', { type: 'done', output: 'keys\n' });
  check('that writes nothing', '', { type: 'done', output: '' });
  check('that writes UTF-16', 'process.stdout.write(Buffer.from("\\ufeffk", "utf16le"))', {
    type: 'done',
    output: 'k',
  });
  check('that writes a byte order mark', 'process.stdout.write("\\ufeff{}")', { type: 'done', output: '{}' });
  check('that fails', 'console.log("secret"); process.exit(3)', { type: 'failed', code: '3' });
  check('that is ended by another', 'process.kill(process.pid, "SIGTERM"); setInterval(() => 0, 1000)', {
    type: 'failed',
    code: 'SIGTERM',
  });
  check('that waits for input', 'process.stdin.on("end", () => console.log("end")).resume()', {
    type: 'done',
    output: 'end\n',
  });
  check('that floods its error output', `for (let i = 0; i < 64; i++) console.error("x".repeat(${maxOutputBytes}))`, {
    type: 'done',
    output: '',
  });

  for (const [name, code] of [
    ['no such program', 'ENOENT'],
    ['no\0name', 'ERR_INVALID_ARG_VALUE'],
  ] as const) {
    test(`that cannot be: ${JSON.stringify(name)}`, async () => {
      const end = await runProcess([name], { timeoutMs: 1_000, folder, env: {} });
      assert.deepEqual(end, { type: 'failed', code });
    });
  }

  test('runs in the folder it is given', async () => {
    assert.deepEqual(await run('console.log(process.cwd())'), { type: 'done', output: `${folder}\n` });
  });

  test('runs in the root where that folder is missing, never where we happen to be', async () => {
    const missing = join(folder, 'missing');
    assert.deepEqual(await run('console.log(process.cwd())', { folder: missing }), { type: 'done', output: '/\n' });
  });
});

describe('at the limit', { skip: process.platform === 'win32' }, () => {
  const pidFile = 'require("fs").writeFileSync("pid", String(process.pid));';

  test('a program that ignores signals is ended', async () => {
    const ignores = `${pidFile} process.on("SIGTERM", () => 0); process.on("SIGINT", () => 0); setInterval(() => 0, 1000)`;
    assert.deepEqual(await run(ignores, { timeoutMs: 700 }), { type: 'timeout' });
    await gone(Number(readFileSync(join(folder, 'pid'), 'utf8')));
  });

  test('so is everything it started', async () => {
    await mkdir(join(folder, 'tree'));
    const child = `${pidFile} setInterval(() => 0, 1000)`;
    const parent = `require("child_process").spawn(process.execPath, ["-e", ${JSON.stringify(child)}], { stdio: "inherit" }); setInterval(() => 0, 1000)`;
    assert.deepEqual(await run(parent, { timeoutMs: 1_500, folder: join(folder, 'tree') }), { type: 'timeout' });
    await gone(Number(readFileSync(join(folder, 'tree', 'pid'), 'utf8')));
  });

  test('one that floods its output is ended long before it', async () => {
    const floods = `${pidFile} const more = () => process.stdout.write("x".repeat(65536), more); more()`;
    assert.deepEqual(await run(floods, { timeoutMs: 60_000 }), { type: 'flooded' });
    await gone(Number(readFileSync(join(folder, 'pid'), 'utf8')));
  });

  test('what stays behind and keeps the output open is not waited for', async () => {
    const started = Date.now();
    const stays =
      'require("child_process").spawn("sleep", ["30"], { stdio: "inherit", detached: true }).unref(); console.log("keys")';
    assert.deepEqual(await run(stays, { timeoutMs: 20_000 }), { type: 'done', output: 'keys\n' });
    assert.ok(Date.now() - started < 10_000);
  });
});
