import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import type * as ownRowsModule from '../../../../src/host/contract/ownRows';
import type * as diagnoseModule from '../../../../src/host/environment/diagnoseCommand';
import type { Clouds } from '../../../../src/services/accounts/ports';
import { fakeAccount } from '../../support/fakeCloud';
import { FakeVscode, requireWith } from '../../support/fakeVscode';

const madeUp = { type: 'account', accountId: 'a' } as const;
const noClouds: Clouds = { all: [], provider: () => assert.fail(), kind: () => undefined };

/** Runs the command; `own` is a row that our tree handed out and that is selected there. */
async function start(argumentsWith: (own: object) => readonly unknown[], answer?: string) {
  const vscode = new FakeVscode();
  vscode.answer = () => answer;
  const { diagnoseConnection } = requireWith<typeof diagnoseModule>(vscode, 'environment/diagnoseCommand');
  // The module that the command uses, which was loaded with it.
  const { markOwn } = createRequire(__filename)(
    join(__dirname, '../../../../src/host/contract/ownRows'),
  ) as typeof ownRowsModule;
  const account = fakeAccount('a');
  const diagnosed: string[] = [];
  const own = { ...madeUp };
  markOwn([own]);
  await diagnoseConnection(argumentsWith(own), {
    accounts: {
      list: () => [account],
      get: (id) => (id === 'a' ? account : undefined),
      onDidChange: () => ({ dispose: () => undefined }),
    },
    clouds: noClouds,
    treeView: { selection: [own] },
    diagnose: ({ id }) => {
      diagnosed.push(id);
      return Promise.reject(new Error('enough'));
    },
    openText: () => Promise.resolve(),
    language: 'en',
  }).catch((error: unknown) => assert.equal(String(error), 'Error: enough'));
  return { diagnosed, asked: vscode.shown.filter(({ modal }) => modal).length };
}

describe('signing with the keys of an account to diagnose it', () => {
  test('needs no question after a click on its row', async () => {
    assert.deepEqual(await start((own) => [own]), { diagnosed: ['a'], asked: 0 });
    assert.deepEqual(await start((own) => [own, [own]]), { diagnosed: ['a'], asked: 0 });
  });

  const check = (name: string, argumentsWith: (own: object) => readonly unknown[]): void => {
    test(`needs a person where ${name}`, async () => {
      assert.deepEqual(await start(argumentsWith), { diagnosed: [], asked: 1 });
      assert.deepEqual(await start(argumentsWith, 'Diagnose'), { diagnosed: ['a'], asked: 1 });
    });
  };
  check('the row is made up', () => [madeUp]);
  check('the row is a copy of ours', (own) => [{ ...own }]);
  check('the row stands in a list', () => [[madeUp]]);
  check('the row stands in the second place', () => [undefined, [madeUp]]);
  check('the row stands in the second place by itself', () => [null, madeUp]);
  check('our row is the first and a made-up one the second', (own) => [own, [madeUp]]);
  check('what is selected is asked for', () => ['selection']);
});
