import * as z from 'zod/mini';
import { providerIds } from '../../core/account';
import { kindIds } from '../../core/target';
import { outcomes } from './outcome';
import type { JournalRecord } from './records';

/**
 * Whether a line is a record that can be read: every field that is used has its type. The hash does not stand for it,
 * for whoever can write a file can compute one, and a newer version may write what this one does not know.
 */
export function isJournalRecord(value: unknown): value is JournalRecord {
  return recordSchema.safeParse(value).success;
}

const text = z.string();
const optionalText = z.optional(text);
const anything = z.record(text, z.unknown());
const time = text.check(z.refine((written) => !Number.isNaN(Date.parse(written))));

/** Those of this version and of every one before. */
const knownOutcomes: ReadonlySet<string> = new Set([...outcomes, 'deleted', 'alreadyGone']);
const outcome = z.object({
  id: text,
  outcome: text.check(z.refine((written) => knownOutcomes.has(written))),
  code: optionalText,
  message: optionalText,
  advice: optionalText,
  note: optionalText,
});

const kind = z.enum(kindIds);
const account = z.object({
  id: text,
  name: text,
  identity: optionalText,
  caller: optionalText,
  keyMark: optionalText,
  reach: z.optional(z.record(text, text)),
});
const group = z.object({
  provider: z.enum(providerIds),
  account,
  region: text,
  does: optionalText,
  answers: z.optional(anything),
  action: text,
  kind,
  targets: z.array(z.object({ id: text, name: text, left: z.optional(z.boolean()) })),
});
const sealed = { seq: z.number(), time, prev: text, hash: text };

const recordSchema = z.discriminatedUnion('type', [
  z.object({ ...sealed, type: z.literal('opened'), heads: z.record(text, text) }),
  z.object({
    ...sealed,
    type: z.literal('run'),
    run: text,
    plan: text,
    count: z.number(),
    title: text,
    groups: z.optional(z.array(group)),
    retryOf: optionalText,
  }),
  z.object({
    ...sealed,
    type: z.literal('before'),
    run: text,
    call: text,
    provider: z.enum(providerIds),
    account,
    region: text,
    does: optionalText,
    answers: z.optional(anything),
    action: text,
    params: anything,
    clientToken: optionalText,
    targets: z.array(z.object({ kind, id: text, name: text, resource: z.optional(anything) })),
  }),
  z.object({
    ...sealed,
    type: z.literal('after'),
    run: text,
    call: text,
    outcomes: z.array(outcome),
    requestId: optionalText,
    attempts: z.number(),
  }),
  z.object({ ...sealed, type: z.literal('followed'), run: text, call: text, handle: text }),
  z.object({ ...sealed, type: z.literal('checked'), run: text, call: text, outcomes: z.array(outcome) }),
  z.object({
    ...sealed,
    type: z.literal('ended'),
    run: text,
    cancelled: z.boolean(),
    unsent: z.array(z.extend(outcome, { kind, region: text, accountId: text, mayRetry: z.optional(z.boolean()) })),
  }),
]);
