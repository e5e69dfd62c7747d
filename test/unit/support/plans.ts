import fc from 'fast-check';
import type { AccountInfo } from '../../../src/core/account';
import type { Finding } from '../../../src/core/action';
import type { Answers } from '../../../src/core/input';
import { providers } from '../../../src/providers/index';
import type { Plan, PlanGroup, PlanTarget, Verdict } from '../../../src/services/actions/plan';

/** Plans of the real kinds with any names, accounts and warnings, as nobody would make them by hand. */

const word = fc.oneof(
  fc.string({ unit: fc.constantFrom(...'web-01.prod '), minLength: 1, maxLength: 60 }),
  fc.string({ unit: fc.constantFrom(...'门店收银机房监控-01'), minLength: 1, maxLength: 60 }),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 }),
  fc.constantFrom('W'.repeat(60), 'a\nAccount: other', '[x](command:y)', '👩‍💻'.repeat(20)),
);
const sentence = fc.oneof(
  fc.constantFrom('It is connected.', '它已连接。'),
  fc.array(word, { minLength: 1, maxLength: 8 }).map((words) => words.join(' ')),
);
const finding: fc.Arbitrary<Finding> = fc.record({
  level: fc.constantFrom('warning', 'warning', 'refused'),
  code: fc.constantFrom('connected', 'recentlyUsed', 'stateUnknown', 'a', 'b', 'c', 'd', 'e', 'f'),
  text: sentence,
});
const verdict = fc.constantFrom<Verdict>('go', 'go', 'go', 'unclear', 'refused', 'gone');
const kinds = providers.flatMap((provider) =>
  provider.kinds.flatMap((kind) => kind.actions.map((action) => ({ provider, kind, action }))),
);

const planned = fc.record({
  name: word,
  findings: fc.array(finding, { maxLength: 3 }),
  leftBehind: fc.array(sentence, { maxLength: 3 }),
  verdict,
});

const account = fc.record({
  name: word,
  level: fc.constantFrom<AccountInfo['level']>('normal', 'production'),
  sandbox: fc.boolean(),
  caller: word,
  known: fc.boolean(),
});

const group = fc.record({
  account: fc.nat(),
  region: fc.constantFrom('cn-hangzhou', 'ap-southeast-1', 'cn-beijing', 'us-west-1'),
  regionName: fc.constantFrom('China (Hangzhou)', '华北2（北京）', 'US (Silicon Valley)'),
  kind: fc.constantFrom(...kinds),
  targets: fc.array(planned, { minLength: 1, maxLength: 24 }),
  confirmReason: fc.option(sentence, { nil: undefined }),
  options: fc.constantFrom<Answers>({}, { Force: true }, { Force: true, ForceStop: true }),
  forbidden: fc.option(sentence, { nil: undefined, freq: 8 }),
});

type Drawn = typeof group extends fc.Arbitrary<infer T> ? T : never;
type DrawnAccount = typeof account extends fc.Arbitrary<infer T> ? T : never;

/** Plans over at most so many accounts. */
export function plans(accountsAtMost: number): fc.Arbitrary<Plan> {
  return fc
    .tuple(
      fc.array(account, { minLength: 1, maxLength: accountsAtMost }),
      fc.array(group, { minLength: 1, maxLength: 2 * accountsAtMost }),
    )
    .map(([accounts, groups]) => ({
      // A kind holds the whole catalogue; the failed assertion shows the question.
      [fc.toStringMethod]: () => 'a plan',
      id: 'plan',
      madeAt: new Date(0),
      hash: '',
      groups: groups.map((drawn, i) => groupOf(drawn, i, accounts)),
    }));
}

function groupOf(drawn: Drawn, i: number, accounts: readonly DrawnAccount[]): PlanGroup {
  const { region, regionName, kind: of, targets, confirmReason, options, forbidden } = drawn;
  const index = drawn.account % accounts.length;
  const { name, level, sandbox, caller, known } = accounts[index] ?? { name: '', level: 'normal' as const };
  const place = { provider: of.provider.id, accountId: `a-${index}`, region };
  return {
    place,
    account: { id: `a-${index}`, provider: of.provider.id, name, source: 'CLI', level, sandbox: sandbox === true },
    regionName,
    identity: known === true ? { accountId: String(1234567890123000 + index), caller: caller ?? '' } : undefined,
    keyMark: undefined,
    confirmReason,
    kind: of.kind,
    action: of.action,
    answers: options,
    forbidden,
    targets: targets.map((target, j): PlanTarget => ({
      target: { ...place, kind: of.kind.id, id: `i-${i}-${j}` },
      item: undefined,
      fingerprint: {},
      stateLabel: 'Stopped',
      ...target,
    })),
  };
}
