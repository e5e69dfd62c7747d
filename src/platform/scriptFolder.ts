import { readdir, readFile, stat } from 'node:fs/promises';
import { extname, isAbsolute, join } from 'node:path';
import { decodeText, isBinary } from '../util/decodeText';

/** Why a file is not taken; told in words elsewhere. */
export type FileTrouble = 'tooLarge' | 'unreadable' | 'notText' | 'tooMany';

export interface FolderFile {
  readonly name: string;
  readonly path: string;
  readonly text: string | undefined;
  readonly trouble?: FileTrouble;
}

export type FolderRead =
  | { readonly ok: true; readonly files: readonly FolderFile[] }
  | {
      readonly ok: false;
      readonly reason: 'notAbsolute' | 'missing' | 'noFolder' | 'unreadable';
      readonly detail: string;
    };

/** Scripts are small: the clouds take less than this. */
const mostBytes = 64 * 1_024;
const mostFiles = 300;

/**
 * The files of a folder whose endings are among these, by name, as they are at the moment. One that cannot be read or
 * is no text is told as such, never left out. Links are followed to files; folders in it are not looked into.
 */
export async function readScriptFolder(folder: string, endings: readonly string[]): Promise<FolderRead> {
  if (!isAbsolute(folder)) return { ok: false, reason: 'notAbsolute', detail: '' };
  let names: string[];
  try {
    names = await readdir(folder);
  } catch (error) {
    return { ok: false, ...failureOf(error) };
  }
  const wanted = names.filter((name) => !name.startsWith('.') && endings.includes(extname(name).toLowerCase()));
  const read = await Promise.all(
    wanted
      .sort()
      .slice(0, mostFiles)
      .map((name) => readScript(folder, name)),
  );
  const left = wanted.length - mostFiles;
  const rest: FolderFile[] = left > 0 ? [{ name: `+${left}`, path: folder, text: undefined, trouble: 'tooMany' }] : [];
  return { ok: true, files: [...read.filter((file) => file !== undefined), ...rest] };
}

async function readScript(folder: string, name: string): Promise<FolderFile | undefined> {
  const path = join(folder, name);
  const not = (trouble: FileTrouble): FolderFile => ({ name, path, text: undefined, trouble });
  try {
    const about = await stat(path);
    if (about.isDirectory()) return undefined;
    // A pipe or a device would keep a reader waiting.
    if (!about.isFile()) return not('unreadable');
    if (about.size > mostBytes) return not('tooLarge');
    const text = decodeText(await readFile(path));
    return isBinary(text) || text.includes('\ufffd') ? not('notText') : { name, path, text };
  } catch {
    return not('unreadable');
  }
}

function failureOf(error: unknown): {
  readonly reason: 'missing' | 'noFolder' | 'unreadable';
  readonly detail: string;
} {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const reason = code === 'ENOENT' ? 'missing' : code === 'ENOTDIR' ? 'noFolder' : 'unreadable';
  return { reason, detail: code };
}
