import * as z from 'zod/mini';

const milliseconds = z.optional(z.number().check(z.minimum(0)));

/**
 * How a made-up host behaves when it is sent a command.
 * - `silent`: it takes the command and is never heard of again. `unreachable`: the command never gets there.
 * - `delayMs`: it begins late. `recordAfterMs`: its record is in no answer before that.
 * - `gbk`: its output is in the code page of a Chinese Windows and not UTF-8.
 * - `output` (Base64) and `exitCode` stand for what the script itself would give.
 */
export const hostBehaviourSchema = z.strictObject({
  silent: z.optional(z.boolean()),
  unreachable: z.optional(z.boolean()),
  delayMs: milliseconds,
  recordAfterMs: milliseconds,
  gbk: z.optional(z.boolean()),
  output: z.optional(z.string()),
  exitCode: z.optional(z.int()),
});

export type HostBehaviour = z.output<typeof hostBehaviourSchema>;

/** A command that reached the sandbox, as whoever looks from outside sees it. */
export interface ReceivedRun {
  readonly id: string;
  readonly script: string;
  readonly hosts: readonly string[];
}
