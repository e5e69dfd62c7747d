import * as l10n from '@vscode/l10n';
import { outcomeWords } from '../../core/action';
import type { Plan } from '../../services/actions/plan';
import type { CloudName } from '../../services/actions/planText';
import { notSentText, questionFor } from '../../services/actions/question';

/** What a modal shows; plain text, names exactly as they are. */
export interface ModalText {
  readonly message: string;
  readonly detail: string;
}

/** The question before a plan runs: what follows, what to know, who and where, which, and what is left out. */
export function confirmText(plan: Plan, cloudName: CloudName): ModalText & { readonly run: string } {
  const { message, detail, run } = questionFor(plan, cloudName);
  return { message, detail, run };
}

/** Said instead of the question when no target can be sent. */
export function nothingToDoText(plan: Plan): ModalText {
  const count = plan.groups.reduce((sum, group) => sum + group.targets.length, 0);
  const gone = plan.groups.every(
    (group) => group.forbidden === undefined && group.targets.every((t) => t.verdict === 'gone'),
  );
  const message = gone
    ? count === 1
      ? l10n.t('It is already gone. There is nothing to do.')
      : l10n.t('All {0} resources are already gone. There is nothing to do.', count)
    : (alreadyText(plan) ?? refusedText(plan, count));
  return { message, detail: notSentText(plan) };
}

/** Said where all of them have what was asked for. */
function alreadyText({ groups }: Plan): string | undefined {
  const isSo = groups.every((g) => g.forbidden === undefined && g.targets.every((t) => t.verdict === 'already'));
  const words = isSo ? outcomeWords(groups.map(({ action }) => action)) : undefined;
  return words && l10n.t('There is nothing to do: {0}.', words.already());
}

function refusedText({ groups }: Plan, count: number): string {
  const isRemoval = groups.every(({ action }) => action.goal.type === 'gone');
  if (count === 1)
    return isRemoval
      ? l10n.t('It cannot be deleted now. Nothing was sent.')
      : l10n.t('This cannot be done now. Nothing was sent.');
  return isRemoval
    ? l10n.t('None of the {0} resources can be deleted now. Nothing was sent.', count)
    : l10n.t('This can be done to none of the {0} resources now. Nothing was sent.', count);
}
