import * as l10n from '@vscode/l10n';
import type { Removed } from '../../../core/action';
import type { Item } from '../../../core/item';
import { posixCommand, powerShellCommand, type CommandOption } from '../../../util/commandLine';
import { visibleText } from '../../../util/visible';

/** What stands where the person fills in what cannot be read back from the cloud. */
const activationCode = '<ACTIVATION_CODE>';
const activationId = '<ACTIVATION_ID>';

/** The vendor's installer; run with `--register` it installs or updates the agent and registers it. */
const windowsAgent = 'https://aliyun-client-assist.oss-accelerate.aliyuncs.com/windows/aliyun_agent_latest_setup.exe';
const windowsSetup = '"$env:TEMP\\aliyun_agent_latest_setup.exe"';

/**
 * The agent's registration command for the host's system, both where it is not known (agent's documentation:
 * registering with an activation code). The code is shown only once by the cloud, so it is left to fill in; the id
 * is the one the host came with.
 */
export function hostRecipe({ region, id, name, item }: Removed): string {
  const title = l10n.t(
    'Register {0} ({1}) again: it gets a new instance ID and uses one registration of an activation',
    visibleText(name),
    visibleText(id),
  );
  const activation = textOf(item, 'ActivationId');
  const note =
    activation === ''
      ? l10n.t('Fill in the ID and the code of an activation that is valid and not used up.')
      : l10n.t(
          'Fill in the code of the activation {0}; if it is expired or used up, take the ID and code of another one.',
          visibleText(activation),
        );
  return joined(`# ${title}\n# ${note}`, ...hostSections(region, item, activation || activationId));
}

/** The parameters of an activation like the old one, and the registration of hosts with it. */
export function activationRecipe({ region, id, name, item }: Removed): string {
  const title = l10n.t('Create an activation like {0} ({1}) again', visibleText(name), visibleText(id));
  // The hosts get a name of their own and may run anything.
  return joined(`# ${title}`, activationSection(region, item), ...hostSections(region, {}, activationId));
}

function joined(...sections: readonly string[]): string {
  return `${sections.join('\n\n')}\n`;
}

const activationParameters = [
  'InstanceName',
  'Description',
  'InstanceCount',
  'TimeToLiveInHours',
  'IpAddressRange',
  'ResourceGroupId',
];

function activationSection(region: string, item: Item): string {
  const options = activationParameters.map((name): CommandOption => [name, textOf(item, name)]);
  return [
    `# 1. ${l10n.t('Create the activation; note its ID and its code, which is shown only once')}`,
    posixCommand(['aliyun', 'ecs', 'CreateActivation'], [['RegionId', region], ...options]),
  ].join('\n');
}

function hostSections(region: string, item: Item, activation: string): string[] {
  const options: CommandOption[] = [
    ['RegionId', region],
    ['ActivationCode', activationCode],
    ['ActivationId', activation],
    ['InstanceName', textOf(item, 'InstanceName')],
  ];
  const linux = posixCommand(['sudo', 'aliyun-service', '--register'], options);
  const windows = [
    `Invoke-WebRequest -Uri '${windowsAgent}' -OutFile ${windowsSetup}`,
    powerShellCommand(windowsSetup, ['/S', '--register'], options),
  ].join('\n');
  const system = textOf(item, 'OsType').toLowerCase();
  return [
    ...(system === 'windows' ? [] : [`# ${l10n.t('On the Linux host')}\n${linux}`]),
    ...(system === 'linux' ? [] : [`# ${l10n.t('On the Windows host, in an elevated PowerShell')}\n${windows}`]),
  ];
}

function textOf(item: Item, name: string): string {
  const value = item[name];
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
