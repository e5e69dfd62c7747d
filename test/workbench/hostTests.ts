import { readdir, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { build } from 'esbuild';
import { repository } from './paths';

/** Bundles every `*.test.ts` of a directory with what runs them; returns the module VS Code is to call. */
export async function compileHostTests(directory: string, outdir: string): Promise<string> {
  const tests = (await readdir(directory)).filter((name) => name.endsWith('.test.ts'));
  const files = [...tests.map((name) => join(directory, name)), join(repository, 'test', 'host', 'index.ts')];
  await rm(outdir, { recursive: true, force: true });
  await build({
    entryPoints: files.map((file) => ({ in: file, out: basename(file, '.ts') })),
    outdir,
    bundle: true,
    platform: 'node',
    target: 'node20',
    sourcemap: 'inline',
    external: ['vscode', 'mocha'],
    logLevel: 'warning',
  });
  return join(outdir, 'index.js');
}
