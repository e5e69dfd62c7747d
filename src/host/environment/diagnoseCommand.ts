import * as l10n from '@vscode/l10n';
import type { Account } from '../../core/account';
import type { Diagnosis } from '../../services/diagnose/diagnose';
import { reportOf } from '../../services/diagnose/report';
import { formatTime } from '../../util/format';
import { oneLine } from '../../util/plainText';
import { resolveAccount, type ResolveDeps } from '../accounts/resolveAccount';
import { readArguments } from '../contract/arguments';
import { showModal } from '../ui/messages';
import { showProgress } from '../ui/progress';

export interface DiagnoseDeps extends ResolveDeps {
  readonly diagnose: (account: Account, signal: AbortSignal) => Promise<Diagnosis>;
  /** Opens a text in a tab of its own. */
  readonly openText: (title: string, text: string) => Promise<void>;
  /** The user's language, as VS Code names it. */
  readonly language: string;
}

/** Looks at an account's connection and opens the report, to read and to pass on. */
export async function diagnoseConnection(args: readonly unknown[], deps: DiagnoseDeps): Promise<void> {
  const account = await resolveAccount(args, deps, {
    title: l10n.t('Diagnose connection'),
    placeholder: l10n.t('Account'),
    empty: l10n.t('There is no account yet. Add one, or try the sandbox.'),
    among: deps.accounts.list(),
    refusal: () => l10n.t('This row is not an account.'),
  });
  if (account === undefined || !(await mayAsk(args, account))) return;
  const title = l10n.t('Diagnosing the connection of "{0}"', oneLine(account.name));
  const diagnosis = await showProgress(title, async ({ signal }) => {
    const found = await deps.diagnose(account, signal);
    return signal.aborted ? undefined : found;
  });
  if (diagnosis !== undefined) await openReport(diagnosis, deps);
}

/** Other extensions can run any command: what signs with an account's keys then needs a person. */
async function mayAsk(args: readonly unknown[], { name }: Account): Promise<boolean> {
  const read = readArguments(args);
  if (read.from === 'palette' || (read.from === 'rows' && read.ours)) return true;
  const diagnose = l10n.t('Diagnose');
  const message = l10n.t('Diagnose the connection of "{0}"?', oneLine(name, 60));
  const detail = l10n.t('Read calls and a dry run of a deletion are sent with its keys. Nothing is changed.');
  return (await showModal('info', { message, detail }, diagnose)) === diagnose;
}

async function openReport(diagnosis: Diagnosis, { clouds, language, openText }: DiagnoseDeps): Promise<void> {
  const text = reportOf(diagnosis, {
    cloud: clouds.provider(diagnosis.account.provider).name(),
    time: (time) => formatTime(time, language),
  });
  await openText(l10n.t('Connection of "{0}"', oneLine(diagnosis.account.name, 40)), text);
}
