import { unwatchFile, watch, watchFile, type FSWatcher, type Stats } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { decodeText } from '../util/decodeText';
import { Emitter, type Disposable } from '../util/lifecycle';
import { sameWay, wayTo, type Way } from './wayTo';

/** A file as it is now. The version changes with every edit, replacement and retargeted link. */
export type FileState =
  | { readonly type: 'text'; readonly text: string; readonly version: string }
  | { readonly type: 'missing' }
  /** There is something that cannot be read; `code` is the system's, for example `EACCES`. */
  | { readonly type: 'unreadable'; readonly code: string };

/**
 * How often the file is looked at besides, in milliseconds: network drives tell of nothing, and systems run out of
 * watches. On macOS, where the folders high up are not watched, that is what finds them moved.
 */
const lookEveryMs = process.platform === 'darwin' ? 1_000 : 5_000;

/** How often the way is worked out anew while it changes under our hands. */
const maxRounds = 8;

/**
 * A file of someone else's: read and watched, never written. It need not exist, nor its folder, and each part of the
 * way to it may be replaced, removed, made again or turned elsewhere: every folder and link on the way is watched.
 * Change events are hints that may come twice, late or without a change; `read` looks at the file itself.
 *
 * By hand: chokidar (4, 23 kB) told of none of a removed and remade folder, a moved one and a link that was turned.
 */
export class WatchedFile implements Disposable {
  private readonly changed = new Emitter<void>();
  readonly onDidChange = this.changed.event;
  private watchers: FSWatcher[] = [];
  private known: Extract<FileState, { type: 'text' }> | undefined;
  /** Counts what was noticed: what was read before says nothing about the file after. */
  private noticed = 0;
  private following = false;
  private disposed = false;

  constructor(
    readonly path: string,
    private readonly options: { readonly lookEveryMs: number } = { lookEveryMs },
  ) {}

  /** The file as it is now. The text is read again only when the file changed, or with `anew`. Never rejects. */
  async read(options: { readonly anew?: boolean } = {}): Promise<FileState> {
    const { noticed } = this;
    try {
      const version = versionOf(await stat(this.path));
      if (this.known?.version === version && options.anew !== true) return this.known;
      const state: FileState = { type: 'text', text: decodeText(await readFile(this.path)), version };
      this.known = noticed === this.noticed ? state : undefined;
      return state;
    } catch (error) {
      this.known = undefined;
      const code = codeOf(error);
      return code === 'ENOENT' || code === 'ENOTDIR' ? { type: 'missing' } : { type: 'unreadable', code };
    }
  }

  /** Resolves when everything on the way is watched, as it is now. */
  async watch(): Promise<void> {
    if (this.disposed) return;
    // Each call adds a listener, also of the same function.
    unwatchFile(this.path, this.notice);
    watchFile(this.path, { persistent: false, interval: this.options.lookEveryMs }, this.notice);
    await this.follow();
  }

  dispose(): void {
    this.disposed = true;
    unwatchFile(this.path, this.notice);
    for (const watcher of this.watchers.splice(0)) watcher.close();
    this.changed.dispose();
  }

  /** Watches the way as it is now, until it is still the same once it is watched. */
  private async follow(): Promise<void> {
    for (let round = 0; round < maxRounds; round++) {
      const way = await wayTo(this.path);
      if (this.disposed) return;
      const before = this.watchers;
      const { watchers, complete } = this.open(way);
      this.watchers = watchers;
      for (const watcher of before) watcher.close();
      if (complete && sameWay(way, await wayTo(this.path))) return;
    }
  }

  private open(way: Way): { readonly watchers: FSWatcher[]; readonly complete: boolean } {
    const watchers: FSWatcher[] = [];
    let complete = true;
    for (const [folder, names] of worthWatching(way)) {
      try {
        // A folder that is moved or removed tells it under its own name.
        watchers.push(this.watchFolder(folder, new Set([...names, basename(folder)].map(comparable))));
      } catch (error) {
        // Gone meanwhile: the way is another one now. What may not be watched is looked at from time to time.
        if (['ENOENT', 'ENOTDIR'].includes(codeOf(error))) complete = false;
      }
    }
    return { watchers, complete };
  }

  private watchFolder(folder: string, names: ReadonlySet<string>): FSWatcher {
    const watcher = watch(folder, { persistent: false }, (_event, name) => {
      if (name === null || names.has(comparable(name))) this.notice();
    });
    watcher.on('error', this.notice);
    return watcher;
  }

  private readonly notice = (): void => {
    this.noticed++;
    this.known = undefined;
    if (this.following || this.disposed) return;
    this.following = true;
    this.changed.fire();
    void this.followOn();
  };

  /** Tells once more when the new way is watched: what happened until then was seen by neither. */
  private async followOn(): Promise<void> {
    let noticed: number;
    do {
      ({ noticed } = this);
      await this.follow();
      this.changed.fire();
    } while (noticed !== this.noticed && !this.disposed);
    this.following = false;
  }
}

/**
 * macOS tells everything that happens below a folder to whoever watches it: there, the home folder and those above it
 * are watched only while the way ends in them.
 */
function worthWatching(way: Way): Way {
  if (process.platform !== 'darwin') return way;
  const folders = [...way.keys()];
  const isBusy = (folder: string): boolean => folder.split('/').filter(Boolean).length < 3;
  return new Map([...way].filter(([folder]) => !isBusy(folder) || folder === folders.at(-1)));
}

/** File systems of macOS and Windows do not tell cases apart, and macOS writes accents in its own way. */
function comparable(name: string): string {
  return process.platform === 'linux' ? name : name.normalize('NFC').toLowerCase();
}

/** Inode and times, to the nanosecond where the system has them: a replacement of the same size is a change. */
function versionOf({ dev, ino, size, mtimeMs, ctimeMs }: Stats): string {
  return [dev, ino, size, mtimeMs, ctimeMs].join(' ');
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'UNKNOWN';
}
