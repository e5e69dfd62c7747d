import * as l10n from '@vscode/l10n';
import { visibleText } from '../../util/visible';
import { decodeBytes, type DecodedOutput, type OutputEncoding } from './output';
import { groupOutputs } from './outputGroups';
import { completeNote, isComplete, outputNotes } from './outputNotes';

/** What one host of a run came to and printed. */
export interface HostSaid {
  readonly id: string;
  readonly name: string;
  readonly hostnames: readonly string[];
  readonly addresses: readonly string[];
  /** The outcome in words. */
  readonly outcome: string;
  readonly exitCode: number | undefined;
  /** Why it did not run or did not go on. */
  readonly note?: string | undefined;
  readonly output: { readonly bytes: Uint8Array; readonly missing: number | undefined } | undefined;
  /** UTF-8 unless another one was chosen. */
  readonly encoding?: OutputEncoding | undefined;
  /** More can still come. */
  readonly isOpen?: boolean | undefined;
}

/**
 * What the hosts of a run printed, as plain text: who said the same stands together, the odd ones first, with each
 * host's own id, names and addresses taken for the same. Control characters are shown as codes.
 */
export function outputText(hosts: readonly HostSaid[], { mask = true }: { readonly mask?: boolean } = {}): string {
  const decoded = new Map(hosts.map((host) => [host, decode(host)]));
  const said = hosts.map((host) => ({
    ...host,
    host,
    state: [host.outcome, host.note ?? ''].join('\n'),
    text: decoded.get(host)?.text ?? '',
  }));
  const groups = groupOutputs(said, { mask });
  const parts = groups.map(({ hosts: members, exitCode, text }) => {
    const outputs = members.flatMap(({ host }) => decoded.get(host) ?? []);
    const [first] = members;
    const outcome = first?.outcome ?? '';
    const what = exitCode === undefined ? outcome : l10n.t('{0}, exit code {1}', outcome, exitCode);
    const names = members.map(({ name }) => visibleText(name)).join(l10n.t(', '));
    return [
      l10n.t('{0} × {1}: {2}', members.length, what, names),
      '-'.repeat(60),
      ...(first?.note === undefined ? [] : [inBrackets(first.note)]),
      ...outputNotes(outputs).map(inBrackets),
      linesOf(text),
      ...(first?.isOpen === true ? [inBrackets(l10n.t('More can still come.'))] : []),
      ...(outputs.length > 0 && isComplete(outputs) && first?.isOpen !== true
        ? ['', inBrackets(completeNote(outputs))]
        : []),
    ].join('\n');
  });
  const sizes = groups.map(({ ids }) => ids.length);
  return `${[...(hosts.length > 1 ? [headline(sizes)] : []), ...parts].join('\n\n')}\n`;
}

/** "4 said 2 different things (1, 3); the odd ones stand first." */
export function headline(sizes: readonly number[]): string {
  const total = sizes.reduce((sum, size) => sum + size, 0);
  if (sizes.length === 1) return l10n.t('All {0} said the same.', total);
  const shown = sizes.slice(0, 10).map(String);
  const list = [...shown, ...(sizes.length > 10 ? ['…'] : [])].join(l10n.t(', '));
  return l10n.t('{0} said {1} different things ({2}); the odd ones stand first.', total, sizes.length, list);
}

function decode({ output, encoding, isOpen }: HostSaid): DecodedOutput | undefined {
  return output === undefined ? undefined : decodeBytes({ ...output, isFinal: isOpen !== true }, encoding);
}

function inBrackets(note: string): string {
  return l10n.t('({0})', visibleText(note));
}

/** Each line with what nobody sees in it as codes. */
export function linesOf(text: string): string {
  if (text === '') return l10n.t('(no output)');
  return text
    .replace(/\r?\n$/, '')
    .split(/\r?\n/)
    .map((line) => visibleText(line))
    .join('\n');
}
