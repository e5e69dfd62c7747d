import { rmSync } from 'node:fs';
import { mkdir, open, readdir, readFile, stat, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Disposable } from '../util/lifecycle';
import { decodeLossless } from './losslessText';
import { WatchedFolder } from './watchedFolder';

export interface ListedFile {
  readonly name: string;
  /** From which the same bytes can be made again. */
  readonly text: string;
  /** Why it could not be read: the system's code. The others can. */
  readonly unreadable?: string;
}

/** Append-only text files in one folder. A line counts as written when the disk has it. */
export function createJournalFiles(folder: string) {
  const known = new Map<string, { readonly version: string; readonly file: ListedFile }>();
  return {
    /**
     * All `.jsonl` files, oldest name first; none when the folder does not exist yet. A file that did not change is the
     * same object.
     */
    async list({ except }: { readonly except?: string | undefined } = {}): Promise<ListedFile[]> {
      const all = await readdir(folder).catch(noFolder);
      const names = all.filter((name) => name.endsWith('.jsonl') && name !== except).sort();
      return Promise.all(
        names.map(async (name) => {
          const version = await versionOf(folder, name);
          const before = known.get(name);
          if (version !== undefined && before?.version === version) return before.file;
          const file = await readListed(folder, name);
          if (version !== undefined) known.set(name, { version, file });
          return file;
        }),
      );
    },
    /** Leaves a sign of life beside a file. */
    async beat(name: string): Promise<void> {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      await writeFile(join(folder, `${name}${sign}`), '', { mode: 0o600 });
    },
    async rest(name: string): Promise<void> {
      await unlink(join(folder, `${name}${sign}`)).catch(ignored);
    },
    /** At once: a window that is reloaded has no time for anything else. */
    restNow(name: string): void {
      rmSync(join(folder, `${name}${sign}`), { force: true });
    },
    /** The files beside which there is a sign of life that is not old; what a window that crashed left goes. */
    async alive(now: Date): Promise<string[]> {
      const signs = (await readdir(folder).catch(noFolder)).filter((name) => name.endsWith(sign));
      const living = await Promise.all(
        signs.map(async (name) => {
          const { mtimeMs = 0 } = (await stat(join(folder, name)).catch(ignored)) ?? {};
          const age = now.getTime() - mtimeMs;
          if (age > forgottenAfterMs) await unlink(join(folder, name)).catch(ignored);
          return age < livesForMs ? [name.slice(0, -sign.length)] : [];
        }),
      );
      return living.flat();
    },
    /** Tells the name of a file that any window wrote to, where it is known. */
    watch(changed: (name: string | undefined) => void): Disposable {
      const watched = new WatchedFolder(folder);
      watched.onDidChange(changed);
      void watched.watch();
      return watched;
    },
    async append(name: string, line: string): Promise<void> {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const file = await open(join(folder, name), 'a', 0o600);
      try {
        const isNew = (await file.stat()).size === 0;
        await file.appendFile(line, 'utf8');
        await file.datasync();
        if (isNew) await syncFolder(folder);
      } finally {
        await file.close();
      }
    },
  };
}

const sign = '.alive';
/** How long a sign of life counts, in milliseconds; windows give one far more often. */
const livesForMs = 90_000;
const forgottenAfterMs = 86_400_000;

/** The sign is a help: without it a run is told as one that did not finish. */
function ignored(): undefined {
  return undefined;
}

async function versionOf(folder: string, name: string): Promise<string | undefined> {
  try {
    const { ino, size, mtimeMs, ctimeMs } = await stat(join(folder, name));
    return [ino, size, mtimeMs, ctimeMs].join(' ');
  } catch {
    return undefined;
  }
}

async function readListed(folder: string, name: string): Promise<ListedFile> {
  try {
    return { name, text: decodeLossless(await readFile(join(folder, name))) };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'UNKNOWN';
    return { name, text: '', unreadable: code };
  }
}

const notForFolders = new Set(['EINVAL', 'ENOTSUP', 'EOPNOTSUPP', 'EPERM', 'EACCES', 'EISDIR', 'EBADF']);

/** A new file survives a loss of power only once its folder names it. Windows cannot open folders, and needs not. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const entry = await open(folder, 'r');
  try {
    await entry.sync();
  } catch (error) {
    // Some file systems of networks cannot do this for folders. The line itself is on the disk.
    if (!(error instanceof Error && 'code' in error && notForFolders.has(String(error.code)))) throw error;
  } finally {
    await entry.close();
  }
}

/** The name of one window's file: names sort by time, and every file system takes them. */
export function journalFileName(opened: Date, nonce: string): string {
  return `${opened.toISOString().replace(/[:.]/g, '-')}-${nonce}.jsonl`;
}

function noFolder(error: unknown): string[] {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
  throw error;
}
