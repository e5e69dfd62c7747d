import * as l10n from '@vscode/l10n';
import type { Item, Removed } from '../../../core/kind';
import { visibleText } from '../../../util/visible';

/** What stands where the person fills in what cannot be read back from the cloud. */
const activationCode = '<ACTIVATION_CODE>';
const activationId = '<ACTIVATION_ID>';

/** The vendor's installer; run with `--register` it installs or updates the agent and registers it. */
const windowsAgent = 'https://aliyun-client-assist.oss-accelerate.aliyuncs.com/windows/aliyun_agent_latest_setup.exe';

/**
 * The agent's registration commands for Linux and Windows (agent's documentation: registering with an activation
 * code). The code is shown only once by the cloud, so it is left to fill in; a host gets a new id.
 */
export function hostRecipe(removed: Removed): string {
  const title = l10n.t(
    'Register {0} ({1}) again: it gets a new id and uses one slot of an activation',
    ...named(removed),
  );
  return textOf(`# ${title}`, ...hostSections(removed.region, removed.item));
}

/** The parameters of an activation like the old one, and the registration of hosts with it. */
export function activationRecipe(removed: Removed): string {
  const { region, item } = removed;
  const title = l10n.t('Make an activation like {0} ({1}) again', ...named(removed));
  return textOf(`# ${title}`, activationSection(region, item), ...hostSections(region, item));
}

function textOf(...sections: readonly string[]): string {
  return `${sections.join('\n\n')}\n`;
}

/** A name with a line break must not end the comment it stands in. */
function named({ name, id }: Removed): readonly [name: string, id: string] {
  return [visibleText(name), visibleText(id)];
}

function activationSection(region: string, item: Item): string {
  const parameters: [string, unknown][] = [
    ['RegionId', region],
    ['InstanceName', item['InstanceName']],
    ['Description', item['Description']],
    ['InstanceCount', item['InstanceCount']],
    ['TimeToLiveInHours', item['TimeToLiveInHours']],
    ['IpAddressRange', item['IpAddressRange']],
    ['ResourceGroupId', item['ResourceGroupId']],
  ];
  const words = parameters.flatMap(([name, value]) => {
    const text = typeof value === 'string' || typeof value === 'number' ? String(value) : '';
    return text === '' ? [] : [`--${name} ${posixQuote(text)}`];
  });
  return [
    `# 1. ${l10n.t('Create the activation; note its code, it is shown only once')}`,
    ['aliyun ecs CreateActivation', ...words].join(' '),
  ].join('\n');
}

function hostSections(region: string, item: Item): string[] {
  const name = typeof item['InstanceName'] === 'string' ? item['InstanceName'] : '';
  const linuxName = name === '' ? '' : ` --InstanceName ${posixQuote(name)}`;
  const windowsName = name === '' ? '' : ` --InstanceName=${powerShellQuote(name)}`;
  const linux = `sudo aliyun-service --register --RegionId ${posixQuote(region)} --ActivationCode '${activationCode}' --ActivationId '${activationId}'${linuxName}`;
  const windows = [
    `Invoke-WebRequest -Uri '${windowsAgent}' -OutFile "$env:TEMP\\aliyun_agent_latest_setup.exe"`,
    `& "$env:TEMP\\aliyun_agent_latest_setup.exe" /S --register --RegionId=${powerShellQuote(region)} --ActivationCode='${activationCode}' --ActivationId='${activationId}'${windowsName}`,
  ].join('\n');
  return [
    `# ${l10n.t('On the Linux host')}\n${linux}`,
    `# ${l10n.t('On the Windows host, in an elevated PowerShell')}\n${windows}`,
  ];
}

/**
 * Single quotes take everything literally in a POSIX shell, but a single quote itself. Controls are named: pasted into
 * a terminal, some of them would end the line.
 */
function posixQuote(text: string): string {
  return `'${visibleText(text).replaceAll("'", "'\\''")}'`;
}

/** Single quotes take everything literally in PowerShell, which also takes the curly ones for such; they are doubled. */
function powerShellQuote(text: string): string {
  return `'${visibleText(text).replace(/['\u2018-\u201b]/g, '$&$&')}'`;
}
