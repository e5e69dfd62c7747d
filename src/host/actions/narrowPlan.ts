import * as l10n from '@vscode/l10n';
import { targetKey } from '../../core/target';
import type { Gate } from '../../services/actions/gate';
import { choosable, type Plan, type PlanGroup, type PlanTarget } from '../../services/actions/plan';
import { UserError } from '../contract/errors';
import { pickMany, type Choice } from '../ui/steps';
import type { PlanDocuments } from './planDocuments';

export interface NarrowPlanDeps {
  readonly gate: Pick<Gate, 'planById' | 'narrow'>;
  readonly planDocuments: Pick<PlanDocuments, 'replace'>;
}

/** Has resources taken out of a plan, and shows the plan of what remains in its place. */
export async function narrowPlan(planId: string, { gate, planDocuments }: NarrowPlanDeps): Promise<void> {
  const plan = gate.planById(planId);
  if (plan === undefined) throw cannotChange();
  const choices = choicesOf(plan);
  const answer = await pickMany({
    title: l10n.t('Leave resources out of the plan'),
    placeholder: l10n.t('Untick what is to be left out; nothing is sent'),
    empty: l10n.t('Nothing of this plan would be sent.'),
    load: () => Promise.resolve(choices),
  });
  if (typeof answer === 'string') return;
  const left = new Set(choices.map(({ value }) => value).filter((key) => !answer.value.includes(key)));
  if (left.size === 0) return;
  // It can have been run while it was looked through.
  const narrowed = gate.narrow(planId, left);
  if (narrowed === undefined) throw cannotChange();
  await planDocuments.replace(plan, narrowed);
}

/** What may be sent, each ticked; the rest is not sent anyway. */
function choicesOf(plan: Plan): Choice<string>[] {
  return plan.groups.flatMap((group) => choosable(plan, group).map((target) => choiceOf(group, target)));
}

function choiceOf(group: PlanGroup, { name, target, stateLabel }: PlanTarget): Choice<string> {
  const facts = [name === target.id ? '' : target.id, stateLabel, group.account.name, group.regionName];
  return {
    label: name,
    description: facts.filter((fact) => fact !== '').join(' · '),
    picked: true,
    value: targetKey(target),
  };
}

function cannotChange(): UserError {
  return new UserError(l10n.t('This plan was already run or is from an earlier session. Select the resources again.'));
}
