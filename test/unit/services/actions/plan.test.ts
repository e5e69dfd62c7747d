import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { removalOf, type Action, type DryRun, type Finding, type Review } from '../../../../src/core/action';
import { CloudError } from '../../../../src/core/cloudError';
import type { Answers, FlagInput } from '../../../../src/core/input';
import type { Kind } from '../../../../src/core/kind';
import type { Provider } from '../../../../src/core/provider';
import { typedConfirmations } from '../../../../src/services/actions/asking';
import { runnable, type Plan, type PlanGroup } from '../../../../src/services/actions/plan';
import type { Planner } from '../../../../src/services/actions/planner';
import type { Progress } from '../../../../src/services/actions/ports';
import { untouched, retryable, type RunReport } from '../../../../src/services/actions/report';
import { countOutcomes, outcomeLabel, outcomes, type Outcome } from '../../../../src/services/journal/outcome';
import { removal } from '../../support/actions';
import { FakeCloud, fakeAccount, fakeKinds, fakeProvider, type Fault, type Thing } from '../../support/fakeCloud';
import { createWorkplace, target } from '../../support/workplace';

/** The kind that takes many ids a call, with a choice that lifts a refusal and the cloud's own rehearsal. */
function kindWith(change: (action: Action) => { inputs?: Action['inputs']; review: Partial<Review> }): Kind {
  const action = removal(fakeKinds.batch);
  const { review, inputs = action.inputs } = change(action);
  return { ...fakeKinds.batch, actions: [{ ...action, inputs, review: { ...action.review, ...review } }] };
}

const force: FlagInput = {
  type: 'flag',
  name: 'Force',
  question: () => 'Force?',
  detail: () => '',
  about: (items) => items.filter((i) => i.item['state'] === 'running').map((i) => i.id),
};

/** What a person is asked of a draft before anything is answered. */
function needs(planner: Planner, plan: Plan) {
  return plan.groups.flatMap((group) => planner.nextNeed(group, {}, 1) ?? []);
}

const rehearsed = kindWith((action) => ({
  inputs: [force],
  review: {
    dryRun: {
      operation: action.operation,
      idsPerCall: 3,
      params: (ids) => ({ InstanceId: [...ids] }),
      passedCodes: ['DryRunOperation'],
    },
    findings: (item): Finding[] =>
      item['state'] === 'running'
        ? [{ level: 'refused', code: 'running', text: 'It is running.', liftedBy: 'Force' }]
        : [],
    leftBehind: (item) => [`the disk of ${String(item['name'])}`],
  },
}));

function rehearsing(): DryRun {
  return removal(rehearsed).review.dryRun ?? assert.fail();
}

function create(
  options: {
    readonly env?: Record<string, string> | undefined;
    readonly kind?: Kind;
    readonly accounts?: Parameters<typeof createWorkplace>[0];
  } = {},
) {
  const cloud = new FakeCloud();
  const provider: Provider = {
    ...fakeProvider,
    kinds: [fakeKinds.single, options.kind ?? rehearsed, fakeKinds.tokenless],
  };
  const accounts = options.accounts ?? [fakeAccount('a'), fakeAccount('b')];
  const place = createWorkplace(accounts, options.env, { providers: [provider], transport: cloud.transport });
  const abort = new AbortController();
  const progress: Progress = { signal: abort.signal, report: () => undefined };
  const things = (...list: Thing[]): void => cloud.put('a', 'r-1', ...list);
  const draft = (...ids: string[]): Promise<Plan> =>
    place.planner.draft({ targets: ids.map((id) => target('a', 'r-1', id, 'instance')), action: removalOf }, progress);
  const complete = (plan: Plan, chosen: Answers = {}): Promise<Plan> =>
    place.planner.complete(plan, new Map(plan.groups.map((g): [PlanGroup, Answers] => [g, chosen])), progress);
  return { ...place, cloud, abort, progress, things, draft, complete };
}

const verdicts = (plan: Plan): Record<string, string> =>
  Object.fromEntries(plan.groups.flatMap((g) => g.targets.map((t) => [t.target.id, t.verdict])));
const codes = (plan: Plan, id: string): string[] =>
  plan.groups
    .flatMap((g) => g.targets)
    .find((t) => t.target.id === id)
    ?.findings.map((f) => f.code) ?? [];

describe('the draft', () => {
  test('says of each target what is expected, what it is and what it leaves behind', async () => {
    const { draft, things } = create();
    things({ id: 'x', name: 'web', state: 'stopped' }, { id: 'y', name: 'db', state: 'running' });
    const plan = await draft('x', 'y', 'z');
    assert.deepEqual(verdicts(plan), { x: 'go', y: 'refused', z: 'gone' });
    const [x, y, z] = plan.groups[0]?.targets ?? [];
    assert.deepEqual([x?.name, x?.stateLabel, x?.leftBehind], ['web', 'stopped', ['the disk of web']]);
    assert.deepEqual([y?.findings.map((f) => f.code), z?.name], [['running'], 'z']);
    assert.deepEqual([plan.groups[0]?.identity?.accountId, plan.groups[0]?.regionName], ['a', 'r-1']);
  });

  test('a row that is gone by now still has the name that was shown', async () => {
    const { draft, things, inventory, cloud } = create();
    things({ id: 'x', name: 'web' });
    const place = { provider: 'alibabaCloud', accountId: 'a', region: 'r-1' } as const;
    await (
      await inventory.list(place, 'instance')
    ).finished;
    cloud.remove('a', 'r-1', 'x');
    const plan = await draft('x');
    assert.deepEqual([plan.groups[0]?.targets[0]?.name, verdicts(plan)], ['web', { x: 'gone' }]);
  });

  test('the same target twice is one', async () => {
    const { draft, things } = create();
    things({ id: 'x', name: 'web' });
    assert.equal((await draft('x', 'x')).groups[0]?.targets.length, 1);
  });

  test('targets of one account, region and kind are one group; all others are apart', async () => {
    const { planner, progress } = create();
    const plan = await planner.draft(
      {
        action: removalOf,
        targets: [
          target('a', 'r-1', 'x', 'instance'),
          target('b', 'r-1', 'x', 'instance'),
          target('a', 'r-2', 'x', 'instance'),
          target('a', 'r-1', 'x', 'activation'),
          target('a', 'r-1', 'y', 'instance'),
        ],
      },
      progress,
    );
    const groups = plan.groups.map(
      (g) => `${g.account.id} ${g.place.region} ${g.kind.id} ${g.targets.map((t) => t.target.id).join('')}`,
    );
    assert.deepEqual(groups, ['a r-1 instance xy', 'b r-1 instance x', 'a r-2 instance x', 'a r-1 activation x']);
  });

  test('what cannot be read is not sent, and says what to do', async () => {
    const { draft, things, cloud } = create();
    things({ id: 'x', name: 'web' });
    cloud.fault('ListThings', { kind: 'error', code: 'Denied', status: 403 });
    const plan = await draft('x');
    assert.deepEqual([verdicts(plan), codes(plan, 'x')], [{ x: 'refused' }, ['unreadable']]);
    assert.equal(runnable(plan).length, 0);
    const [finding] = plan.groups[0]?.targets[0]?.findings ?? [];
    assert.match(
      finding?.text ?? '',
      /^It could not be read, so it is not sent: message of Denied Ask for the permission\.$/,
    );
  });

  test('an owner that cannot be asked for does not stop it', async () => {
    const { draft, things, cloud } = create();
    things({ id: 'x', name: 'web' });
    cloud.fault('WhoAmI', { kind: 'error', code: 'Denied', status: 403 });
    const [group] = (await draft('x')).groups;
    assert.equal(group?.identity, undefined);
    assert.match(group?.keyMark ?? '', /^[0-9a-f]{16}$/);
  });

  test('an account that is gone, of another cloud, or a kind without deletion is refused', async () => {
    const { planner, progress } = create({ kind: { ...rehearsed, actions: [] } });
    const refused = [
      target('nobody', 'r-1', 'x'),
      { ...target('a', 'r-1', 'x'), provider: 'volcengine' as const },
      target('a', 'r-1', 'x', 'instance'),
    ];
    for (const one of refused)
      await assert.rejects(planner.draft({ targets: [one], action: removalOf }, progress), (e) => CloudError.is(e));
  });

  test('cancelled, there is no plan', async () => {
    const { draft, things, cloud, abort } = create();
    things({ id: 'x', name: 'web' });
    cloud.onRequest = () => abort.abort();
    await assert.rejects(draft('x'));
  });
});

describe('a plan cannot be changed', () => {
  test('neither its groups nor its targets', async () => {
    const { draft, complete, things } = create();
    things({ id: 'x', name: 'web' });
    const picked = { ...target('a', 'r-1', 'x', 'instance') };
    const plan = await complete(await draft('x'));
    const [group] = plan.groups;
    assert.throws(() => Object.assign(plan, { groups: [] }), TypeError);
    assert.throws(() => (plan.groups as unknown[]).push(group), TypeError);
    assert.throws(() => Object.assign(group?.targets[0]?.target ?? {}, { id: 'y' }), TypeError);
    assert.throws(() => Object.assign(group?.place ?? {}, { region: 'r-2' }), TypeError);
    assert.throws(() => Object.assign(group?.answers ?? {}, { Force: true }), TypeError);
    picked.id = 'y';
    assert.deepEqual(verdicts(plan), { x: 'go' });
  });

  test('its hash tells other targets, records and options apart', async () => {
    const { draft, complete, things } = create();
    things({ id: 'x', name: 'web', state: 'running' }, { id: 'y', name: 'db' });
    const plan = await complete(await draft('x'), { Force: true });
    const same = await complete(await draft('x'), { Force: true });
    const others = [await complete(await draft('x')), await complete(await draft('x', 'y'), { Force: true })];
    things({ id: 'x', name: 'renamed', state: 'running' });
    others.push(await complete(await draft('x'), { Force: true }));
    assert.equal(plan.hash, same.hash);
    assert.equal(new Set([plan, ...others].map((p) => p.hash)).size, 4);
  });
});

describe('options', () => {
  test('are asked for where a target needs them, and lift its refusal only when chosen', async () => {
    const { draft, complete, things, planner } = create({
      kind: kindWith(() => {
        const { dryRun: _dryRun, ...review } = removal(rehearsed).review;
        return { inputs: [force], review };
      }),
    });
    things({ id: 'x', name: 'web', state: 'running' });
    const plan = await draft('x');
    assert.deepEqual(
      needs(planner, plan).map(({ input, ids }) => [input.name, ids]),
      [['Force', ['x']]],
    );
    assert.deepEqual(verdicts(await complete(plan)), { x: 'refused' });
    assert.deepEqual(verdicts(await complete(plan, { Force: false })), { x: 'refused' });
    assert.deepEqual(verdicts(await complete(plan, { Other: true })), { x: 'refused' });
    const lifted = await complete(plan, { Force: true });
    assert.deepEqual([verdicts(lifted), lifted.groups[0]?.answers], [{ x: 'go' }, { Force: true }]);
  });

  test('do not lift another refusal of the same target', async () => {
    const kind = kindWith(() => ({
      review: {
        findings: () => [
          { level: 'refused', code: 'running', text: '', liftedBy: 'Force' },
          { level: 'refused', code: 'protected', text: '' },
        ],
      },
    }));
    const { draft, complete, things } = create({ kind });
    things({ id: 'x', name: 'web' });
    assert.deepEqual(verdicts(await complete(await draft('x'), { Force: true })), { x: 'refused' });
  });

  test('are not asked for in a group that is forbidden', async () => {
    const { draft, things, planner } = create({ accounts: [fakeAccount('a', { level: 'readOnly' })] });
    things({ id: 'x', name: 'web', state: 'running' });
    assert.deepEqual(needs(planner, await draft('x')), []);
  });
});

describe('what is asked before', () => {
  test('leaves out what no option lets go', async () => {
    const barred = kindWith(() => ({
      inputs: [force],
      review: {
        findings: (item): Finding[] => [
          ...(item['name'] === 'prepaid' ? [{ level: 'refused', code: 'subscription', text: '' } as const] : []),
          { level: 'refused', code: 'running', text: '', liftedBy: 'Force' },
        ],
      },
    }));
    const { draft, things, planner } = create({ kind: barred });
    things({ id: 'x', name: 'web', state: 'running' }, { id: 'y', name: 'prepaid', state: 'running' });
    assert.deepEqual(
      needs(planner, await draft('x', 'y')).map(({ ids }) => ids),
      [['x']],
    );
  });
});

describe('the dry run', () => {
  const error = (code: string, status: number): Fault => ({ kind: 'error', code, status });

  function check(name: string, faults: readonly Fault[], expected: Record<string, string>, calls: number): void {
    test(name, async () => {
      const { draft, complete, things, cloud } = create();
      things({ id: 'x', name: 'x' }, { id: 'y', name: 'y' });
      cloud.fault('RemoveBatch', ...faults);
      assert.deepEqual(verdicts(await complete(await draft('x', 'y'))), expected);
      assert.equal(cloud.count(), calls);
      assert.ok(cloud.requests.filter((r) => r.action === 'RemoveBatch').every((r) => r.params['DryRun'] === true));
      assert.deepEqual(cloud.ids('a', 'r-1'), ['x', 'y']);
    });
  }
  check('that passes for all says so with one call', [], { x: 'go', y: 'go' }, 1);
  check(
    'that is refused for several is asked for one by one',
    [error('Protected', 403), error('Protected', 403)],
    { x: 'refused', y: 'go' },
    3,
  );
  check(
    'that is not answered makes the target unclear',
    [{ kind: 'resetBefore' }, { kind: 'resetBefore' }],
    { x: 'unclear', y: 'go' },
    3,
  );
  check(
    'refused for a missing permission is a refusal of each',
    [error('Denied', 403), error('Denied', 403), error('Denied', 403)],
    { x: 'refused', y: 'refused' },
    3,
  );

  test('by another operation that is not permitted says nothing of the one that acts', async () => {
    const kind = kindWith(({ operation }) => ({
      review: { dryRun: { ...rehearsing(), operation: { ...operation } } },
    }));
    const { draft, complete, things, cloud } = create({ kind });
    things({ id: 'x', name: 'x' });
    cloud.fault('RemoveBatch', error('Denied', 403));
    const [planned] = (await complete(await draft('x'))).groups[0]?.targets ?? [];
    assert.equal(planned?.verdict, 'unclear');
    assert.match(planned.findings[0]?.text ?? '', /^The dry run was inconclusive: Denied/);
  });

  test('leaves out what is gone or refused already', async () => {
    const { draft, complete, things, cloud } = create();
    things({ id: 'x', name: 'x' }, { id: 'y', name: 'y', state: 'running' });
    await complete(await draft('x', 'y', 'z'));
    assert.deepEqual(
      cloud.requests.filter((r) => r.action === 'RemoveBatch').map((r) => r.params['InstanceId']),
      [['x']],
    );
  });

  test('is not made for a group that is forbidden', async () => {
    const { draft, complete, things, cloud } = create({ accounts: [fakeAccount('a', { level: 'readOnly' })] });
    things({ id: 'x', name: 'x' });
    await complete(await draft('x'));
    assert.equal(cloud.count(), 0);
  });

  test('that was refused says why, in the words of the cloud', async () => {
    const { draft, complete, things, cloud } = create();
    things({ id: 'x', name: 'x' });
    cloud.fault('RemoveBatch', error('Protected', 403));
    const [finding] = (await complete(await draft('x'))).groups[0]?.targets[0]?.findings ?? [];
    assert.deepEqual([finding?.level, finding?.code], ['refused', 'Protected']);
    assert.match(finding?.text ?? '', /Protected: message of Protected/);
  });
});

describe('what forbids a group', () => {
  const policy = (rules: string): Record<string, string> => ({
    ALIBABA_CLOUD_SAFETY_POLICY_ENABLED: 'true',
    ALIBABA_CLOUD_SAFETY_POLICY_RULES: rules,
  });
  async function groupWith(env: Record<string, string>, level: 'normal' | 'readOnly' = 'normal') {
    const { draft, things } = create({ env, accounts: [fakeAccount('a', { level })] });
    things({ id: 'x', name: 'x' });
    const plan = await draft('x');
    return { group: plan.groups[0], count: runnable(plan).length };
  }

  test('a policy that denies', async () => {
    const { group, count } = await groupWith(policy('ecs:Remove*=deny'));
    assert.match(group?.forbidden ?? '', /ecs:Remove/);
    assert.equal(count, 0);
  });

  test('a policy nobody can read', async () => assert.equal((await groupWith(policy('nonsense'))).count, 0));

  test('a read-only account, although the policy allows it', async () => {
    assert.equal((await groupWith(policy('*=allow'), 'readOnly')).count, 0);
  });

  test('not a policy that asks for confirmation: then more than a click is needed', async () => {
    const { group, count } = await groupWith(policy('*:remove-batch=confirm'));
    assert.deepEqual([group?.forbidden, count], [undefined, 1]);
    assert.match(group?.confirmReason ?? '', /remove-batch/);
  });
});

describe('what must be typed', () => {
  async function typed(
    accounts: Parameters<typeof createWorkplace>[0],
    picked: [string, string][],
    options: { kind?: 'instance' | 'managedInstance'; env?: Record<string, string>; above?: number } = {},
  ) {
    const { planner, progress, cloud } = create({ accounts, env: options.env });
    for (const { id } of accounts)
      cloud.put(id, 'r-1', { id: 'x', name: 'web' }, { id: 'y', name: 'db' }, { id: 'p', name: 'p', protected: true });
    const targets = picked.map(([account, id]) => target(account, 'r-1', id, options.kind ?? 'managedInstance'));
    return typedConfirmations(await planner.draft({ targets, action: removalOf }, progress), options.above ?? 10).map(
      (t) => t.expected,
    );
  }
  const normal = [fakeAccount('a')];
  const confirm = { ALIBABA_CLOUD_SAFETY_POLICY_ENABLED: 'true', ALIBABA_CLOUD_SAFETY_POLICY_RULES: '*=confirm' };

  test('nothing, for one that can be brought back', async () =>
    assert.deepEqual(await typed(normal, [['a', 'x']]), []));
  test('its name, where data is lost', async () => {
    assert.deepEqual(await typed(normal, [['a', 'x']], { kind: 'instance' }), ['web']);
  });
  test('how many, where the data of several is lost', async () => {
    assert.deepEqual(
      await typed(
        normal,
        [
          ['a', 'x'],
          ['a', 'y'],
        ],
        { kind: 'instance' },
      ),
      ['2'],
    );
  });
  test('how many, above the limit, not at it', async () => {
    const both: [string, string][] = [
      ['a', 'x'],
      ['a', 'y'],
    ];
    assert.deepEqual(await typed(normal, both, { above: 1 }), ['2']);
    assert.deepEqual(await typed(normal, both, { above: 2 }), []);
  });
  test('the number counts only what will be sent', async () => {
    assert.deepEqual(
      await typed(
        normal,
        [
          ['a', 'x'],
          ['a', 'y'],
          ['a', 'p'],
          ['a', 'gone'],
        ],
        { above: 1 },
      ),
      ['2'],
    );
  });
  test('what the policy wants confirmed', async () => {
    assert.deepEqual(await typed(normal, [['a', 'x']], { env: confirm }), ['web']);
  });
  test('the name of each production account first', async () => {
    const accounts = [
      fakeAccount('a', { level: 'production' }),
      fakeAccount('b', { level: 'production' }),
      fakeAccount('c'),
    ];
    assert.deepEqual(
      await typed(
        accounts,
        [
          ['a', 'x'],
          ['b', 'x'],
          ['c', 'x'],
        ],
        { above: 2 },
      ),
      ['Account a', 'Account b', '3'],
    );
  });
});

describe('outcomes', () => {
  const reportOf = (...list: readonly (Outcome | [Outcome, string])[]): RunReport => ({
    run: 'r',
    planHash: 'h',
    startedAt: new Date(0),
    endedAt: new Date(0),
    cancelled: false,
    stopped: undefined,
    // Only the outcome and the exchange of a result are looked at.
    results: list.map((o) =>
      Array.isArray(o) ? { outcome: o[0], exchangeId: o[1] } : { outcome: o },
    ) as unknown as RunReport['results'],
  });

  test('only what failed, was cut short or is unknown is worth another try', () => {
    assert.deepEqual(
      retryable(reportOf(...outcomes)).map((r) => r.outcome),
      ['failed', 'stillThere', 'timedOut', 'notDelivered', 'stopped', 'stoppedBefore', 'silent', 'unknown'],
    );
  });

  test('untouched are those left out for another’s sake, not those cancelled', () => {
    assert.equal(untouched(reportOf('notSent', ['notSent', 'e'], ['refused', 'e'])).length, 1);
  });

  test('are counted', () => {
    assert.deepEqual(
      [...countOutcomes(reportOf('done', 'refused', 'done').results)],
      [
        ['done', 2],
        ['refused', 1],
      ],
    );
  });

  test('each has its own word', () =>
    assert.equal(new Set(outcomes.map((outcome) => outcomeLabel(outcome))).size, outcomes.length));
});
