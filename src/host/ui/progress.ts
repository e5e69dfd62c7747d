import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Progress, ProgressOptions } from '../../services/actions/ports';
import { systemClock } from '../../util/clock';
import { oneLine } from '../../util/plainText';
import { inMessage } from './plainText';

/**
 * A notification with a Cancel that aborts the signal. With `afterMs` it appears only for a task that takes longer:
 * VS Code drops the fourth notification within a second, and that one tells what became of a run. A cancelled task is
 * waited for in sight: VS Code takes the first notification away with the click.
 */
export async function showProgress<T>(
  title: string,
  task: (progress: Progress) => Promise<T>,
  { afterMs = 0 }: ProgressOptions = {},
): Promise<T> {
  const abort = new AbortController();
  let latest: Step = { percent: 0 };
  let show = (step: Step): void => void (latest = step);
  const running = task({ signal: abort.signal, report: stepsOf((step) => show(step)) });
  const shown: Shown = {
    running,
    into: (bar) => {
      const report = reporterOf(bar);
      show = (step) => report((latest = step));
      show(latest);
    },
  };
  if (afterMs > 0 && (await settlesWithin(running, afterMs))) return running;
  await showCancellable(title, abort, shown);
  if (abort.signal.aborted && !(await settlesWithin(running, patienceMs))) await showWaiting(title, shown);
  return running;
}

/** What ends sooner after a cancel needs no second notification. */
const patienceMs = 200;

interface Shown {
  readonly running: Promise<unknown>;
  /** Shows the steps in this bar from now on. */
  readonly into: (bar: Bar) => void;
}

type Bar = vscode.Progress<{ readonly increment?: number; readonly message?: string }>;

function showCancellable(title: string, abort: AbortController, { running, into }: Shown): Thenable<void> {
  return showBar({ title, cancellable: true }, async (bar, token) => {
    into(bar);
    const cancelled = new Promise<void>((resolve) => abort.signal.addEventListener('abort', () => resolve()));
    const pressed = token.onCancellationRequested(() => abort.abort());
    await Promise.race([settled(running), cancelled]);
    pressed.dispose();
  });
}

function showWaiting(title: string, { running, into }: Shown): Thenable<void> {
  const waiting = l10n.t('{0}: cancelled, waiting for the answers that are out', title);
  return showBar({ title: waiting, cancellable: false }, (bar) => {
    into(bar);
    return settled(running);
  });
}

function showBar(
  { title, cancellable }: { readonly title: string; readonly cancellable: boolean },
  task: (bar: Bar, token: vscode.CancellationToken) => Promise<void>,
): Thenable<void> {
  const location = vscode.ProgressLocation.Notification;
  return vscode.window.withProgress({ location, cancellable, title: inMessage(title) }, task);
}

interface Step {
  readonly percent: number;
  readonly message?: string;
}

/** VS Code wants increments; a bar never goes back. */
function reporterOf(bar: Bar): (step: Step) => void {
  let shown = 0;
  return ({ percent, message }) => {
    bar.report({ increment: Math.max(0, percent - shown), ...(message === undefined ? {} : { message }) });
    shown = Math.max(shown, percent);
  };
}

function stepsOf(show: (step: Step) => void): Progress['report'] {
  return ({ done, total, text }) => {
    const what = oneLine(text, 100);
    const message = total === 0 ? what : l10n.t('{0} of {1}: {2}', done, total, what);
    show({ percent: total === 0 ? 0 : (done / total) * 100, message: inMessage(message) });
  };
}

function settled(running: Promise<unknown>): Promise<void> {
  return running.then(
    () => undefined,
    () => undefined,
  );
}

async function settlesWithin(running: Promise<unknown>, ms: number): Promise<boolean> {
  const over = new AbortController();
  const late = systemClock.sleep(ms, over.signal).then(() => false);
  const done = settled(running).then(() => true);
  return Promise.race([done, late]).finally(() => over.abort());
}
