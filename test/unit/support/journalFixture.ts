import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JournalFile } from '../../../src/services/journal/records';
import { sha256 } from '../../../src/util/hash';

const folder = join(__dirname, '..', '..', 'fixtures', 'journal');

/** What version 0.1.0 wrote: every type of line, in two windows, with all that JSON can hold. Never made anew. */
export function writtenBefore(): JournalFile[] {
  return readdirSync(folder)
    .sort()
    .map((name) => ({ name, text: readFileSync(join(folder, name), 'utf8') }));
}

/** A line with its hash computed anew over what stands in it. */
export function sealAgain(record: Readonly<Record<string, unknown>>): string {
  const { hash: _, ...open } = record;
  return JSON.stringify({ ...open, hash: sha256(JSON.stringify(open)) });
}

const otherValues: readonly unknown[] = [null, [null], {}, '', 'x', -1, true, undefined];

/** The value with one part of it, at any depth, replaced by each of the other values or left out. */
export function* mutations(value: unknown): Generator<unknown> {
  yield* otherValues;
  if (typeof value !== 'object' || value === null) return;
  for (const [name, inner] of Object.entries(value)) {
    for (const other of mutations(inner)) {
      // A list or an object is one of its kind again.
      const copy = (Array.isArray(value) ? [...(value as unknown[])] : { ...value }) as Record<string, unknown>;
      copy[name] = other;
      yield copy;
    }
  }
}
