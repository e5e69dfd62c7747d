import assert from 'node:assert/strict';
import { appendFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { createJournalFiles } from '../../../../src/platform/journalFiles';
import { createSharedFiles } from '../../../../src/platform/sharedFiles';
import { AccountLevels, levelKeys } from '../../../../src/services/accounts/accountLevels';
import { FollowedMemory } from '../../../../src/services/accounts/followedMemory';
import { loadRuns } from '../../../../src/services/journal/history';
import { Journal } from '../../../../src/services/journal/journal';
import type { JournalEntry } from '../../../../src/services/journal/records';
import { systemClock } from '../../../../src/util/clock';
import type { Event } from '../../../../src/util/lifecycle';
import { createMemory } from '../../support/memory';

const folders: string[] = [];
after(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true }))));

async function sharedFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'windows-'));
  folders.push(folder);
  return folder;
}

function heard<T>(event: Event<T>): Promise<T> {
  return new Promise((resolve) => {
    const subscription = event((value) => {
      subscription.dispose();
      resolve(value);
    });
  });
}

describe('two windows on one journal', () => {
  const openWindow = (folder: string, fileName: string): Journal =>
    new Journal({ files: createJournalFiles(join(folder, 'journal')), clock: systemClock, fileName });
  const begin = (run: string): JournalEntry => ({ type: 'run', run, plan: 'p', count: 1, title: run });
  const runsSeen = async (journal: Journal): Promise<string[]> => [...(await loadRuns(journal)).runs.keys()].sort();

  test('see each other’s runs within a second, before and after they wrote themselves', async () => {
    const folder = await sharedFolder();
    const [a, b] = [openWindow(folder, 'a.jsonl'), openWindow(folder, 'b.jsonl')];
    assert.deepEqual([await runsSeen(a), await runsSeen(b)], [[], []]);
    const started = performance.now();
    const bHears = heard(b.onDidChange);
    await a.append(begin('of a'));
    await bHears;
    assert.ok(performance.now() - started < 1_000, `${performance.now() - started} ms`);
    assert.deepEqual(await runsSeen(b), ['of a']);
    const aHears = heard(a.onDidChange);
    await b.append(begin('of b'));
    await aHears;
    assert.deepEqual(await runsSeen(a), ['of a', 'of b']);
    assert.deepEqual((await a.load()).problems, []);
    assert.deepEqual((await b.load()).problems, []);
    a.dispose();
    b.dispose();
  });

  test('believe that a line is damaged only when it stays so', async () => {
    const folder = await sharedFolder();
    const [a, b] = [openWindow(folder, 'a.jsonl'), openWindow(folder, 'b.jsonl')];
    await a.append(begin('of a'));
    assert.deepEqual(await runsSeen(b), ['of a']);
    const bHears = heard(b.onDidChange);
    await appendFile(join(folder, 'journal', 'a.jsonl'), '{"seq":3,"ti');
    await bHears;
    assert.deepEqual(
      (await b.load()).problems.map(({ problem }) => problem),
      ['cutOff'],
    );
    a.dispose();
    b.dispose();
  });
});

describe('two windows with the same accounts', () => {
  test('see each other’s marks within a second, whatever VS Code tells of them', async () => {
    const folder = await sharedFolder();
    let drafts = 0;
    const openWindow = async () => {
      // Each window has a memory of its own, as VS Code’s does not tell of others.
      const memory = new FollowedMemory(
        createMemory(),
        createSharedFiles(folder, () => String(++drafts)),
        levelKeys,
      );
      await memory.following;
      return { memory, levels: new AccountLevels(memory) };
    };
    const [a, b] = [await openWindow(), await openWindow()];
    const started = performance.now();
    const bHears = heard(b.levels.onDidChange);
    await a.levels.set('env:alibabaCloud', 'production');
    await bHears;
    assert.ok(performance.now() - started < 1_000);
    assert.equal(b.levels.get('env:alibabaCloud'), 'production');
    const aHears = heard(a.levels.onDidChange);
    await b.levels.set('env:volcengine', 'readOnly');
    await aHears;
    assert.deepEqual(
      ['env:alibabaCloud', 'env:volcengine'].map((id) => a.levels.get(id)),
      ['production', 'readOnly'],
    );
    for (const { memory, levels } of [a, b]) {
      levels.dispose();
      memory.dispose();
    }
  });

  test('take nothing of a file that says something else', async () => {
    const folder = await sharedFolder();
    const shared = createSharedFiles(folder, () => 'n');
    const memory = new FollowedMemory(createMemory({ accountLevels: { a: 'production' } }), shared, levelKeys);
    await memory.following;
    const changes: string[] = [];
    memory.onDidChange((key) => changes.push(key));
    await shared.write('accountLevels', 'not JSON');
    await shared.write('accountLevels', '7');
    const heardOf = heard(memory.onDidChange);
    await shared.write('accountLevels', JSON.stringify({ value: { a: 'readOnly' } }));
    await heardOf;
    assert.deepEqual(changes, ['accountLevels']);
    assert.deepEqual(memory.get('accountLevels'), { a: 'readOnly' });
    memory.dispose();
  });
});
