import { createHash } from 'node:crypto';
import { chmod, cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { createVSIX, listFiles, PackageManager } from '@vscode/vsce';
import { makeTemporaryDirectory, repository } from '../test/workbench/paths';
import { packagedReadme } from './packagedReadme';
import { isPreRelease } from './release';
import { sourceDate } from './sourceDate';

const packageName = 'cloud-assistant-explorer.vsix';

interface Manifest {
  readonly version: string;
  readonly repository?: { readonly url: string };
  readonly scripts?: unknown;
  readonly devDependencies?: unknown;
}

/**
 * Writes the package of what is in `dist/`. The same commit gives the same bytes in any folder, at any time and in any
 * time zone: times are the commit's, rights are the same for all files.
 */
async function main(): Promise<void> {
  process.env['TZ'] = 'UTC'; // A zip file holds local times.
  await setSourceDate();
  await using staging = await makeTemporaryDirectory();
  const manifest = await stage(staging.path);
  const pictures = picturesAddress(manifest);
  const packagePath = join(repository, packageName);
  await createVSIX({
    cwd: staging.path,
    packagePath,
    dependencies: false,
    preRelease: isPreRelease(manifest.version),
    ...(pictures === undefined
      ? { allowMissingRepository: true, rewriteRelativeLinks: false }
      : { baseImagesUrl: pictures }),
  });
  const hash = createHash('sha256').update(await readFile(packagePath));
  console.log(`SHA-256 ${hash.digest('hex')}`);
}

/** vsce gives all files this time, and an order of their own. */
async function setSourceDate(): Promise<void> {
  const date = await sourceDate();
  if (date !== undefined) process.env['SOURCE_DATE_EPOCH'] = date;
  else console.warn('This is no clone: the package carries the present time. Set SOURCE_DATE_EPOCH to repeat it.');
}

/** Copies what `.vscodeignore` lets pass; the manifest without what only building needs, the READMEs with no dead picture. */
async function stage(folder: string): Promise<Manifest> {
  const files = await listFiles({ cwd: repository, packageManager: PackageManager.None });
  for (const path of [...files, '.vscodeignore']) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await cp(join(repository, path), join(folder, path));
    await chmod(join(folder, path), 0o644);
  }
  const { scripts: _, devDependencies: __, ...manifest } = JSON.parse(await read('package.json')) as Manifest;
  await writeFile(join(folder, 'package.json'), `${JSON.stringify(manifest, undefined, 2)}\n`);
  for (const path of files.filter((name) => /^README.*\.md$/.test(name))) {
    await writeFile(join(folder, path), packagedReadme(await read(path), picturesAddress(manifest)));
  }
  return manifest;
}

/** Where the pictures of this version are, once `repository` names an address. */
function picturesAddress({ repository: source, version }: Manifest): string | undefined {
  return source === undefined ? undefined : `${source.url.replace(/\.git$/, '')}/raw/v${version}`;
}

const read = (path: string): Promise<string> => readFile(join(repository, path), 'utf8');

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
