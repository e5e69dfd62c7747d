/** How long a bundle takes to import and to construct its client: `workerStart BUNDLE FACTORY`. */
const [bundle = '', factory = ''] = process.argv.slice(2);
const start = performance.now();
// The bundle's path is the argument, so this import cannot be static.
// eslint-disable-next-line @typescript-eslint/no-require-imports
const loaded = require(bundle) as Record<string, (endpoint: string) => unknown>;
const create = loaded[factory];
if (create === undefined) throw new Error(`${bundle} has no ${factory}.`);
create('http://127.0.0.1:9');
process.stdout.write(`${JSON.stringify({ ms: performance.now() - start })}\n`, () => process.exit(0));
