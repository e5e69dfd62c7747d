import { lstat, readFile } from 'node:fs/promises';

/**
 * The text of a file; undefined when there is none. Rejects when there is one that cannot be read, and for a link that
 * leads nowhere: somebody put it there, and what it stands for is only not within reach.
 */
export async function readOptionalFile(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (isMissing(error) && !(await isThere(path))) return undefined;
    throw error;
  }
}

async function isThere(path: string): Promise<boolean> {
  try {
    await lstat(path);
    return true;
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
