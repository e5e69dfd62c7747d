import assert from 'node:assert/strict';
import fs, { symlinkSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, rename, rm, symlink, unlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, test, type TestContext } from 'node:test';
import { WatchedFile } from '../../../src/platform/watchedFile';

/** Never looks by itself within a test: what is seen was told. */
const never = { lookEveryMs: 0x7fffffff };

/** A folder of its own with a file in it that is watched. */
class Home {
  private constructor(
    readonly folder: string,
    readonly file: WatchedFile,
  ) {}

  static async create(
    t: TestContext,
    path: string,
    prepare: (home: Home) => Promise<unknown>,
    options = never,
  ): Promise<Home> {
    const folder = await mkdtemp(join(tmpdir(), 'watched-'));
    const home = new Home(folder, new WatchedFile(join(folder, path), options));
    t.after(async () => {
      home.file.dispose();
      await rm(folder, { recursive: true, force: true });
    });
    await prepare(home);
    await home.file.watch();
    await home.file.read();
    return home;
  }

  path(path: string): string {
    return join(this.folder, path);
  }

  async write(path: string, text: string): Promise<void> {
    await mkdir(dirname(this.path(path)), { recursive: true });
    await writeFile(this.path(path), text);
  }

  /** `ln -sfn`: another link in the place of the old one, at once. */
  async link(target: string, path: string): Promise<void> {
    await mkdir(dirname(this.path(path)), { recursive: true });
    await symlink(target, this.path(`${path}.new`));
    await rename(this.path(`${path}.new`), this.path(path));
  }

  async text(): Promise<string> {
    const state = await this.file.read();
    return state.type === 'text' ? state.text : state.type;
  }

  /** Does something and waits until the file is told to be what it is then. */
  async after(change: () => Promise<unknown>, expected: string): Promise<void> {
    let heard = (): void => undefined;
    const told = new Promise<void>((resolve) => (heard = resolve));
    const look = async (): Promise<void> => {
      if ((await this.text()) === expected) heard();
    };
    const listener = this.file.onDidChange(() => void look());
    await change();
    let late: NodeJS.Timeout | undefined;
    const patience = new Promise<never>((_, reject) => {
      late = setTimeout(() => reject(new Error(`Nothing told of "${expected}".`)), 4_000);
    });
    await Promise.race([told, patience]).finally(() => clearTimeout(late));
    listener.dispose();
  }
}

const path = '.aliyun/config.json';

describe('a watched file tells of', () => {
  const check = (
    what: string,
    prepare: (home: Home) => Promise<unknown>,
    ...steps: readonly (readonly [change: (home: Home) => Promise<unknown>, expected: string])[]
  ): void =>
    void test(what, async (t) => {
      const home = await Home.create(t, path, prepare);
      for (const [change, expected] of steps) await home.after(() => change(home), expected);
    });
  const one = (home: Home) => home.write(path, 'one');
  const remove = (name: string) => (home: Home) => rm(home.path(name), { recursive: true });
  const write =
    (text: string, name = path) =>
    (home: Home) =>
      home.write(name, text);

  check('an edit', one, [write('two'), 'two'], [write('six'), 'six']);
  check(
    'an edit that replaces it',
    one,
    [
      async (home) => {
        await home.write('.aliyun/config.json.tmp', 'two');
        await rename(home.path('.aliyun/config.json.tmp'), home.path(path));
      },
      'two',
    ],
    [write('three'), 'three'],
  );
  check('its end and its return', one, [remove(path), 'missing'], [write('two'), 'two']);
  check(
    'a folder that goes and comes back',
    one,
    [remove('.aliyun'), 'missing'],
    [write('two'), 'two'],
    [write('three'), 'three'],
  );
  check(
    'a folder that goes and comes back, step by step',
    one,
    [
      async (home) => {
        await unlink(home.path(path));
        await fs.promises.rmdir(home.path('.aliyun'));
        await mkdir(home.path('.aliyun'));
        await home.write(path, 'two');
      },
      'two',
    ],
    [write('three'), 'three'],
  );
  check('a folder that comes', () => Promise.resolve(), [write('one'), 'one'], [write('two'), 'two']);
  check('an empty folder that is removed and made again', (home) => mkdir(home.path('.aliyun')), [
    async (home) => {
      await fs.promises.rmdir(home.path('.aliyun'));
      await mkdir(home.path('.aliyun'));
      await home.write(path, 'one');
    },
    'one',
  ]);
  check(
    'a folder that is moved away for a new one',
    one,
    [
      async (home) => {
        await rename(home.path('.aliyun'), home.path('.aliyun.bak'));
        await mkdir(home.path('.aliyun'));
        await home.write(path, 'two');
      },
      'two',
    ],
    [write('three'), 'three'],
  );
  check(
    'a folder that is moved away and back',
    one,
    [(home) => rename(home.path('.aliyun'), home.path('.aliyun.bak')), 'missing'],
    [(home) => rename(home.path('.aliyun.bak'), home.path('.aliyun')), 'one'],
  );
  check(
    'a folder that is a link turned elsewhere',
    async (home) => {
      await home.write('a/config.json', 'one');
      await home.write('b/config.json', 'two');
      await home.link(home.path('a'), '.aliyun');
    },
    [(home) => home.link(home.path('b'), '.aliyun'), 'two'],
    [write('three', 'b/config.json'), 'three'],
    [(home) => home.link('a', '.aliyun'), 'one'],
    [write('four', 'a/config.json'), 'four'],
  );
  check(
    'a folder that becomes a link, and a link that becomes a folder',
    one,
    [
      async (home) => {
        await home.write('a/config.json', 'two');
        await rm(home.path('.aliyun'), { recursive: true });
        symlinkSync('a', home.path('.aliyun'));
      },
      'two',
    ],
    [
      async (home) => {
        await unlink(home.path('.aliyun'));
        await home.write(path, 'three');
      },
      'three',
    ],
  );
  check(
    'a mounted secret whose folder is swapped while the old one stays',
    async (home) => {
      await home.write('.aliyun/..2026_1/config.json', 'one');
      await home.link('..2026_1', '.aliyun/..data');
      await home.link('..data/config.json', path);
    },
    [
      async (home) => {
        await home.write('.aliyun/..2026_2/config.json', 'two');
        await home.link('..2026_2', '.aliyun/..data');
      },
      'two',
    ],
    [
      async (home) => {
        await home.write('.aliyun/..2026_3/config.json', 'three');
        await home.link('..2026_3', '.aliyun/..data');
        await rm(home.path('.aliyun/..2026_2'), { recursive: true });
      },
      'three',
    ],
  );
  check(
    'several links one behind the other, each of them turned',
    async (home) => {
      await home.write('real/one/config.json', 'one');
      await home.write('real/two/config.json', 'two');
      await home.write('real/three/config.json', 'three');
      await home.link('../real/one', 'links/second');
      await home.link('links/second', 'first');
      await home.link('first', '.aliyun');
    },
    [(home) => home.link('../real/two', 'links/second'), 'two'],
    [(home) => home.link('real/three', 'first'), 'three'],
    [(home) => home.link(home.path('links/second'), '.aliyun'), 'two'],
    [write('four', 'real/two/config.json'), 'four'],
  );
  check(
    'a link that leads nowhere yet',
    (home) => home.link('later/there', '.aliyun'),
    [write('one', 'later/there/config.json'), 'one'],
    [remove('later'), 'missing'],
    [write('two', 'later/there/config.json'), 'two'],
  );
  check('a file that stands in the way of its folder', (home) => writeFile(home.path('.aliyun'), ''), [
    async (home) => {
      await unlink(home.path('.aliyun'));
      await home.write(path, 'one');
    },
    'one',
  ]);
  check('links that go round in a circle, and are put right', (home) => home.link('.aliyun', '.aliyun'), [
    async (home) => {
      await home.write('a/config.json', 'one');
      await home.link('a', '.aliyun');
    },
    'one',
  ]);

  test('the home folder that comes, goes and comes back', async (t) => {
    const home = await Home.create(t, join('home', 'me', path), () => Promise.resolve());
    const file = join('home', 'me', path);
    await home.after(() => home.write(file, 'one'), 'one');
    await home.after(() => rm(home.path('home'), { recursive: true }), 'missing');
    await home.after(() => home.write(file, 'two'), 'two');
    await home.after(() => rename(home.path('home/me'), home.path('home/you')), 'missing');
    await home.after(() => rename(home.path('home/you'), home.path('home/me')), 'two');
  });

  test('a file that may be read again', { skip: process.getuid?.() === 0 }, async (t) => {
    const home = await Home.create(t, path, one);
    await home.after(() => chmod(home.path(path), 0), 'unreadable');
    await home.after(() => chmod(home.path(path), 0o600), 'one');
  });

  test('many changes, of which the last counts', async (t) => {
    const home = await Home.create(t, path, one);
    await home.after(async () => {
      for (let i = 0; i < 50; i++) {
        await rm(home.path('.aliyun'), { recursive: true });
        await home.write(path, `${i}`);
      }
    }, '49');
    await home.after(() => home.write(path, 'last'), 'last');
  });
});

describe('watching', () => {
  const openWatchers = (): number => process.getActiveResourcesInfo().filter((name) => name === 'FSEventWrap').length;

  test('is bounded, however often the file changes, and ends when it is disposed', async (t) => {
    const before = openWatchers();
    const home = await Home.create(t, path, (h) => h.write(path, 'one'));
    const [first, fewest] = [openWatchers(), before];
    for (let i = 0; i < 10; i++) await home.after(() => home.write(path, `${i}`), `${i}`);
    assert.ok(openWatchers() <= first + 2, `${first} at first, ${openWatchers()} now`);
    home.file.dispose();
    assert.equal(openWatchers(), fewest);
  });

  test('leaves nothing behind when it is disposed meanwhile', async (t) => {
    const before = openWatchers();
    const home = await Home.create(t, path, (h) => h.write(path, 'one'));
    const file = new WatchedFile(home.file.path);
    const watching = file.watch();
    file.dispose();
    home.file.dispose();
    await watching;
    assert.equal(openWatchers(), before);
  });

  test('does without the system’s events, where there are none', async (t) => {
    t.mock.method(fs, 'watch', () => {
      throw Object.assign(new Error('no watches left'), { code: 'ENOSPC' });
    });
    const home = await Home.create(t, path, (h) => h.write(path, 'one'), { lookEveryMs: 20 });
    await home.after(() => home.write(path, 'two!'), 'two!');
    await home.after(() => rm(home.path('.aliyun'), { recursive: true }), 'missing');
    await home.after(() => home.write(path, 'three'), 'three');
  });
});
