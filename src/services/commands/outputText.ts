import * as l10n from '@vscode/l10n';
import { visibleText } from '../../util/visible';
import { decodeOutput, type DecodedOutput } from './output';
import { groupOutputs } from './outputGroups';

/** What one host of a run came to and printed. */
export interface HostSaid {
  readonly id: string;
  readonly name: string;
  readonly hostnames: readonly string[];
  readonly addresses: readonly string[];
  /** The outcome in words. */
  readonly outcome: string;
  readonly exitCode: number | undefined;
  readonly output: { readonly bytes: Uint8Array; readonly missing: number | undefined } | undefined;
}

/**
 * What the hosts of a run printed, as plain text: who said the same stands together, the odd ones first, with each
 * host's own id, names and addresses taken for the same. Control characters are shown as codes.
 */
export function outputText(hosts: readonly HostSaid[]): string {
  const decoded = new Map(hosts.map((host) => [host.id, decode(host)]));
  const names = new Map(hosts.map(({ id, name }) => [id, name]));
  const groups = groupOutputs(
    hosts.map((host) => ({ ...host, state: host.outcome, text: decoded.get(host.id)?.text ?? '' })),
    { mask: true },
  );
  const head = groups.length === 1 ? l10n.t('All {0} said the same.', hosts.length) : countLine(groups, hosts.length);
  const parts = groups.map(({ ids, state, exitCode, text }) => {
    const outputs = ids.flatMap((id) => decoded.get(id) ?? []);
    const members = ids.map((id) => names.get(id) ?? id);
    const what = exitCode === undefined ? state : l10n.t('{0}, exit code {1}', state, exitCode);
    const title = l10n.t(
      '{0} × {1}: {2}',
      ids.length,
      what,
      members.map((name) => visibleText(name)).join(l10n.t(', ')),
    );
    return [title, '-'.repeat(60), ...notesOn(outputs), linesOf(text)].join('\n');
  });
  return `${[...(hosts.length > 1 ? [head] : []), ...parts].join('\n\n')}\n`;
}

function countLine(groups: readonly { readonly ids: readonly string[] }[], total: number): string {
  const sizes = groups.map(({ ids }) => ids.length).join(l10n.t(', '));
  return l10n.t('{0} said {1} different things ({2}); the odd ones stand first.', total, groups.length, sizes);
}

function decode({ output }: HostSaid): DecodedOutput | undefined {
  if (output === undefined) return undefined;
  const { bytes, missing } = output;
  return decodeOutput({ output: Buffer.from(bytes).toString('base64'), dropped: missing, isFinal: true });
}

function notesOn(outputs: readonly DecodedOutput[]): string[] {
  const missing = outputs.flatMap(({ completeness }) =>
    completeness.type === 'startMissing' ? [completeness.bytes] : [],
  );
  const unreadable = outputs.filter(({ isReadable }) => !isReadable).length;
  return [
    ...(missing.length === 0
      ? []
      : [l10n.t('(Not complete: {0} bytes before the end are missing.)', Math.max(...missing))]),
    ...(unreadable === 0 ? [] : [l10n.t('(Not UTF-8: what cannot be read is shown as a replacement character.)')]),
  ];
}

function linesOf(text: string): string {
  if (text === '') return l10n.t('(no output)');
  return text
    .replace(/\r?\n$/, '')
    .split(/\r?\n/)
    .map((line) => visibleText(line))
    .join('\n');
}
