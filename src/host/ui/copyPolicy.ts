import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { ProviderId } from '../../core/account';
import { notify } from './messages';

/** The statement that grants a permission, as the cloud writes it. */
export type PolicyFor = (provider: ProviderId, permission: string) => string;

/** Puts the statement on the clipboard and says whom it is for. */
export async function copyPolicyStatement(
  policyFor: PolicyFor,
  { provider, permission }: { readonly provider: ProviderId; readonly permission: string },
): Promise<void> {
  await vscode.env.clipboard.writeText(policyFor(provider, permission));
  void notify(
    'info',
    l10n.t('The policy statement for "{0}" is on the clipboard. Give it to whoever manages permissions.', permission),
  );
}
