import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { providers } from '../../../src/providers';

/** What a policy must grant so that the actions that change or remove something go through. */
function needed({ kinds }: (typeof providers)[number]): string[] {
  const operations = kinds.flatMap(({ actions }) => actions.map(({ operation }) => operation));
  return operations
    .filter(({ effect }) => effect === 'change' || effect === 'destroy')
    .map(({ permission }) => permission);
}

for (const file of ['README.md', 'README.zh-CN.md']) {
  const text = readFileSync(new URL(`../../../${file}`, import.meta.url), 'utf8');
  const rows = text.split('\n').filter((line) => /^\|.*`ecs:/.test(line));
  const policies = [...text.matchAll(/```json\n([\s\S]*?)```/g)].map(([, json = '']) => json);

  for (const [index, provider] of providers.entries()) {
    test(`${file}: the table and the policy for everything name what ${provider.id} asks for`, () => {
      const column = rows.map((row) => row.split('|')[index + 2] ?? '').join('\n');
      // A policy for reading and one for everything, cloud by cloud.
      const everything = policies[index * 2 + 1] ?? '';
      const missing = needed(provider).filter(
        (permission) => !column.includes(`\`${permission}\``) || !everything.includes(`"${permission}"`),
      );
      assert.deepEqual(missing, []);
    });
  }
}
