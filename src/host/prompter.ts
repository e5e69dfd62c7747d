import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { OptionNeed } from '../core/kind';
import type { Plan } from '../services/plan';
import type { Progress, Prompter, TypedConfirmation } from '../services/ports';
import { confirmText, nothingToDoText } from './confirmText';
import { inMessage, inPrompt, oneLine } from './plainText';
import type { CloudName } from './planWords';
import { listing } from './words';

export interface PrompterOptions {
  readonly cloudName: CloudName;
  /** Opens the plan as a document. */
  readonly review: (plan: Plan) => Promise<void>;
}

/** Asks with VS Code's modals. Escape, the close button and Cancel are all "no". */
export function createPrompter({ cloudName, review }: PrompterOptions): Prompter {
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
      const answer = await vscode.window.showInformationMessage(message, { modal: true, detail }, reviewLabel);
      if (answer === reviewLabel) await review(plan);
    },
    refuse: async (message) => {
      await vscode.window.showErrorMessage(l10n.t('Nothing was sent.'), { modal: true, detail: message });
    },
  };
}

/** A notification with a Cancel that aborts the signal. */
export function showProgress<T>(title: string, task: (progress: Progress) => Promise<T>): Promise<T> {
  const options = { location: vscode.ProgressLocation.Notification, cancellable: true, title: inMessage(title) };
  const shown = vscode.window.withProgress(options, async (bar, token) => {
    const abort = new AbortController();
    const cancelled = token.onCancellationRequested(() => abort.abort());
    let percent = 0;
    try {
      return await task({
        signal: abort.signal,
        report: ({ done, total, text }) => {
          const now = total === 0 ? 0 : (done / total) * 100;
          const increment = Math.max(0, now - percent);
          percent = Math.max(percent, now);
          bar.report({ increment, message: inMessage(l10n.t('{0} of {1}: {2}', done, total, oneLine(text, 60))) });
        },
      });
    } finally {
      cancelled.dispose();
    }
  });
  return Promise.resolve(shown);
}

async function askOption(need: OptionNeed, plan: Plan): Promise<boolean | undefined> {
  const names = plan.groups.flatMap((g) => g.targets).filter((t) => need.ids.includes(t.target.id));
  const about = listing(
    names.map((t) => t.name),
    10,
  );
  const no = l10n.t('No');
  const yes = l10n.t('Yes');
  const detail = [need.detail, about].filter((text) => text !== '').join('\n\n');
  const answer = await vscode.window.showWarningMessage(need.question, { modal: true, detail }, no, yes);
  return answer === undefined ? undefined : answer === yes;
}

async function confirmTyped({ prompt, expected }: TypedConfirmation): Promise<boolean> {
  const typed = await vscode.window.showInputBox({
    title: l10n.t('Confirm by typing'),
    prompt: inPrompt(oneLine(prompt, 300)),
    ignoreFocusOut: true,
    validateInput: (value) =>
      value === expected ? undefined : l10n.t('Type it exactly as it is written, then press Enter. Escape cancels.'),
  });
  return typed === expected;
}
