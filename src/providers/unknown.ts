import * as l10n from '@vscode/l10n';
import type { Finding } from '../core/action';
import type { Item } from '../core/item';
import type { Field } from '../core/kind';
import { isUnreadable, rawAt } from '../core/unreadable';
import { readPath } from './fields';

/** What of a record decides whether and how it can be deleted, by wire name, dotted for nested fields. */
export interface Decisive {
  /** The cloud always says these: without them nobody knows. */
  readonly said?: readonly string[];
  /** May well be absent; what is sent must be readable. */
  readonly readable: readonly string[];
}

/** What is not known of a record, so that nothing is concluded from its absence. */
export function unknownFindings(item: Item, fields: readonly Field[], decisive: Decisive): Finding[] {
  const unknown = unknownNames(item, decisive);
  if (unknown.length === 0) return [];
  const labels = unknown.map((name) => fields.find((field) => field.name === name)?.label() ?? name);
  const text = l10n.t(
    'Not known, because the cloud did not say or sent something unreadable: {0}. The cloud may refuse, and more or less may follow than is said here.',
    labels.join(', '),
  );
  return [{ level: 'warning', code: 'unknownFields', text }];
}

function unknownNames(item: Item, { said = [], readable }: Decisive): string[] {
  const isBad = (name: string): boolean => isUnreadable(item, ...name.split('.'));
  const isMissing = (name: string): boolean => [undefined, ''].some((none) => readPath(item, name.split('.')) === none);
  return [...said.filter((name) => isBad(name) || isMissing(name)), ...readable.filter(isBad)];
}

/** What was sent where it could not be read, so that a change of it is a change of the record. */
export function unreadableParts(item: Item, names: readonly string[]): Readonly<Record<string, string>> {
  const unreadable = names.filter((name) => isUnreadable(item, ...name.split('.')));
  if (unreadable.length === 0) return {};
  return Object.fromEntries(unreadable.map((name) => [name, JSON.stringify(sentFor(item, name)) ?? '']));
}

/** Where an object around the field is what cannot be read, that object. */
function sentFor(item: Item, name: string): unknown {
  const path = name.split('.');
  return rawAt(item, path) ?? rawAt(item, path.slice(0, 1));
}
