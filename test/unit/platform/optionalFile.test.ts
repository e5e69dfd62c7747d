import assert from 'node:assert/strict';
import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { readOptionalFile } from '../../../src/platform/optionalFile';

let folder: string;
before(async () => (folder = await mkdtemp(join(tmpdir(), 'optional-file-'))));
after(() => rm(folder, { recursive: true }));

test('a file that is there is read, also through a link', async () => {
  await writeFile(join(folder, 'file'), 'text');
  await symlink(join(folder, 'file'), join(folder, 'link'));
  assert.deepEqual([await read('file'), await read('link')], ['text', 'text']);
});

test('a file of Windows is text like any other', async () => {
  await writeFile(join(folder, 'utf16'), Buffer.from('\ufefftext', 'utf16le'));
  await writeFile(join(folder, 'marked'), '\ufefftext');
  assert.deepEqual([await read('utf16'), await read('marked')], ['text', 'text']);
});

test('no file and no folder are none', async () => {
  assert.deepEqual([await read('none'), await read('no/such/folder')], [undefined, undefined]);
});

test('a link that leads nowhere is a file that cannot be read', async () => {
  await symlink(join(folder, 'not-mounted', 'policy.json'), join(folder, 'dangling'));
  await assert.rejects(read('dangling'), { code: 'ENOENT' });
});

test('so is a file in a folder that is a link that leads nowhere', async () => {
  await symlink(join(folder, 'unmounted'), join(folder, 'home'));
  await assert.rejects(read('home/.aliyun/safety-policy.json'), { code: 'ENOENT' });
});

function read(name: string): Promise<string | undefined> {
  return readOptionalFile(join(folder, name));
}
