import * as l10n from '@vscode/l10n';
import type { Item } from '../../core/item';
import type { Kind } from '../../core/kind';
import { formatCount } from '../../util/format';

/** How many rows there are, and in which states that are worth a word. */
export interface Tally {
  readonly count: number;
  /** By their words. */
  readonly states: ReadonlyMap<string, number>;
  /** Nothing is unread, so that both are the last word. */
  readonly isAll: boolean;
}

export interface Tallied {
  readonly kind: Kind;
  readonly items: Iterable<readonly [string, Item]>;
  /** How many there are, with those that are not read. */
  readonly count: number;
  readonly isAll: boolean;
}

/** Counts rows. Good states and those that pass by themselves are not worth a word. */
export function tallyOf({ kind, items, count, isAll }: Tallied, now: Date): Tally {
  const states = new Map<string, number>();
  for (const [, item] of items) {
    const { tone, isTransient, label } = kind.state(item, now);
    if (tone !== 'good' && isTransient !== true) states.set(label(), (states.get(label()) ?? 0) + 1);
  }
  return { count, states, isAll };
}

export function sumOf(tallies: readonly Tally[]): Tally {
  const states = new Map<string, number>();
  for (const tally of tallies) for (const [label, n] of tally.states) states.set(label, (states.get(label) ?? 0) + n);
  return {
    count: tallies.reduce((total, { count }) => total + count, 0),
    states,
    isAll: tallies.every(({ isAll }) => isAll),
  };
}

/** A narrow view has room for two states. */
const statesSaid = 2;

/** "24, 3 disconnected", most frequent states first; `24+` where something is unread. */
export function tallyWords({ count, states, isAll }: Tally, language: string): string {
  const number = (n: number): string => `${formatCount(n, language)}${isAll ? '' : '+'}`;
  const said = [...states].sort(([, a], [, b]) => b - a).slice(0, statesSaid);
  return said.reduce(
    (words, [label, n]) => l10n.t('{0}, {1} {2}', words, number(n), label.toLocaleLowerCase()),
    number(count),
  );
}
