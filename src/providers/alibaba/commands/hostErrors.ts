import * as l10n from '@vscode/l10n';

const texts: Readonly<Record<string, () => string>> = {
  InstanceNotExists: () => l10n.t('The instance does not exist.'),
  InstanceReleased: () => l10n.t('The instance was released during the run.'),
  InstanceNotRunning: () => l10n.t('The instance was not running.'),
  CommandNotApplicable: () => l10n.t('The type of the script does not fit the system of the instance.'),
  AccountNotExists: () => l10n.t('There is no such user on the instance.'),
  DirectoryNotExists: () => l10n.t('The working directory does not exist on the instance.'),
  BadCronExpression: () => l10n.t('The schedule cannot be used.'),
  ClientNotRunning: () => l10n.t('The Cloud Assistant agent is not running.'),
  ClientNotResponse: () => l10n.t('The Cloud Assistant agent did not answer.'),
  ClientIsUpgrading: () => l10n.t('The Cloud Assistant agent was being updated.'),
  ClientNeedUpgrade: () => l10n.t('The Cloud Assistant agent is too old for this.'),
  ClientNetworkBlocked: () => l10n.t('The network keeps the Cloud Assistant agent from the service.'),
  SecurityGroupRuleDenied: () => l10n.t('A security group keeps the Cloud Assistant agent from the service.'),
  DeliveryTimeout: () => l10n.t('The command did not reach the instance within a minute.'),
  ExecutionTimeout: () => l10n.t('The command ran longer than its timeout and was ended.'),
  ExecutionException: () => l10n.t('The command could not go on.'),
  ExecutionInterrupted: () => l10n.t('The command was stopped, or the instance went down.'),
  ExitCodeNonzero: () => l10n.t('The command ended with an exit code other than 0.'),
  TaskConcurrencyLimit: () => l10n.t('Too many commands were running on the instance.'),
};

/** What a host's error code means; undefined for one that no page has. */
export function explain(code: string): string | undefined {
  return Object.hasOwn(texts, code) ? texts[code]?.() : undefined;
}
