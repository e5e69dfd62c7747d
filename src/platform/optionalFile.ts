import { lstat, readFile, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { decodeText } from '../util/decodeText';

/**
 * The text of a file; undefined when there is none. Rejects when there is one that cannot be read, and for a link that
 * leads nowhere, and on a drive that is not there: what it stands for is only not within reach.
 */
export async function readOptionalFile(path: string): Promise<string | undefined> {
  try {
    return decodeText(await readFile(path));
  } catch (error) {
    if (isMissing(error) && !(await isDangling(path))) return undefined;
    throw error;
  }
}

/** Whether the path, or the nearest folder above it that exists, is a link that leads nowhere, or the drive is missing. */
async function isDangling(path: string): Promise<boolean> {
  try {
    const entry = await lstat(path);
    return entry.isSymbolicLink() && !(await leadsSomewhere(path));
  } catch (error) {
    if (!isMissing(error)) throw error;
    const parent = dirname(path);
    return parent === path || isDangling(parent);
  }
}

async function leadsSomewhere(link: string): Promise<boolean> {
  try {
    await stat(link);
    return true;
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
