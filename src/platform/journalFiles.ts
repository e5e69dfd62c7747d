import { mkdir, open, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Append-only text files in one folder. A line counts as written when the disk has it. */
export function createJournalFiles(folder: string) {
  return {
    /** All `.jsonl` files, oldest name first; none when the folder does not exist yet. */
    async list(): Promise<{ readonly name: string; readonly text: string }[]> {
      const names = (await readdir(folder).catch(noFolder)).filter((name) => name.endsWith('.jsonl')).sort();
      return Promise.all(names.map(async (name) => ({ name, text: await readFile(join(folder, name), 'utf8') })));
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
