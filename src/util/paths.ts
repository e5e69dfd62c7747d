import { dirname, resolve } from 'node:path';

/** A path from parts; a later part that is absolute goes alone. */
export function joinPath(base: string, ...parts: readonly string[]): string {
  return resolve(base, ...parts);
}

/** The folder a file is in. */
export function parentFolder(path: string): string {
  return dirname(path);
}
