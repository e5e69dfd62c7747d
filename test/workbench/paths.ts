import { rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/** The root of the repository. */
export const repository = resolve(__dirname, '..', '..');

/** What a failed run leaves behind. */
export const resultsDirectory = join(repository, 'test-results');

/** Where downloaded builds are kept between runs. */
export function cacheDirectory(): string {
  return resolve(process.env['CLOUD_ASSISTANT_VSCODE_CACHE'] ?? join(repository, '.vscode-test'));
}

export interface TemporaryDirectory extends AsyncDisposable {
  readonly path: string;
}

const live = new Set<string>();
process.once('exit', () => live.forEach((path) => rmSync(path, { recursive: true, force: true })));

export async function makeTemporaryDirectory(): Promise<TemporaryDirectory> {
  const path = await mkdtemp(join(tmpdir(), 'cloud-assistant-'));
  live.add(path);
  const dispose = async () => {
    await rm(path, { recursive: true, force: true, maxRetries: 5 });
    live.delete(path);
  };
  return { path, [Symbol.asyncDispose]: dispose };
}
