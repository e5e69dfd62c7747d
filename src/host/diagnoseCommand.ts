import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Account } from '../core/account';
import type { Diagnosis } from '../services/diagnose/diagnose';
import { reportOf } from '../services/diagnose/report';
import { formatTime } from '../util/format';
import { UserError } from './errorText';
import type { HostServices } from './hostServices';
import { accountChoice } from './pickTargets';
import { oneLine } from './plainText';
import { showProgress } from './prompter';
import { pickOne } from './quickSteps';
import { rowsOf } from './viewCommands';

/** Looks at an account's connection and opens the report as Markdown, to read and to pass on. */
export async function diagnoseConnection(args: readonly unknown[], services: HostServices): Promise<void> {
  const account = await accountOf(args, services);
  if (account === undefined) return;
  const title = l10n.t('Diagnosing the connection of "{0}"', oneLine(account.name));
  const diagnosis = await showProgress(title, async ({ signal }) => {
    const found = await services.diagnose(account, signal);
    return signal.aborted ? undefined : found;
  });
  if (diagnosis !== undefined) await openReport(diagnosis, services);
}

/** The account of the row, or one chosen from a list; those of all sources count. */
async function accountOf(args: readonly unknown[], services: HostServices): Promise<Account | undefined> {
  const [row] = rowsOf(args, services);
  if (row !== undefined) {
    const account = row.type === 'account' ? services.accounts.get(row.accountId) : undefined;
    if (account === undefined) throw new UserError(l10n.t('This row is no account.'));
    return account;
  }
  const answer = await pickOne<Account>({
    title: l10n.t('Diagnose connection'),
    back: false,
    placeholder: l10n.t('Account'),
    empty: l10n.t('There is no account yet. Add one, or try the sandbox.'),
    load: () => Promise.resolve(services.accounts.list().map((account) => accountChoice(account, services.clouds))),
  });
  return typeof answer === 'object' ? answer.value : undefined;
}

async function openReport(diagnosis: Diagnosis, { clouds, language }: HostServices): Promise<void> {
  const content = reportOf(diagnosis, {
    cloud: clouds.provider(diagnosis.account.provider).name(),
    time: (time) => formatTime(time, language),
  });
  const document = await vscode.workspace.openTextDocument({ language: 'markdown', content });
  await vscode.window.showTextDocument(document, { preview: true });
}
