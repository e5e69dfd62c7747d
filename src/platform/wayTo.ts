import { lstat, readlink } from 'node:fs/promises';
import { dirname, isAbsolute, join, parse, sep } from 'node:path';

/** Folders, none of them reached through a link, each with the names in it that lead on. */
export type Way = ReadonlyMap<string, ReadonlySet<string>>;

/** As many as Linux follows. */
const maxLinks = 40;

/**
 * Every folder on the way to a file as things stand, from the root on, along each link; up to where the way breaks
 * off. Whoever watches these names in these folders sees whatever can make another file of it. Never rejects.
 */
export async function wayTo(path: string): Promise<Way> {
  const way = new Map<string, Set<string>>();
  let { folder, names } = split(path);
  let links = 0;
  for (let name = names.shift(); name !== undefined; name = names.shift()) {
    if (name === '' || name === '.') continue;
    if (name === '..') {
      folder = dirname(folder);
      continue;
    }
    way.set(folder, (way.get(folder) ?? new Set()).add(name));
    const next = await look(join(folder, name));
    if (next === undefined) break;
    if (next.type === 'folder') folder = join(folder, name);
    else if (++links > maxLinks) break;
    else {
      const target = split(next.target);
      if (isAbsolute(next.target)) ({ folder } = target);
      names = [...target.names, ...names];
    }
  }
  return way;
}

export function sameWay(a: Way, b: Way): boolean {
  const text = (way: Way): string => JSON.stringify([...way].map(([folder, names]) => [folder, ...names]));
  return text(a) === text(b);
}

function split(path: string): { readonly folder: string; readonly names: string[] } {
  const { root } = parse(path);
  return { folder: root, names: path.slice(root.length).split(sep === '\\' ? /[\\/]/ : '/') };
}

type Step = { readonly type: 'folder' } | { readonly type: 'link'; readonly target: string };

/** Undefined where the way ends: at a file, at nothing, at what may not be looked at. */
async function look(path: string): Promise<Step | undefined> {
  try {
    const entry = await lstat(path);
    if (entry.isSymbolicLink()) return { type: 'link', target: await readlink(path) };
    return entry.isDirectory() ? { type: 'folder' } : undefined;
  } catch {
    return undefined;
  }
}
