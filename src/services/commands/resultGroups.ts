import { groupBy } from '../../util/async';
import { stateAndCode, stateLabel } from './hostStates';
import type { HostTexts } from './hostTexts';
import { groupOutputs, type HostOutput } from './outputGroups';
import { isOpenState, type HostResult } from './runResult';

/** Hosts of a run that came to the same and said the same. */
export interface ResultGroup {
  /** The same text as long as it has the same first host. */
  readonly key: string;
  /** "failed, exit code 3" */
  readonly what: string;
  readonly hosts: readonly HostResult[];
  /** What they said, with their own names replaced where that was asked for. */
  readonly text: string;
  /** Why they did not run or did not go on. */
  readonly note: string | undefined;
  /** They have had their last word. */
  readonly isSettled: boolean;
}

interface Saying extends HostOutput {
  readonly host: HostResult;
}

/** Those that have ended by what they said, the odd ones first; then the others by how far they are. */
export function resultGroups(hosts: readonly HostResult[], texts: HostTexts, mask: boolean): ResultGroup[] {
  const ended = hosts.filter(({ state }) => !isOpenState(state)).map((host) => sayingOf(host, texts));
  const said = groupOutputs(ended, { mask, maskedText: ({ host }) => texts.masked(host) });
  const open = groupBy(
    hosts.filter(({ state }) => isOpenState(state)),
    stateLabel,
  );
  return [
    ...said.map(({ hosts: members, text }) =>
      groupOf(
        members.map(({ host }) => host),
        text,
        true,
      ),
    ),
    ...[...open.values()].map((members) => groupOf(members, '', false)),
  ];
}

function sayingOf(host: HostResult, texts: HostTexts): Saying {
  const { target, name, hostnames, addresses, note = '', exitCode } = host;
  const { text } = texts.decoded(host);
  return { host, id: target.id, name, hostnames, addresses, state: `${stateLabel(host)}\n${note}`, exitCode, text };
}

function groupOf(hosts: readonly HostResult[], text: string, isSettled: boolean): ResultGroup {
  // Every group has a first host.
  const first = hosts[0] as HostResult;
  const what = isSettled ? stateAndCode(first) : stateLabel(first);
  return { key: `${what} ${first.key}`, what, hosts, text, note: isSettled ? first.note : undefined, isSettled };
}
