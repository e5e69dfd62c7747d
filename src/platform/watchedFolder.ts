import { watch, type FSWatcher } from 'node:fs';
import { mkdir, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Emitter, type Disposable } from '../util/lifecycle';

/** How often the files are looked at besides, in milliseconds: network drives tell of nothing. */
const lookEveryMs = 5_000;

/**
 * A folder of ours that other windows write to as well: it is made where it is missing. Tells the name of a file that
 * changed, or undefined where that is not known; late, twice or without a change at times.
 */
export class WatchedFolder implements Disposable {
  private readonly changed = new Emitter<string | undefined>();
  readonly onDidChange = this.changed.event;
  private watcher: FSWatcher | undefined;
  private timer: NodeJS.Timeout | undefined;
  private seen = '';
  private disposed = false;

  constructor(
    private readonly path: string,
    private readonly options: { readonly lookEveryMs: number } = { lookEveryMs },
  ) {}

  /** Resolves when the folder is watched. Never rejects: what cannot be watched is looked at from time to time. */
  async watch(): Promise<void> {
    if (this.disposed || this.timer !== undefined) return;
    this.timer = setInterval(() => void this.look(), this.options.lookEveryMs);
    this.timer.unref();
    await this.open();
    this.seen = await this.versions();
  }

  dispose(): void {
    this.disposed = true;
    clearInterval(this.timer);
    this.watcher?.close();
    this.changed.dispose();
  }

  private async open(): Promise<void> {
    try {
      await mkdir(this.path, { recursive: true, mode: 0o700 });
      if (this.disposed) return;
      const watcher = watch(this.path, { persistent: false }, (_event, name) => this.changed.fire(name ?? undefined));
      watcher.on('error', () => this.lost(watcher));
      this.watcher = watcher;
    } catch {
      this.watcher = undefined;
    }
  }

  private lost(watcher: FSWatcher): void {
    watcher.close();
    if (this.watcher === watcher) this.watcher = undefined;
  }

  private async look(): Promise<void> {
    if (this.watcher === undefined) await this.open();
    const now = await this.versions();
    if (this.disposed || now === this.seen) return;
    this.seen = now;
    this.changed.fire(undefined);
  }

  private async versions(): Promise<string> {
    const names = await readdir(this.path).catch((): string[] => []);
    const stats = await Promise.all(names.map((name) => stat(join(this.path, name)).catch(() => undefined)));
    return names.map((name, i) => [name, stats[i]?.size, stats[i]?.mtimeMs].join(' ')).join('\n');
  }
}
