import assert from 'node:assert/strict';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { createJournalFiles } from '../../../../src/platform/journalFiles';
import { Journal } from '../../../../src/services/journal/journal';
import { type JournalProblem } from '../../../../src/services/journal/records';
import { type JournalEntry } from '../../../../src/services/journal/records';
import { verify, verifyAll } from '../../../../src/services/journal/verify';
import { FakeClock } from '../../support/fakeClock';
import { FakeFiles } from '../../support/workplace';

const runOf = (run: string): JournalEntry => ({ type: 'run', run, plan: 'p', count: 1, title: '删除 1 台？' });
const ended = (run: string): JournalEntry => ({ type: 'ended', run, cancelled: false, unsent: [] });

function open(files: FakeFiles, fileName: string, clock = new FakeClock()): Journal {
  return new Journal({ files, clock, fileName });
}

/** One window after the other, each with its runs. */
async function write(...windows: readonly (readonly string[])[]): Promise<FakeFiles> {
  const files = new FakeFiles();
  const clock = new FakeClock();
  for (const [index, runs] of windows.entries()) {
    const journal = open(files, `${index + 1}.jsonl`, clock);
    for (const run of runs) {
      await journal.append(runOf(run));
      await journal.append(ended(run));
    }
    clock.advance(60_000);
  }
  return files;
}

const linesOf = (files: FakeFiles, name: string): string[] => (files.files.get(name) ?? '').split('\n').slice(0, -1);
const put = (files: FakeFiles, name: string, lines: readonly string[]): void => {
  files.files.set(name, lines.map((line) => `${line}\n`).join(''));
};
const problemsOf = async (files: FakeFiles): Promise<JournalProblem['problem'][]> =>
  verifyAll(await files.list()).problems.map((p) => p.problem);

describe('the chain', () => {
  test('of what was written holds, with all records in the order of time', async () => {
    const files = await write(['r1', 'r2'], ['r3']);
    const { records, problems } = verifyAll(await files.list());
    assert.deepEqual(problems, []);
    assert.deepEqual(
      records.map((r) => r.type),
      ['opened', 'run', 'ended', 'run', 'ended', 'opened', 'run', 'ended'],
    );
    assert.deepEqual(
      records.map((r) => r.seq),
      [1, 2, 3, 4, 5, 1, 2, 3],
    );
  });

  test('keeps the order in which things happened when the clock is set back', async () => {
    const files = new FakeFiles();
    const clock = new FakeClock();
    const journal = open(files, '1.jsonl', clock);
    await journal.append(runOf('r1'));
    clock.advance(-3_600_000);
    await journal.append(ended('r1'));
    const { records, problems } = verifyAll(await files.list());
    assert.deepEqual([records.map((r) => r.type), problems], [['opened', 'run', 'ended'], []]);
  });

  test('holds for entries written at the same moment, in the order of the calls', async () => {
    const files = new FakeFiles();
    const journal = open(files, '1.jsonl');
    await Promise.all(['a', 'b', 'c'].map((run) => journal.append(runOf(run))));
    assert.deepEqual(await problemsOf(files), []);
    assert.deepEqual(
      files.records().flatMap((r) => (r.type === 'run' ? [r.run] : [])),
      ['a', 'b', 'c'],
    );
  });

  test('holds for any text: line breaks, other scripts, numbers as names', async () => {
    const files = new FakeFiles();
    await open(files, '1.jsonl').append({
      type: 'before',
      run: 'r',
      call: '1',
      provider: 'volcengine',
      account: { id: 'a', name: '生产\n"a"', identity: undefined, caller: undefined },
      region: 'r-1',
      action: 'A',
      params: { 2: 'b', 1: 'a', nested: { z: 1, a: [null, 1.5] } },
      clientToken: undefined,
      targets: [{ kind: 'instance', id: 'i', name: '\u2028😀', resource: { 10: 1, b: undefined } }],
    });
    assert.deepEqual(await problemsOf(files), []);
  });
});

describe('tampering is seen', () => {
  for (const field of ['seq', 'time', 'type', 'run', 'plan', 'count', 'title', 'prev', 'hash']) {
    test(`in the field "${field}"`, async () => {
      const files = await write(['r1'], ['r2']);
      const [first = '', line = '', ...rest] = linesOf(files, '1.jsonl');
      // A line of the journal is a JSON object.
      const record = JSON.parse(line) as Record<string, unknown>;
      const value = record[field];
      assert.notEqual(value, undefined);
      const changed = { ...record, [field]: typeof value === 'number' ? value + 1 : `${String(value)}x` };
      put(files, '1.jsonl', [first, JSON.stringify(changed), ...rest]);
      assert.notDeepEqual(await problemsOf(files), []);
    });
  }

  function check(name: string, tamper: (lines: string[]) => string[], ...expected: JournalProblem['problem'][]): void {
    test(name, async () => {
      const files = await write(['r1', 'r2'], ['r3']);
      put(files, '1.jsonl', tamper(linesOf(files, '1.jsonl')));
      assert.deepEqual(await problemsOf(files), expected);
    });
  }
  check('a field that was added', (l) => l.map((x, i) => (i === 1 ? x.replace('{', '{"extra":1,') : x)), 'hashWrong');
  check('a line that was taken out', (l) => l.filter((_, i) => i !== 2), 'chainBroken');
  check('a line that is there twice', (l) => [...l.slice(0, 2), l[1] ?? '', ...l.slice(2)], 'chainBroken');
  check(
    'lines in another order',
    (l) => [l[0] ?? '', l[2] ?? '', l[1] ?? '', ...l.slice(3)],
    'chainBroken',
    'chainBroken',
    'chainBroken',
  );
  check('a line that is no record', (l) => l.map((x, i) => (i === 1 ? 'nothing' : x)), 'notJson', 'chainBroken');
  check('an empty line', (l) => [...l, ''], 'notJson');
  check('the last lines cut away: the next file remembers them', (l) => l.slice(0, 3), 'fileShortened');
  check('an emptied file', () => [], 'fileShortened');

  test('a file that was removed: the next one remembers it', async () => {
    const files = await write(['r1'], ['r2']);
    files.files.delete('1.jsonl');
    assert.deepEqual(verifyAll(await files.list()).problems, [{ file: '1.jsonl', line: 0, problem: 'fileMissing' }]);
  });

  test('a chain that was computed anew: the next file remembers the old one', async () => {
    const files = await write(['r1'], ['r2']);
    const forged = await write(['harmless']);
    files.files.set('1.jsonl', forged.files.get('1.jsonl') ?? '');
    assert.deepEqual(await problemsOf(files), ['fileShortened']);
  });
});

describe('what a crash leaves', () => {
  test('a line that was cut off is said; everything before it can be read', () => {
    const { records, problems } = verify('f', '');
    assert.deepEqual([records, problems], [[], []]);
  });

  test('the half line is named and stays', async () => {
    const files = await write(['r1']);
    const text = `${files.files.get('1.jsonl') ?? ''}{"seq":4,"ti`;
    files.files.set('1.jsonl', text);
    const journal = open(files, '2.jsonl');
    const loaded = await journal.load();
    assert.deepEqual(loaded.problems, [{ file: '1.jsonl', line: 4, problem: 'cutOff' }]);
    assert.equal(loaded.records.length, 3);
    await journal.append(runOf('r2'));
    assert.equal(files.files.get('1.jsonl'), text, 'nothing is repaired');
  });
});

describe('two windows', () => {
  test('each writes its own file, and sees the other', async () => {
    const files = new FakeFiles();
    const clock = new FakeClock();
    const [one, two] = [open(files, '1.jsonl', clock), open(files, '2.jsonl', clock)];
    await Promise.all([
      one.append(runOf('r1')),
      two.append(runOf('r2')),
      one.append(ended('r1')),
      two.append(ended('r2')),
    ]);
    assert.deepEqual(await problemsOf(files), []);
    const { records, problems } = await one.load();
    assert.deepEqual(problems, []);
    assert.deepEqual(new Set(records.flatMap((r) => (r.type === 'run' ? [r.run] : []))), new Set(['r1', 'r2']));
    assert.deepEqual([...one.ownRuns()], ['r1']);
  });

  test('a window that was opened later and remembers our file raises no alarm', async () => {
    const files = new FakeFiles();
    const one = open(files, '1.jsonl');
    await one.append(runOf('r1'));
    await open(files, '2.jsonl').append(runOf('r2'));
    const { records, problems } = await one.load();
    assert.deepEqual(problems, []);
    assert.equal(records.filter((r) => r.type === 'run').length, 2, 'our own records are there once');
  });
});

describe('failing', () => {
  test('once a record could not be written, none is any more', async () => {
    const files = new FakeFiles();
    const journal = open(files, '1.jsonl');
    await journal.append(runOf('r1'));
    files.failAfter = 0;
    await assert.rejects(journal.append(runOf('r2')), /disk full/);
    files.failAfter = Infinity;
    await assert.rejects(journal.append(runOf('r3')), /disk full/);
    assert.deepEqual(await problemsOf(files), []);
  });

  test('files that cannot be read now are read when they can be', async () => {
    const files = await write(['r1']);
    const journal = open(files, '2.jsonl');
    const list = files.list.bind(files);
    files.list = () => Promise.reject(new Error('busy'));
    await assert.rejects(journal.load(), /busy/);
    files.list = list;
    assert.equal((await journal.load()).records.length, 3);
  });

  test('those who watch hear of a record only when it is written', async () => {
    const files = new FakeFiles();
    const journal = open(files, '1.jsonl');
    let heard = 0;
    journal.onDidChange(() => heard++);
    await journal.append(runOf('r1'));
    files.failAfter = 0;
    await journal.append(runOf('r2')).catch(() => undefined);
    assert.equal(heard, 1);
  });
});

test('on a real disk: no folder is no journal; lines are appended; only the owner may read them', async () => {
  const folder = join(await mkdtemp(join(tmpdir(), 'journal-')), 'deep');
  try {
    const files = createJournalFiles(folder);
    assert.deepEqual(await files.list(), []);
    await files.append('b.jsonl', '1\n');
    await files.append('b.jsonl', '2\n');
    await files.append('a.jsonl', '3\n');
    await files.append('other.txt', 'x');
    assert.deepEqual(await files.list(), [
      { name: 'a.jsonl', text: '3\n' },
      { name: 'b.jsonl', text: '1\n2\n' },
    ]);
    if (process.platform !== 'win32') assert.equal((await stat(join(folder, 'a.jsonl'))).mode & 0o077, 0);
  } finally {
    await rm(join(folder, '..'), { recursive: true });
  }
});
