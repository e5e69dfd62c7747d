import * as l10n from '@vscode/l10n';
import { visibleText } from '../../util/visible';
import type { Diagnosis } from './diagnose';
import type { Finding } from './finding';

/** The diagnosis as plain text, to read and to pass on: what came from outside is shown as it is, never as markup. */
export function reportOf(
  diagnosis: Diagnosis,
  words: { readonly cloud: string; readonly time: (time: Date) => string },
): string {
  const { account, time, region, findings } = diagnosis;
  const head = [
    l10n.t('Connection of "{0}"', visibleText(account.name)),
    '='.repeat(60),
    l10n.t('Cloud: {0}', visibleText(words.cloud)),
    l10n.t('Source: {0}', visibleText(account.source)),
    l10n.t('Time: {0}', visibleText(words.time(time))),
    l10n.t('Region: {0}', visibleText(region ?? '–')),
    summary(findings),
  ];
  return [...head, ...areas.flatMap((area) => section(area, findings)), ''].join('\n');
}

const areas: readonly Finding['area'][] = ['network', 'clock', 'credentials', 'permissions'];

function section(area: Finding['area'], findings: readonly Finding[]): string[] {
  const own = findings.filter((finding) => finding.area === area);
  const lines = own.length === 0 ? [l10n.t('Not checked: something above has to work first.')] : own.map(line);
  return ['', title(area), '-'.repeat(60), ...lines];
}

function line({ about, state, text, advice }: Finding): string {
  const said = [text, ...(advice === undefined ? [] : [advice])].map(visibleText).join(' ');
  return `[${mark(state)}] ${l10n.t('{0}: {1}', visibleText(about), said)}`;
}

function summary(findings: readonly Finding[]): string {
  const bad = findings.filter(({ state }) => state === 'bad').length;
  const warnings = findings.filter(({ state }) => state === 'warning').length;
  if (bad > 0) return l10n.t('{0} problems were found.', bad);
  return warnings > 0 ? l10n.t('It works; {0} things deserve a look.', warnings) : l10n.t('No problem was found.');
}

function title(area: Finding['area']): string {
  switch (area) {
    case 'network':
      return l10n.t('Network');
    case 'clock':
      return l10n.t('Clock');
    case 'credentials':
      return l10n.t('Keys');
    case 'permissions':
      return l10n.t('Permissions');
    default: {
      const never: never = area;
      return never;
    }
  }
}

function mark(state: Finding['state']): string {
  switch (state) {
    case 'good':
      return l10n.t('OK');
    case 'bad':
      return l10n.t('Problem');
    case 'warning':
      return l10n.t('Warning');
    case 'open':
      return l10n.t('Not known');
    default: {
      const never: never = state;
      return never;
    }
  }
}
