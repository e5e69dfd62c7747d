import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, describe, test } from 'node:test';
import * as l10n from '@vscode/l10n';
import fc from 'fast-check';
import { typedConfirmations } from '../../../../src/services/actions/asking';
import { isMixed, runnable, runnableOf, type Plan, type PlanGroup } from '../../../../src/services/actions/plan';
import {
  canBeAsked,
  lineColumns,
  linesAtMost,
  mustType,
  notSentText,
  questionFor,
} from '../../../../src/services/actions/question';
import { columnsOf, fitted, linesOf } from '../../../../src/util/columns';
import { visibleText } from '../../../../src/util/visible';
import { remove } from '../../support/actions';
import { fakeAccount } from '../../support/fakeCloud';
import { plans } from '../../support/plans';
import { createWorkplace, target } from '../../support/workplace';

const cloudName = (): string => 'Alibaba Cloud';
const languages = {
  English: {},
  Chinese: JSON.parse(
    readFileSync(new URL('../../../../l10n/bundle.l10n.zh-cn.json', import.meta.url), 'utf8'),
  ) as Record<string, string>,
};

/** The groups that are sent, one for each account and owner. */
function accountsIn(plan: Plan): PlanGroup[] {
  const groups = plan.groups.filter((group) => runnableOf(group).length > 0);
  return [...new Map(groups.map((group) => [group.account.id, group])).values()];
}

/** What is left of a name where it is shortened most. */
function endsOf(name: string): string[] {
  return fitted(name, 12).split('…');
}

/** What is to be known of what is most dangerous: production before other accounts, the sandbox last. */
function firstWarning(plan: Plan): string | undefined {
  const risk = ({ account, action }: PlanGroup): number =>
    (account.sandbox === true ? 0 : account.level === 'production' ? 4 : 2) +
    (action.operation.danger === 'destroys' ? 1 : 0);
  return plan.groups
    .toSorted((a, b) => risk(b) - risk(a))
    .flatMap((group) => runnableOf(group).flatMap(({ findings }) => findings))
    .find(({ level }) => level === 'warning')?.text;
}

const runs = { numRuns: 100, includeErrorInReport: true, endOnFailure: true };

for (const [language, contents] of Object.entries(languages)) {
  describe(`whatever is selected, in ${language}`, () => {
    after(() => l10n.config({ contents: {} }));
    const check = (plan: Plan): void => {
      l10n.config({ contents });
      const { message, detail, isCut, fits } = questionFor(plan, cloudName);
      assert.ok(fits);
      assert.ok(canBeAsked(plan));
      const lines = linesOf(detail, lineColumns);
      assert.ok(lines <= linesAtMost, `${lines} lines:\n${detail}`);
      // Twice: a title in a large font takes up to three lines.
      assert.ok(linesOf(message, 40) <= 3, message);
      for (const { account, identity } of accountsIn(plan)) {
        for (const end of endsOf(account.name)) assert.ok(detail.includes(end), `${account.name} in\n${detail}`);
        if (identity !== undefined)
          assert.ok(detail.includes(identity.accountId), `${identity.accountId} in\n${detail}`);
      }
      const first = firstWarning(plan);
      if (first !== undefined)
        assert.ok(detail.includes([...visibleText(first)].slice(0, 8).join('')), `${first} in\n${detail}`);
      const hasAll = runnable(plan).every(({ name }) => detail.includes(visibleText(name)));
      assert.ok(isCut || hasAll, detail);
      if (isCut || isMixed(plan)) assert.ok(mustType(plan));
      if (mustType(plan)) assert.ok(typedConfirmations(plan, Infinity).length > 0);
    };
    const asked = (plan: Plan): boolean => runnable(plan).length > 0;

    test('it has room, names every account and owner, and is typed when it is cut', () =>
      fc.assert(fc.property(plans(8).filter(asked), check), runs));

    test('so it is with a few', () => fc.assert(fc.property(plans(2).filter(asked), check), runs));

    test('why nothing can be sent has room, too', () =>
      fc.assert(
        fc.property(plans(8), (plan) => {
          l10n.config({ contents });
          const forbidden = {
            ...plan,
            groups: plan.groups.map((group) => ({ ...group, forbidden: 'No. '.repeat(60) })),
          };
          const text = notSentText(forbidden);
          assert.ok(linesOf(text, lineColumns) <= linesAtMost, text);
        }),
      ));
  });
}

describe('decoys', () => {
  const workplace = () =>
    createWorkplace([
      ...['d1', 'd2', 'd3', 'd4', 'd5'].map((id) => ({ ...fakeAccount(id), sandbox: true })),
      { ...fakeAccount('prod'), name: 'The real one' },
    ]);
  const ask = async (perDecoy: number, real: number) => {
    const place = workplace();
    const targets = ['d1', 'd2', 'd3', 'd4', 'd5', 'prod'].flatMap((account) =>
      Array.from({ length: account === 'prod' ? real : perDecoy }, (_, i) => {
        place.cloud.put(account, 'r-1', { id: `x${i}`, name: account === 'prod' ? `db-master-${i}` : `test-${i}` });
        return target(account, 'r-1', `x${i}`);
      }),
    );
    const report = await remove(place.gate, targets);
    const [plan] = place.person.asked;
    assert.ok(plan !== undefined && report !== undefined);
    return { ...questionFor(plan, cloudName), typed: place.person.typed };
  };

  for (const [perDecoy, real] of [
    [1, 1],
    [20, 1],
    [40, 40],
  ] as const)
    test(`five of ${perDecoy} before ${real}: the real account comes first, its names too, and text is typed`, async () => {
      const { detail, typed } = await ask(perDecoy, real);
      const at = detail.indexOf('The real one');
      assert.ok(at >= 0 && at < detail.indexOf('Account d1'), detail);
      for (const account of ['d1', 'd2', 'd3', 'd4', 'd5']) assert.ok(detail.includes(`Account ${account}`), detail);
      if (detail.includes('test-0')) assert.ok(detail.includes('db-master-0'), detail);
      assert.match(detail, /^Real accounts and the sandbox are mixed\.|• Real accounts and the sandbox are mixed\./m);
      assert.equal(typed.length, 1);
    });

  test('more accounts than can be named are not asked about', async () => {
    const ids = Array.from({ length: 40 }, (_, i) => `a${i}`);
    const place = createWorkplace(ids.map((id) => fakeAccount(id)));
    for (const id of ids) place.cloud.put(id, 'r-1', { id: 'x', name: 'web' });
    assert.equal(
      await remove(
        place.gate,
        ids.map((id) => target(id, 'r-1', 'x')),
      ),
      undefined,
    );
    assert.deepEqual(place.person.asked, []);
    assert.match(place.person.told.join(), /more accounts than one question can name/);
    assert.deepEqual(place.cloud.ids('a0', 'r-1'), ['x']);
  });
});

describe('the width of text', () => {
  const check = (text: string, columns: number): void => {
    test(`${JSON.stringify(text)} has ${columns}`, () => assert.equal(columnsOf(text), columns));
  };
  check('web-01', 6.5);
  check('WEB', 5);
  check('门店', 4);
  check('й', 2);

  test('lines break at spaces and between Chinese characters', () => {
    assert.equal(linesOf('aaaa bbbb', 5), 2);
    assert.equal(linesOf('aaaa bbbb', 9), 1);
    assert.equal(linesOf('门店收银机', 4), 3);
    assert.equal(linesOf('a\nb', 5), 2);
    assert.equal(linesOf('a'.repeat(11), 5), 3);
  });
  test('the ends of a name stay', () => assert.equal(fitted('web-production-of-tokyo-0042', 16), 'web-prod…-0042'));
});
