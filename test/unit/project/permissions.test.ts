import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { allActionsOf } from '../../../src/core/action';
import { providers } from '../../../src/providers';

/** What a policy must grant so that every action goes through, with what is read beside it and to follow it. */
function needed({ kinds }: (typeof providers)[number]): string[] {
  const operations = kinds.flatMap((kind) =>
    allActionsOf(kind).flatMap(({ operation, review, goal }) => [
      operation,
      ...(review.beside === undefined ? [] : [review.beside.operation]),
      ...(goal.type === 'followed' ? [goal.records.operation, goal.listed.operation, goal.stop.operation] : []),
    ]),
  );
  return [...new Set(operations.map(({ permission }) => permission))];
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
