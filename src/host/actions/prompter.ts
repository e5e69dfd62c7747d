import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { OptionNeed } from '../../core/kind';
import type { Target } from '../../core/target';
import type { Plan } from '../../services/actions/plan';
import type { TypedConfirmation, Prompter } from '../../services/actions/ports';
import { confirmText, nothingToDoText } from './confirmText';
import { inPrompt } from '../ui/plainText';
import type { CloudName } from '../../services/actions/planText';
import { nameAndId, oneLine } from '../../util/plainText';
import { showProgress } from '../ui/progress';

const namesShown = 10;

export interface PrompterOptions {
  readonly cloudName: CloudName;
  /** Opens the plan as a document. */
  readonly review: (plan: Plan) => Promise<void>;
  /** Shows what was registered with a target and stands in the way of deleting it. */
  readonly showRegistered?: (target: Target) => Promise<void>;
}

/** Asks with VS Code's modals. Escape, the close button and Cancel are all "no". */
export function createPrompter({ cloudName, review, showRegistered }: PrompterOptions): Prompter {
  return {
    withProgress: showProgress,
    askOption,
    confirm: async (plan) => {
      const { message, detail, run } = confirmText(plan, cloudName);
      const reviewLabel = l10n.t('Review Plan');
      // VS Code makes the first button the default one, so that Enter opens the plan and deletes nothing.
      const answer = await vscode.window.showWarningMessage(message, { modal: true, detail }, reviewLabel, run);
      if (answer === reviewLabel) await review(plan);
      return answer === run ? 'run' : answer === reviewLabel ? 'review' : 'cancel';
    },
    confirmTyped,
    explainNothingToDo: async (plan) => {
      const { message, detail } = nothingToDoText(plan);
      const reviewLabel = l10n.t('Review Plan');
      const registeredLabel = l10n.t('Show Registered Instances');
      const used = showRegistered === undefined ? undefined : inUse(plan);
      const buttons = used === undefined ? [reviewLabel] : [registeredLabel, reviewLabel];
      const answer = await vscode.window.showInformationMessage(message, { modal: true, detail }, ...buttons);
      if (answer === reviewLabel) await review(plan);
      else if (answer === registeredLabel && used !== undefined) await showRegistered?.(used);
    },
    refuse: async (message) => {
      await vscode.window.showErrorMessage(l10n.t('Nothing was sent.'), { modal: true, detail: message });
    },
  };
}

/** What cannot be deleted because of what was registered with it, where it is the only target of the plan. */
function inUse({ groups }: Plan): Target | undefined {
  const [first, ...others] = groups.flatMap(({ kind, targets }) => targets.map((target) => ({ kind, ...target })));
  if (first === undefined || others.length > 0 || first.kind.registers === undefined) return undefined;
  return first.findings.some(({ code }) => code === 'inUse') ? first.target : undefined;
}

async function askOption(need: OptionNeed, plan: Plan): Promise<boolean | undefined> {
  const about = plan.groups.flatMap((g) => g.targets).filter((t) => need.ids.includes(t.target.id));
  const lines = about.slice(0, namesShown).map((t) => `• ${nameAndId(t.name, t.target.id)}`);
  const more = about.length > namesShown ? [l10n.t('and {0} more', about.length - namesShown)] : [];
  const no = l10n.t('No');
  const yes = l10n.t('Yes');
  const detail = [need.detail, '', ...lines, ...more].join('\n');
  const answer = await vscode.window.showWarningMessage(need.question, { modal: true, detail }, no, yes);
  return answer === undefined ? undefined : answer === yes;
}

async function confirmTyped({ prompt, expected }: TypedConfirmation): Promise<boolean> {
  const shown = inPrompt(oneLine(prompt, 300));
  // What is said of a wrong value takes the place of the prompt, so it says that, too: the text to type stays in sight.
  const wrong = inPrompt(oneLine(l10n.t('That is something else. {0}', prompt), 300));
  const validateInput = (value: string): string | undefined => {
    if (value === expected) return undefined;
    return expected.startsWith(value) ? shown : wrong;
  };
  const title = l10n.t('Confirm by typing');
  return (await vscode.window.showInputBox({ title, prompt: shown, ignoreFocusOut: true, validateInput })) === expected;
}
