import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { LiveResult, LiveResults } from '../../services/commands/liveResults';
import { formatTime } from '../../util/format';
import { readArguments } from '../contract/arguments';
import type { CommandTable } from '../contract/commandTypes';
import { contextKeys } from '../contract/contributions';
import { UserError } from '../contract/errors';
import { showModal } from '../ui/messages';
import { pickOne } from '../ui/steps';
import type { ResultPanels } from './resultPanels';

export interface RunCommandsDeps {
  readonly live: LiveResults;
  readonly resultPanels: ResultPanels;
  readonly language: string;
}

/** Looking at the runs of this window, and holding, letting go on and stopping them. */
export function runCommands(deps: RunCommandsDeps): CommandTable<'showRunResult' | 'pauseRun' | 'goOnRun' | 'stopRun'> {
  return {
    showRunResult: async (args) => {
      const result = await chosen(args, deps, () => true);
      if (result !== undefined) deps.resultPanels.show(result);
    },
    pauseRun: async (args) => (await chosen(args, deps, isIn('running')))?.control.pause(),
    goOnRun: async (args) => goOn(await chosen(args, deps, isIn('paused'))),
    stopRun: async (args) => (await chosen(args, deps, isIn('running', 'paused')))?.control.stop(),
  };
}

/** Keeps the context key that offers the commands. */
export function tellRunning(live: LiveResults): { dispose(): void } {
  return live.onDidChangeStage(() => {
    const isOne = live.list().some((result) => result.current().stage !== 'ended');
    void vscode.commands.executeCommand('setContext', contextKeys.runGoingOn, isOne);
  });
}

/** Whoever calls a command may be no person: what sends something is asked for. */
async function goOn(result: LiveResult | undefined): Promise<void> {
  if (result === undefined) return;
  const { title, hosts } = result.current();
  const left = hosts.filter(({ state }) => state === 'notYet').length;
  const label = l10n.t('Go On');
  const message = l10n.t('Go on with the run "{0}"?', title);
  const detail = l10n.t('It was not sent to {0} yet.', left);
  if ((await showModal('info', { message, detail }, label)) === label) result.control.goOn();
}

function isIn(...stages: readonly string[]): (result: LiveResult) => boolean {
  return (result) => stages.includes(result.current().stage);
}

async function chosen(
  args: readonly unknown[],
  { live, language }: RunCommandsDeps,
  fits: (result: LiveResult) => boolean,
): Promise<LiveResult | undefined> {
  const given = readArguments(args);
  const row = given.from === 'rows' ? (given.clicked ?? given.selected[0]) : undefined;
  if (row?.type === 'run') {
    const one = live.get(row.run);
    if (one !== undefined && fits(one)) return one;
  }
  const all = live.list().filter(fits);
  if (all.length === 0) throw new UserError(l10n.t('No run of this window is in that state.'));
  if (all.length === 1) return all[0];
  const answer = await pickOne<LiveResult>({
    title: l10n.t('Run'),
    placeholder: l10n.t('Which run?'),
    empty: '',
    load: () =>
      Promise.resolve(
        all.map((value) => {
          const { title, startedAt, scripts } = value.current();
          const description = formatTime(startedAt, language);
          return { label: title, description, detail: scripts.join(' · '), icon: 'terminal', value };
        }),
      ),
  });
  return typeof answer === 'string' ? undefined : answer.value;
}
