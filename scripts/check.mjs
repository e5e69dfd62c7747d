// The quick loop: `npm run check`. Each step that fails says how to set it right.
import { spawnSync } from 'node:child_process';

const steps = [
  ['types', 'Correct what the compiler names; "npm run types" repeats this step alone.'],
  ['lint', '"npm run lint:fix" sorts imports and corrects what a rule can correct; change the rest by hand.'],
  ['format:check', '"npm run format" lays the files out.'],
  [
    'test:unit',
    'Each failure above starts with "not ok"; "node scripts/nodeTests.mjs <file>" repeats one file. Where a generated ' +
      'file is out of date, the message names the command that writes it.',
  ],
];

for (const [script, hint] of steps) {
  const started = Date.now();
  const { status } = spawnSync(`npm run --silent ${script}`, { shell: true, stdio: 'inherit' });
  if (status !== 0) {
    console.error(`\n✘ "npm run ${script}" failed. ${hint}`);
    process.exit(1);
  }
  console.error(`✔ ${script} (${Math.round((Date.now() - started) / 1000)} s)`);
}
