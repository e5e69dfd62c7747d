import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { actionOf } from '../../../../src/core/action';
import type * as prompterModule from '../../../../src/host/actions/prompter';
import { volcengine } from '../../../../src/providers/volcengine/provider';
import type { Plan, PlanTarget } from '../../../../src/services/actions/plan';
import { FakeVscode, requireWith } from '../../support/fakeVscode';

const kind = volcengine.kinds.find(({ id }) => id === 'instance') ?? assert.fail();
const place = { provider: 'volcengine', accountId: 'a', region: 'cn-beijing' } as const;

function planned(id: string, change: Partial<PlanTarget> = {}): PlanTarget {
  const target = { ...place, kind: kind.id, id };
  const base = { target, name: id, item: undefined, fingerprint: {}, stateLabel: 'Running', leftBehind: [] };
  return { ...base, verdict: 'go', findings: [], ...change };
}

function refusedFor(id: string, ...remedies: readonly string[]): PlanTarget {
  const findings = remedies.map(
    (remedy) => ({ level: 'refused', code: remedy, text: `See ${remedy}.`, remedy }) as const,
  );
  return planned(id, { verdict: 'refused', findings });
}

function planOf(actionId: string, ...targets: readonly PlanTarget[]): Plan {
  const account = { id: 'a', provider: 'volcengine', name: 'A', source: 'test', level: 'normal' } as const;
  const action = actionOf(kind, actionId) ?? assert.fail(actionId);
  const unknown = { identity: undefined, keyMark: undefined, confirmReason: undefined, forbidden: undefined };
  const group = { place, account, regionName: 'Beijing', kind, action, answers: {}, targets, ...unknown };
  return { id: 'p', madeAt: new Date(0), hash: '', groups: [group] };
}

function create(answer: (buttons: readonly string[]) => string | undefined = () => undefined) {
  const vscode = new FakeVscode();
  vscode.answer = ({ buttons }) => answer(buttons);
  const { createPrompter } = requireWith<typeof prompterModule>(vscode, 'actions/prompter');
  return { vscode, prompter: createPrompter({ cloudName: () => 'Fake', askScript: () => Promise.resolve(undefined) }) };
}

const running = refusedFor('i-1', 'stopInstances');
const second = refusedFor('i-2', 'stopInstances');
const guarded = refusedFor('i-3', 'changeReleaseProtection');

describe('what would lift a refusal', () => {
  test('is offered for each reason, the one of most resources first', async () => {
    const { vscode, prompter } = create();
    await prompter.explainNothingToDo(planOf('deleteInstances', guarded, running, second));
    await prompter.confirm(planOf('deleteInstances', guarded, running, second, planned('i-4')));
    const [nothing, question] = vscode.shown.map(({ buttons }) => buttons);
    assert.deepEqual(nothing?.slice(0, 3), ['Stop (2)…', 'Change Release Protection (1)…', 'Review Plan']);
    assert.deepEqual(question, ['Review Plan', 'Delete', 'Stop (2)…', 'Change Release Protection (1)…']);
  });

  test('is handed back as an action of its own, for exactly those resources', async () => {
    const { prompter } = create((buttons) => buttons.find((button) => button.startsWith('Change')));
    const plan = planOf('deleteInstances', guarded, running, planned('i-4'));
    const wanted = { want: 'remedy', action: 'changeReleaseProtection', targets: [guarded.target] };
    assert.deepEqual(await prompter.explainNothingToDo(plan), wanted);
    assert.deepEqual(await prompter.confirm(plan), wanted);
  });

  test('is offered where the cloud refused what was only a warning to us', async () => {
    const { vscode, prompter } = create();
    const warned = { level: 'warning', code: 'running', text: 'It is running.', remedy: 'stopInstances' } as const;
    const said = { level: 'refused', code: 'InvalidInstanceStatus', text: 'It is refused.' } as const;
    const refused = planned('i-1', { verdict: 'refused', findings: [warned, said] });
    await prompter.explainNothingToDo(planOf('deleteInstances', refused));
    assert.equal(vscode.shown[0]?.buttons[0], 'Stop (1)…');
  });

  test('is not offered for what can be sent', async () => {
    const { vscode, prompter } = create();
    const warned = { level: 'warning', code: 'running', text: 'It is running.', remedy: 'stopInstances' } as const;
    await prompter.confirm(planOf('deleteInstances', planned('i-1', { findings: [warned] })));
    assert.deepEqual(vscode.shown[0]?.buttons, ['Review Plan', 'Delete']);
  });
});

describe('where there is nothing to do', () => {
  const says = (name: string, plan: Plan, message: string): void =>
    void test(name, async () => {
      const { vscode, prompter } = create();
      await prompter.explainNothingToDo(plan);
      assert.equal(vscode.shown[0]?.message, message);
    });
  const stopped = planned('i-1', { verdict: 'already' });
  const refused = planned('i-2', { verdict: 'refused' });
  says(
    'it is said that it is so already',
    planOf('stopInstances', stopped),
    'There is nothing to do: already stopped.',
  );
  says('or that it cannot be done', planOf('stopInstances', refused), 'This cannot be done now. Nothing was sent.');
  says(
    'to any of them',
    planOf('stopInstances', refused, stopped),
    'This can be done to none of the 2 resources now. Nothing was sent.',
  );
  says('or cannot be deleted', planOf('deleteInstances', refused), 'It cannot be deleted now. Nothing was sent.');
});
