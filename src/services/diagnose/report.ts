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
    ...likelyCause(findings),
    summary(findings),
    '',
    l10n.t('Connection of "{0}"', visibleText(account.name)),
    '='.repeat(60),
    l10n.t('Cloud: {0}', visibleText(words.cloud)),
    l10n.t('Source: {0}', visibleText(account.source)),
    l10n.t('Time: {0}', visibleText(words.time(time))),
    ...(region === undefined ? [] : [l10n.t('Region: {0}', visibleText(region))]),
  ];
  return [...head, ...areas.flatMap((area) => section(area, findings)), ''].join('\n');
}

const areas: readonly Finding['area'][] = ['network', 'clock', 'credentials', 'permissions'];

function section(area: Finding['area'], findings: readonly Finding[]): string[] {
  const own = merged(findings.filter((finding) => finding.area === area));
  const lines = own.length === 0 ? [l10n.t('Not checked: something above has to work first.')] : own.map(line);
  return ['', title(area), '-'.repeat(60), ...lines];
}

function line(finding: Finding): string {
  return `[${mark(finding.state)}] ${l10n.t('{0}: {1}', visibleText(finding.about), said(finding))}`;
}

function said({ text, advice }: Finding): string {
  return [text, ...(advice === undefined ? [] : [advice])].map(visibleText).join(' ');
}

/** What has to work first comes first in the findings, and the rest often fails because of it. */
function likelyCause(findings: readonly Finding[]): string[] {
  const bad = findings.find(({ state }) => state === 'bad');
  return bad === undefined ? [] : [l10n.t('Likely cause: {0}', said(bad))];
}

/** One proxy or one key that does not work is one problem, whatever fails because of it. */
function summary(findings: readonly Finding[]): string {
  const count = (wanted: Finding['state']): number =>
    new Set(findings.filter(({ state }) => state === wanted).map((finding) => finding.cause ?? said(finding))).size;
  const bad = count('bad');
  const warnings = count('warning');
  if (bad > 0) return bad === 1 ? l10n.t('1 problem was found.') : l10n.t('{0} problems were found.', bad);
  if (warnings === 0) return l10n.t('No problem was found.');
  return warnings === 1 ? l10n.t('It works, with 1 warning.') : l10n.t('It works, with {0} warnings.', warnings);
}

/** The same said of several things is said once. */
function merged(findings: readonly Finding[]): Finding[] {
  const bySaying = new Map<string, Finding>();
  for (const finding of findings) {
    const key = JSON.stringify([finding.state, said(finding)]);
    const first = bySaying.get(key);
    const about =
      first === undefined || first.about === finding.about ? finding.about : `${first.about}, ${finding.about}`;
    bySaying.set(key, { ...(first ?? finding), about });
  }
  return [...bySaying.values()];
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
      return l10n.t('Not checked');
    default: {
      const never: never = state;
      return never;
    }
  }
}
