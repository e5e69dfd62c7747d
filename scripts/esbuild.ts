import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { build, context, formatMessages, type BuildOptions, type Message, type Plugin } from 'esbuild';
import { watchForInterrupt } from '../test/workbench/interrupt';

/** The root of the repository. */
const repository = resolve(__dirname, '..');

const forNode: BuildOptions = { platform: 'node', format: 'cjs', target: 'node20', sourcemap: true };

const forPage: BuildOptions = { platform: 'browser', format: 'iife', target: 'es2022', sourcemap: true };

/** What is in `dist/`, by the names that `node --import tsx scripts/esbuild.ts <name>` takes. */
export const bundles = {
  // Activation loads this one alone; it loads `app` on first use, and `app` loads the sandbox on first use.
  extension: {
    ...forNode,
    entryPoints: ['src/extension.ts'],
    outfile: 'dist/extension.js',
    external: ['vscode', '*/app'],
  },
  app: {
    ...forNode,
    entryPoints: ['src/app.ts'],
    outfile: 'dist/app.js',
    alias: { undici: './undici.js' },
    external: ['vscode', './undici.js', '*/sandbox/index'],
  },
  // Loaded with the first call.
  undici: { ...forNode, entryPoints: ['src/client/undici.cjs'], outfile: 'dist/undici.js' },
  sandbox: { ...forNode, entryPoints: ['src/sandbox/index.ts'], outfile: 'dist/sandbox/index.js' },
  sandboxCli: { ...forNode, entryPoints: ['src/sandbox/cli.ts'], outfile: 'dist/sandboxCli.js' },
  webview: { ...forPage, entryPoints: ['src/webview/main.ts'], outfile: 'dist/webview.js' },
  result: { ...forPage, entryPoints: ['src/webview/result/main.ts'], outfile: 'dist/result.js' },
  codicons: {
    entryPoints: ['node_modules/@vscode/codicons/dist/codicon.css'],
    outfile: 'dist/codicon.css',
    loader: { '.ttf': 'file' },
    assetNames: '[name]',
  },
} satisfies Record<string, BuildOptions>;

export type BundleName = keyof typeof bundles;

export const bundleNames = Object.keys(bundles) as BundleName[];

/** All options of one bundle: minified as it ships, or readable. */
export function optionsOf(name: BundleName, { production }: { readonly production: boolean }): BuildOptions {
  return {
    ...bundles[name],
    absWorkingDir: repository,
    bundle: true,
    minify: production,
    // `import()` becomes `require()`, which is faster at start.
    supported: { 'dynamic-import': false },
    metafile: true,
    logLevel: 'silent',
  };
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      production: { type: 'boolean', default: false },
      watch: { type: 'boolean', default: false },
      quiet: { type: 'boolean', default: false },
    },
  });
  const names = positionals.length === 0 ? bundleNames : positionals.map(expectName);
  if (values.watch) await watch(names, values.production);
  else await buildOnce(names, values);
}

function expectName(text: string): BundleName {
  const name = bundleNames.find((known) => known === text);
  if (name === undefined) throw new Error(`There is no bundle "${text}"; there are ${bundleNames.join(', ')}.`);
  return name;
}

interface Mode {
  readonly production: boolean;
  readonly quiet: boolean;
}

async function buildOnce(names: readonly BundleName[], { production, quiet }: Mode): Promise<void> {
  const started = performance.now();
  const results = await Promise.allSettled(names.map((name) => build(optionsOf(name, { production }))));
  const built = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
  await print(
    built.flatMap(({ warnings }) => warnings),
    'warning',
  );
  await print(results.flatMap(errorsOf), 'error');
  if (built.length < results.length) throw new Error('The build failed.');
  if (quiet) return;
  for (const { metafile } of built) await printSizes(Object.keys(metafile?.outputs ?? {}));
  console.error(`Built in ${Math.round(performance.now() - started)} ms.`);
}

function errorsOf(result: PromiseSettledResult<unknown>): Message[] {
  if (result.status === 'fulfilled') return [];
  const { errors } = result.reason as { readonly errors?: Message[] };
  if (errors === undefined) throw result.reason;
  return errors;
}

async function print(messages: Message[], kind: 'error' | 'warning'): Promise<void> {
  const color = process.stderr.isTTY;
  for (const text of await formatMessages(messages, { kind, color })) console.error(text.trimEnd());
}

async function printSizes(files: readonly string[]): Promise<void> {
  for (const file of files.filter((name) => !name.endsWith('.map'))) {
    const { size } = await stat(resolve(repository, file));
    console.error(`  ${file.padEnd(24)}${(size / 1024).toFixed(1).padStart(7)} kB`);
  }
}

/** Builds whatever changes until it is interrupted. What it prints is what `.vscode/tasks.json` looks for. */
async function watch(names: readonly BundleName[], production: boolean): Promise<void> {
  const interrupt = watchForInterrupt();
  const plugins = [reporter()];
  const contexts = await Promise.all(names.map((name) => context({ ...optionsOf(name, { production }), plugins })));
  await Promise.all(contexts.map((each) => each.watch()));
  await interrupt.wait();
  await Promise.all(contexts.map((each) => each.dispose()));
}

/** One report for all bundles that one change touches: a start, one line for each mistake, an end. */
function reporter(): Plugin {
  let building = 0;
  const lines = new Set<string>();
  return {
    name: 'reporter',
    setup: (bundler) => {
      bundler.onStart(() => {
        if (building++ === 0) console.error('[watch] build started');
      });
      bundler.onEnd(({ errors, warnings }) => {
        errors.forEach((message) => lines.add(lineOf(message, 'error')));
        warnings.forEach((message) => lines.add(lineOf(message, 'warning')));
        if (--building > 0) return;
        lines.forEach((line) => console.error(line));
        lines.clear();
        console.error('[watch] build finished');
      });
    },
  };
}

function lineOf({ location, text }: Message, kind: 'error' | 'warning'): string {
  const place = location === null ? 'esbuild' : `${location.file}:${location.line}:${location.column + 1}`;
  return `${place}: ${kind}: ${text}`;
}

if (require.main === module) {
  main().then(
    () => process.exit(0),
    (error: unknown) => {
      console.error(error instanceof Error ? error.message : error);
      process.exit(1);
    },
  );
}
