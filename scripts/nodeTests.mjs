// Runs every *.test.ts below a folder, or the files named, with Node's own runner: `node scripts/nodeTests.mjs test/unit`.
// Node 20 finds no TypeScript by itself, and a shell's `**` is not the same everywhere.
import { spawn } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const files = process.argv.slice(2).flatMap((path) => (statSync(path).isDirectory() ? testsBelow(path) : [path]));
if (files.length === 0) {
  console.error('Name a folder with *.test.ts files, or such files.');
  process.exit(1);
}
const child = spawn(process.execPath, ['--import', 'tsx', '--test', ...files], { stdio: 'inherit' });
child.on('exit', (code) => process.exit(code ?? 1));

function testsBelow(folder) {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.test.ts'))
    .map((name) => join(folder, name))
    .sort();
}
