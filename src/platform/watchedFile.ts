import { unwatchFile, watch, watchFile, type FSWatcher, type Stats } from 'node:fs';
import { readFile, realpath, stat } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { decodeText } from '../util/decodeText';
import { Emitter, type Disposable } from '../util/lifecycle';

/** A file as it is now. The version changes with every edit, replacement and retargeted link. */
export type FileState =
  | { readonly type: 'text'; readonly text: string; readonly version: string }
  | { readonly type: 'missing' }
  /** There is something that cannot be read; `code` is the system's, for example `EACCES`. */
  | { readonly type: 'unreadable'; readonly code: string };

/** How often a file is looked at where the system cannot tell of changes, in milliseconds. */
const pollEveryMs = 5_000;

/**
 * A file of someone else's: read and watched, never written. It need not exist, nor its folder, and it may be
 * replaced by renaming or reached through links. Change events are hints that may come late or not at all (network
 * drives); `read` looks at the file itself.
 */
export class WatchedFile implements Disposable {
  private readonly changed = new Emitter<void>();
  readonly onDidChange = this.changed.event;
  private watchers: FSWatcher[] = [];
  private known: Extract<FileState, { type: 'text' }> | undefined;
  private disposed = false;

  constructor(readonly path: string) {}

  /** The file as it is now. The text is read again only when the file changed, or with `anew`. Never rejects. */
  async read(options: { readonly anew?: boolean } = {}): Promise<FileState> {
    try {
      const version = versionOf(await stat(this.path));
      if (this.known?.version === version && options.anew !== true) return this.known;
      const text = decodeText(await readFile(this.path));
      return (this.known = { type: 'text', text, version });
    } catch (error) {
      this.known = undefined;
      const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'UNKNOWN';
      return code === 'ENOENT' || code === 'ENOTDIR' ? { type: 'missing' } : { type: 'unreadable', code };
    }
  }

  /** Starts to watch, again after each change: folders appear, links are turned elsewhere. */
  async watch(): Promise<void> {
    const targets = await watchTargets(this.path);
    if (this.disposed) return;
    this.stop();
    for (const [folder, names] of targets) this.watchFolder(folder, names);
  }

  dispose(): void {
    this.disposed = true;
    this.stop();
    this.changed.dispose();
  }

  private watchFolder(folder: string, names: ReadonlySet<string>): void {
    try {
      const watcher = watch(folder, { persistent: false }, (_event, name) => {
        if (name === null || names.has(name)) this.notice();
      });
      // The folder itself may go away, and systems run out of watches.
      watcher.on('error', () => this.poll());
      this.watchers.push(watcher);
    } catch {
      this.poll();
    }
  }

  private poll(): void {
    if (this.disposed) return;
    this.stop();
    watchFile(this.path, { persistent: false, interval: pollEveryMs }, this.polled);
  }

  private readonly polled = (): void => this.changed.fire();

  /** Fires again once the new watch stands: what happened until then was seen by neither. */
  private notice(): void {
    this.changed.fire();
    void this.watch().then(() => this.changed.fire());
  }

  private stop(): void {
    for (const watcher of this.watchers.splice(0)) watcher.close();
    unwatchFile(this.path, this.polled);
  }
}

/** Inode and times, to the nanosecond where the system has them: a replacement of the same size is a change. */
function versionOf({ dev, ino, size, mtimeMs, ctimeMs }: Stats): string {
  return [dev, ino, size, mtimeMs, ctimeMs].join(' ');
}

/** The folders to watch, and the names in them that matter: along the path as written, and where links lead. */
async function watchTargets(path: string): Promise<Map<string, Set<string>>> {
  const targets = new Map<string, Set<string>>();
  const real = await realpath(path).catch(() => path);
  for (const file of new Set([path, real])) {
    const { folder, name } = await nearest(file);
    targets.set(folder, (targets.get(folder) ?? new Set()).add(name));
  }
  return targets;
}

/** The deepest folder on the way to the file that exists, and what in it leads on. */
async function nearest(path: string): Promise<{ readonly folder: string; readonly name: string }> {
  let name = basename(path);
  let folder = dirname(path);
  while (dirname(folder) !== folder && !(await isFolder(folder))) {
    name = basename(folder);
    folder = dirname(folder);
  }
  return { folder, name };
}

async function isFolder(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isDirectory() ?? false;
}
