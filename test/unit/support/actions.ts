import assert from 'node:assert/strict';
import { removalOf, type Action } from '../../../src/core/action';
import type { Answers, Input } from '../../../src/core/input';
import type { Item } from '../../../src/core/item';
import type { Kind } from '../../../src/core/kind';
import type { Target } from '../../../src/core/target';
import type { Gate } from '../../../src/services/actions/gate';
import type { Plan } from '../../../src/services/actions/plan';
import type { RunReport } from '../../../src/services/actions/report';

/** The action that removes resources of a kind. */
export function removal(kind: Kind): Action {
  return removalOf(kind) ?? assert.fail(`${kind.id} has no such action.`);
}

/** Asks for the removal of targets; what came of it, or undefined where nothing was sent. */
export async function remove(gate: Gate, targets: readonly Target[]): Promise<RunReport | undefined> {
  return (await gate.perform({ action: 'remove', targets })).report;
}

export function planRemoval(gate: Gate, targets: readonly Target[]): Promise<Plan | undefined> {
  return gate.propose({ action: 'remove', targets });
}

/** What a person would be asked about these records, each input answered as told before the next one. */
export function needsOf(
  action: Action,
  items: readonly { readonly id: string; readonly item: Item }[],
  { now, answer = true }: { readonly now: Date; readonly answer?: boolean },
): { readonly input: Input; readonly ids: readonly string[] }[] {
  const subjects = items.map(({ id, item }) => ({ id, name: id, item }));
  let answers: Answers = {};
  const asked: { readonly input: Input; readonly ids: readonly string[] }[] = [];
  for (const input of action.inputs) {
    const ids = input.about(subjects, answers, now);
    if (ids.length === 0) continue;
    asked.push({ input, ids });
    answers = { ...answers, [input.name]: answer };
  }
  return asked;
}
