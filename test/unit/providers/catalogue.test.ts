import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import * as l10n from '@vscode/l10n';
import chinese from '../../../l10n/bundle.l10n.zh-cn.json';
import { allActionsOf, removalOf } from '../../../src/core/action';
import type { Operation } from '../../../src/core/operation';
import { providers } from '../../../src/providers';

/** Walks every operation of every cloud: what holds for one must hold for the next one that is declared. */
function fixture({ action, product }: Operation): string {
  const name = `${action.charAt(0).toLowerCase()}${action.slice(1)}.json`;
  return join(__dirname, '../../fixtures', product.provider, name);
}

function adviceIn(contents: Record<string, string>, operation: Operation, code: string): string {
  l10n.config({ contents });
  try {
    return operation.errors[code]?.advice() ?? '';
  } finally {
    l10n.config({ contents: {} });
  }
}

for (const provider of providers) {
  for (const operation of provider.operations) {
    describe(`${provider.id} ${operation.action}`, () => {
      test('has a published sample that decodes into its response', () => {
        const path = fixture(operation);
        assert.ok(existsSync(path), `Add ${path}: the answer the vendor's page shows for ${operation.action}.`);
        const body = readFileSync(path, 'utf8');
        const answer = provider.wire.decode(operation, { status: 200, headers: {}, body });
        assert.ok(answer.ok);
        const parsed = operation.response.safeParse(answer.value);
        assert.ok(parsed.success, JSON.stringify(parsed.error?.issues));
        assert.ok(answer.requestId);
      });

      test('names its page, its permission, and how dangerous it is', () => {
        assert.match(operation.page, /^https:\/\//);
        assert.match(operation.permission, /^[a-z]+:[A-Z]\w+$/);
        // A name can be changed and changed back: that alone is no danger, and yet no read.
        if (operation.effect === 'read') assert.equal(operation.danger, 'none');
        else assert.ok(operation.danger !== 'none' || operation.effect === 'change');
        assert.ok(provider.policyFor(operation.permission).includes(operation.permission));
      });

      test('explains each documented error in both languages', () => {
        for (const code of Object.keys(operation.errors)) {
          const english = adviceIn({}, operation, code);
          const translated = adviceIn(chinese, operation, code);
          assert.ok(english.length > 10, `${code}: ${english}`);
          assert.match(translated, /[\u4e00-\u9fff]/, `${code} has no Chinese advice`);
        }
      });
    });
  }

  test(`${provider.id}: every kind lists, looks up and acts with operations of the catalogue`, () => {
    for (const kind of provider.kinds) {
      const acting = allActionsOf(kind).flatMap(({ operation, review }) => [operation, review.dryRun?.operation]);
      const used = [kind.list.operation, ...acting];
      for (const operation of used)
        assert.ok(operation === undefined || provider.operations.includes(operation), operation?.action);
      assert.equal(kind.list.operation.effect, 'read');
      // What the cloud offers to everybody, and what happened, nobody can remove.
      const removal = removalOf(kind);
      assert.equal(removal === undefined, kind.beside === 'shared' || kind.isHistory === true, kind.id);
      assert.equal(removal?.operation.effect ?? 'destroy', 'destroy');
      for (const { operation } of allActionsOf(kind)) assert.notEqual(operation.effect, 'read');
    }
  });
}
