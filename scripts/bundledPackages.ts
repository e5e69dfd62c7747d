import { build } from 'esbuild';
import { bundleNames, optionsOf } from './esbuild';

/** The npm packages whose code or files are in `dist/`, in alphabetical order. */
export async function bundledPackages(): Promise<string[]> {
  const options = bundleNames.map((name) => ({ ...optionsOf(name, { production: true }), write: false }));
  const results = await Promise.all(options.map((each) => build(each)));
  const paths = results.flatMap(({ metafile }) => Object.keys(metafile?.inputs ?? {}));
  const names = paths.flatMap((path) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? []);
  return [...new Set(names)].sort();
}
