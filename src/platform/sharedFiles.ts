import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { WatchedFile } from './watchedFile';

/** One small text for each name, in a folder that all windows share. */
export function createSharedFiles(folder: string, nonce: () => string) {
  return {
    follow(name: string): WatchedFile {
      return new WatchedFile(join(folder, `${name}.json`));
    },
    /** Replaces the text as a whole: nobody ever reads half of it. */
    async write(name: string, text: string): Promise<void> {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const draft = join(folder, `${name}.${nonce()}.tmp`);
      await writeFile(draft, text, { mode: 0o600 });
      await rename(draft, join(folder, `${name}.json`));
    },
  };
}
