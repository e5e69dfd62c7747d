import * as l10n from '@vscode/l10n';
import type { Diagnosis } from '../../services/diagnose/diagnose';
import { reportOf } from '../../services/diagnose/report';
import { formatTime } from '../../util/format';
import { accountMeant } from '../accounts/resolveAccount';
import type { HostServices } from '../services';
import { showProgress } from '../actions/prompter';
import { oneLine } from '../../util/plainText';

/** Looks at an account's connection and opens the report, to read and to pass on. */
export async function diagnoseConnection(args: readonly unknown[], services: HostServices): Promise<void> {
  const account = await accountMeant(args, services, {
    title: l10n.t('Diagnose connection'),
    placeholder: l10n.t('Account'),
    empty: l10n.t('There is no account yet. Add one, or try the sandbox.'),
    among: services.accounts.list(),
    refusal: () => l10n.t('This row is no account.'),
  });
  if (account === undefined) return;
  const title = l10n.t('Diagnosing the connection of "{0}"', oneLine(account.name));
  const diagnosis = await showProgress(title, async ({ signal }) => {
    const found = await services.diagnose(account, signal);
    return signal.aborted ? undefined : found;
  });
  if (diagnosis !== undefined) await openReport(diagnosis, services);
}

async function openReport(diagnosis: Diagnosis, { clouds, language, planDocuments }: HostServices): Promise<void> {
  const text = reportOf(diagnosis, {
    cloud: clouds.provider(diagnosis.account.provider).name(),
    time: (time) => formatTime(time, language),
  });
  await planDocuments.openText(l10n.t('Connection of "{0}"', oneLine(diagnosis.account.name, 40)), text);
}
