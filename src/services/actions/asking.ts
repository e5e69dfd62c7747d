import * as l10n from '@vscode/l10n';
import type { AccountLevel } from '../../core/account';
import { accountName, isUnseen } from '../../core/accountName';
import { dangerOf } from '../../core/action';
import type { Danger } from '../../core/operation';
import { visibleText } from '../../util/visible';
import { levelReason } from '../accounts/levelText';
import { runnable, runnableOf, type Plan, type PlanGroup, type PlanTarget } from './plan';
import type { TypedConfirmation } from './ports';
import { mustType } from './question';

/**
 * What is asked before something is sent.
 * - `nothing`: it runs at once, for rows of our own views only; the message offers to undo it.
 * - `severalOnly`: a question where it is more than one.
 * - `question`: a question that names everything.
 * - `name`: the question, and the account's name is typed.
 * - `resource`: the question, and the resource's name or the number of resources is typed.
 */
type Asking = 'nothing' | 'severalOnly' | 'question' | 'name' | 'resource';

/** By what a mistake costs and how the account is marked. A read-only account is refused before anything is asked. */
const askings: Readonly<Record<Danger, Readonly<Record<Exclude<AccountLevel, 'readOnly'>, readonly Asking[]>>>> = {
  none: { normal: ['nothing'], production: ['question'] },
  costs: { normal: ['severalOnly'], production: ['question'] },
  interrupts: { normal: ['question'], production: ['question', 'name'] },
  runs: { normal: ['question'], production: ['question', 'name'] },
  destroys: { normal: ['question', 'resource'], production: ['question', 'name', 'resource'] },
};

/** Whether the plan may run without a question. `ours` says that the targets are rows of our own views. */
export function needsQuestion(plan: Plan, ours: boolean): boolean {
  const groups = sending(plan);
  if (!ours || groups.some((group) => group.confirmReason !== undefined)) return true;
  const several = runnable(plan).length > 1;
  return !groups.every((group) =>
    askingsOf(group).every((asking) => asking === 'nothing' || (asking === 'severalOnly' && !several)),
  );
}

/** What must be typed, most specific first. A person who types the name of the wrong thing notices. */
export function typedConfirmations(plan: Plan, typedAbove: number): TypedConfirmation[] {
  const groups = sending(plan);
  const named = groups.filter((group) => askingsOf(group).includes('name') || isHeldBack(group));
  const production = named.map(({ account }) => account).filter(({ level }) => level === 'production');
  const names = new Map(production.map((account) => [accountName(account.name), levelReason(account)]));
  return [
    ...[...names].map(([expected, reason = '']) => ({
      prompt: `${l10n.t('"{0}" is a production account. Type its name to go on.', expected)} ${reason}`.trim(),
      expected,
    })),
    ...resourcesTyped(plan, groups, typedAbove),
  ];
}

function resourcesTyped(plan: Plan, groups: readonly PlanGroup[], typedAbove: number): TypedConfirmation[] {
  const targets = runnable(plan);
  const counted = groups.filter((group) => dangerOf(group.action, group.answers) !== 'none');
  const many = counted.reduce((sum, group) => sum + runnableOf(group).length, 0) > typedAbove;
  if (!many && !mustType(plan) && !groups.some((group) => askingsOf(group).includes('resource') || isHeldBack(group)))
    return [];
  const [first] = targets;
  const expected = targets.length === 1 && first !== undefined ? typedFor(first) : String(targets.length);
  const final = groups.some(({ action }) => action.goal.type === 'gone');
  return [{ prompt: promptFor(targets.length, expected, final), expected }];
}

function promptFor(count: number, expected: string, final: boolean): string {
  if (count === 1)
    return final
      ? l10n.t('This cannot be undone. Type "{0}" to go on.', expected)
      : l10n.t('Type "{0}" to go on.', expected);
  return final
    ? l10n.t('This cannot be undone. Type the number of resources, {0}, to go on.', expected)
    : l10n.t('Type the number of resources, {0}, to go on.', expected);
}

function sending(plan: Plan): PlanGroup[] {
  return plan.groups.filter((group) => runnableOf(group).length > 0);
}

function askingsOf({ account, action, answers }: PlanGroup): readonly Asking[] {
  return askings[dangerOf(action, answers)][account.level === 'production' ? 'production' : 'normal'];
}

/** The company's policy asks for more than a click. */
function isHeldBack({ confirmReason }: PlanGroup): boolean {
  return confirmReason !== undefined;
}

const longestTypedName = 64;

/** Its name, or its id where the name cannot be typed as it is seen or would take too long. */
function typedFor({ name, target }: PlanTarget): string {
  const asSeen =
    !isUnseen(name) &&
    visibleText(name) === name &&
    name.trim() === name &&
    !/[^\S ]| {2}|\p{Default_Ignorable_Code_Point}/u.test(name);
  // A keyboard types composed characters.
  return asSeen && name.normalize('NFC') === name && name.length <= longestTypedName ? name : target.id;
}
