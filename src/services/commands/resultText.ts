import * as l10n from '@vscode/l10n';
import { oneLine } from '../../util/plainText';
import { stateAndCode, stateLabel } from './hostStates';
import type { HostTexts } from './hostTexts';
import { readableMarks } from './outputGroups';
import { completeNote, isComplete, outputNotes } from './outputNotes';
import { linesOf, outputText, type HostSaid } from './outputText';
import { isOpenState, type HostResult } from './runResult';

/** What these hosts said, as one document: who said the same stands together. */
export function hostsText(hosts: readonly HostResult[], texts: HostTexts, mask: boolean): string {
  return outputText(
    hosts.map((host) => saidOf(host, texts)),
    { mask },
  );
}

function saidOf(host: HostResult, texts: HostTexts): HostSaid {
  const { target, name, hostnames, addresses, exitCode, note, output, state } = host;
  return {
    id: target.id,
    name,
    hostnames,
    addresses,
    outcome: stateLabel(host),
    exitCode,
    note,
    output,
    encoding: texts.encodingOf(host),
    isOpen: isOpenState(state),
  };
}

/** What one host said, to be compared line by line with another: nothing else differs but what was said. */
export function comparableText(host: HostResult, texts: HostTexts, mask: boolean): string {
  const decoded = texts.decoded(host);
  const text = mask ? readableMarks(texts.masked(host)) : decoded.text;
  const notes = host.output === undefined ? [] : outputNotes([decoded]);
  return [stateAndCode(host), ...notes, '', linesOf(text), ''].join('\n');
}

/** All hosts of a run one after the other by name, to be compared with another run. */
export function comparableRun(hosts: readonly HostResult[], texts: HostTexts): string {
  const sorted = hosts.toSorted((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : a.key < b.key ? -1 : 1));
  return sorted
    .map((host) => [oneLine(host.name), '-'.repeat(60), comparableText(host, texts, false)].join('\n'))
    .join('\n');
}

/** Where a host's output ends, and whether all of it is there. */
export function notesOf(host: HostResult, texts: HostTexts): string[] {
  if (host.output === undefined) return [];
  const outputs = [texts.decoded(host)];
  const open = isOpenState(host.state) ? [l10n.t('More can still come.')] : [];
  return [...outputNotes(outputs), ...(isComplete(outputs) && open.length === 0 ? [completeNote(outputs)] : open)];
}
