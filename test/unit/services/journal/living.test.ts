import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { createJournalFiles } from '../../../../src/platform/journalFiles';
import { loadRuns } from '../../../../src/services/journal/history';
import { Journal } from '../../../../src/services/journal/journal';
import type { JournalEntry } from '../../../../src/services/journal/records';
import { ManualClock } from '../../support/manualClock';
import { FakeFiles } from '../../support/workplace';

const begun = (run: string): JournalEntry => ({ type: 'run', run, plan: 'p', count: 1, title: 'Run?' });
const ended = (run: string): JournalEntry => ({ type: 'ended', run, cancelled: false, unsent: [] });

/** Files beside which windows leave signs of life, at the time of one clock. */
class LivingFiles extends FakeFiles {
  readonly signs = new Map<string, number>();

  constructor(private readonly clock: ManualClock) {
    super();
  }

  beat(name: string): Promise<void> {
    this.signs.set(name, this.clock.now().getTime());
    return Promise.resolve();
  }

  rest(name: string): Promise<void> {
    this.signs.delete(name);
    return Promise.resolve();
  }

  alive(now: Date): Promise<string[]> {
    return Promise.resolve([...this.signs].flatMap(([name, at]) => (now.getTime() - at < 90_000 ? [name] : [])));
  }
}

function create() {
  const clock = new ManualClock();
  const files = new LivingFiles(clock);
  const open = (fileName: string): Journal => new Journal({ files, clock, fileName });
  const stateOf = async (journal: Journal, run: string) => (await loadRuns(journal)).runs.get(run)?.state;
  return { clock, files, open, stateOf };
}

describe('a run that another window is at', () => {
  test('is running there for as long as that window lives, however long it writes nothing', async () => {
    const { clock, open, stateOf } = create();
    const [one, two] = [open('1.jsonl'), open('2.jsonl')];
    await one.append(begun('r1'));
    await clock.advance(3_600_000);
    assert.equal(await stateOf(one, 'r1'), 'running');
    assert.equal(await stateOf(two, 'r1'), 'elsewhere');
    one.dispose();
    two.dispose();
  });

  test('is not retried and not checked from here', async () => {
    const { clock, open } = create();
    const [one, two] = [open('1.jsonl'), open('2.jsonl')];
    await one.append(begun('r1'));
    await clock.advance(1_000);
    const run = (await loadRuns(two)).runs.get('r1');
    assert.deepEqual([run?.neverSent, run?.unresolved], [0, []]);
    one.dispose();
    two.dispose();
  });

  test('did not finish once that window is gone, and whoever looks is told', async () => {
    const { clock, open, stateOf } = create();
    const [one, two] = [open('1.jsonl'), open('2.jsonl')];
    await one.append(begun('r1'));
    await clock.advance(1_000);
    assert.equal(await stateOf(two, 'r1'), 'elsewhere');
    let told = 0;
    two.onDidChange(() => told++);
    one.dispose();
    await clock.advance(120_000);
    assert.equal(told, 1);
    assert.equal(await stateOf(two, 'r1'), 'interrupted');
    two.dispose();
  });

  test('did not finish where that window crashed: its sign of life grows old', async () => {
    const { clock, files, open, stateOf } = create();
    const two = open('2.jsonl');
    await open('1.jsonl').append(begun('r1'));
    await clock.advance(1_000);
    files.beat = () => Promise.resolve();
    assert.equal(await stateOf(two, 'r1'), 'elsewhere');
    await clock.advance(200_000);
    assert.equal(await stateOf(two, 'r1'), 'interrupted');
    two.dispose();
  });

  test('has ended with its last word, and no sign of life is left', async () => {
    const { clock, files, open, stateOf } = create();
    const [one, two] = [open('1.jsonl'), open('2.jsonl')];
    await one.append(begun('r1'));
    await one.append(ended('r1'));
    await clock.advance(1);
    assert.equal(await stateOf(two, 'r1'), 'ended');
    assert.equal(files.signs.size, 0);
    one.dispose();
    two.dispose();
  });
});

test('signs of life stand beside the files, grow old, and are no journal', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'journal-living-'));
  try {
    const files = createJournalFiles(folder);
    await files.beat('a.jsonl');
    await files.beat('b.jsonl');
    await files.beat('c.jsonl');
    const now = new Date();
    await utimes(join(folder, 'b.jsonl.alive'), now, new Date(now.getTime() - 120_000));
    await utimes(join(folder, 'c.jsonl.alive'), now, new Date(now.getTime() - 2 * 86_400_000));
    assert.deepEqual(await files.alive(now), ['a.jsonl']);
    assert.deepEqual(await files.list(), []);
    await files.rest('a.jsonl');
    await files.rest('a.jsonl');
    assert.deepEqual(await readdir(folder), ['b.jsonl.alive']);
  } finally {
    await rm(folder, { recursive: true });
  }
});
