import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Progress, ProgressOptions } from '../../services/actions/ports';
import { systemClock } from '../../util/clock';
import { oneLine } from '../../util/plainText';
import { inMessage } from './plainText';

/**
 * A notification with a Cancel that aborts the signal. With `afterMs` it appears only for a task that takes longer:
 * VS Code drops the fourth notification within a second, and that one tells what became of a run.
 */
export async function showProgress<T>(
  title: string,
  task: (progress: Progress) => Promise<T>,
  { afterMs = 0 }: ProgressOptions = {},
): Promise<T> {
  const abort = new AbortController();
  let latest: Step = {};
  let show = (step: Step): void => void (latest = step);
  const running = task({ signal: abort.signal, report: stepsOf((step) => show(step)) });
  if (afterMs > 0 && (await settlesWithin(running, afterMs))) return running;
  const options = { location: vscode.ProgressLocation.Notification, cancellable: true, title: inMessage(title) };
  return vscode.window.withProgress(options, async (bar, token) => {
    const cancelled = token.onCancellationRequested(() => abort.abort());
    show = (step) => bar.report(step);
    show(latest);
    try {
      return await running;
    } finally {
      cancelled.dispose();
    }
  });
}

interface Step {
  readonly increment?: number;
  readonly message?: string;
}

/** VS Code wants increments; a bar never goes back. */
function stepsOf(show: (step: Step) => void): Progress['report'] {
  let percent = 0;
  return ({ done, total, text }) => {
    const now = total === 0 ? 0 : (done / total) * 100;
    const increment = Math.max(0, now - percent);
    percent = Math.max(percent, now);
    show({ increment, message: inMessage(l10n.t('{0} of {1}: {2}', done, total, oneLine(text, 60))) });
  };
}

async function settlesWithin(running: Promise<unknown>, ms: number): Promise<boolean> {
  const settled = new AbortController();
  const over = systemClock.sleep(ms, settled.signal).then(() => false);
  const done = running.then(
    () => true,
    () => true,
  );
  return Promise.race([done, over]).finally(() => settled.abort());
}
