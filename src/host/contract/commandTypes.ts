import type { Target } from '../../core/target';
import type { Row } from './arguments';
import type { CommandName } from './contributions';

/**
 * Runs a command. Other extensions and key bindings may pass anything, so every handler reads its arguments with
 * `readArguments` and refuses what it does not take.
 */
export type CommandHandler = (args: readonly unknown[]) => Promise<unknown>;

/** The commands of a room; all rooms together have one for every name. */
export type CommandTable<C extends CommandName = CommandName> = Readonly<Record<C, CommandHandler>>;

/** What menus and our own code pass: the row that was clicked, and all that are selected. */
type RowArguments = readonly [clicked?: Row | Target, selected?: readonly (Row | Target)[]];

type WithoutArguments =
  | 'addAccount'
  | 'chooseHosts'
  | 'clearFilter'
  | 'exportJournal'
  | 'filter'
  | 'filterHosts'
  | 'find'
  | 'groupBy'
  | 'hideEmptyRegions'
  | 'openSettings'
  | 'refreshAll'
  | 'refreshHosts'
  | 'showEmptyRegions'
  | 'showLog'
  | 'stopSandbox'
  | 'trySandbox';

/** What each command is called with. Nothing else can be passed by code of ours. */
export type ArgumentsOf<C extends CommandName> = C extends WithoutArguments
  ? readonly []
  : C extends 'narrowPlan' | 'runPlan' | 'runOnInstances' | 'saveAsCommand' | 'readAgain'
    ? readonly [plan?: { readonly path: string }]
    : RowArguments;
