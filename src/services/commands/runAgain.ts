import * as l10n from '@vscode/l10n';
import type { HostResult, HostState, RunResult } from './runResult';

/** Hosts that something may be run on again, by what became of them the first time. */
export interface AgainChoice {
  readonly id: 'failed' | 'stopped' | 'silent' | 'unknown' | 'refused' | 'notSent';
  readonly label: string;
  /** What to know before it is chosen. */
  readonly detail: string;
  readonly hosts: readonly HostResult[];
  /** Chosen unless the person says otherwise: nothing speaks against it. */
  readonly isUsual: boolean;
}

const states: Readonly<Record<AgainChoice['id'], readonly HostState[]>> = {
  failed: ['failed', 'timedOut', 'notDelivered', 'stillThere'],
  stopped: ['stopped', 'stoppedBefore'],
  silent: ['silent', 'accepted'],
  unknown: ['unknown'],
  refused: ['refused'],
  notSent: ['notSent', 'changed', 'notYet'],
};

/** What a run that has ended can be tried again on, each part to be chosen by itself; empty parts are left out. */
export function againChoices({ hosts, stage }: Pick<RunResult, 'hosts' | 'stage'>): AgainChoice[] {
  if (stage !== 'ended') return [];
  // The keys of a constant object are exactly its type's keys.
  return (Object.keys(states) as AgainChoice['id'][]).flatMap((id) => {
    const members = hosts.filter(({ state }) => states[id].includes(state));
    return members.length === 0 ? [] : [{ id, ...words(id), hosts: members, isUsual: id === 'failed' }];
  });
}

function words(id: AgainChoice['id']): Pick<AgainChoice, 'label' | 'detail'> {
  const may = l10n.t('It may still be running there: look before you run it a second time.');
  switch (id) {
    case 'failed':
      return { label: l10n.t('Failed'), detail: l10n.t('Exit code other than 0, timed out, or not delivered') };
    case 'stopped':
      return { label: l10n.t('Stopped'), detail: l10n.t('Stopped before it began or while it ran') };
    case 'silent':
      return { label: l10n.t('No answer'), detail: may };
    case 'unknown':
      return { label: l10n.t('Unknown'), detail: may };
    case 'refused':
      return { label: l10n.t('Refused'), detail: l10n.t('The cloud may refuse it again') };
    case 'notSent':
      return { label: l10n.t('Not sent'), detail: l10n.t('It never went out to these') };
    default: {
      const never: never = id;
      return never;
    }
  }
}
