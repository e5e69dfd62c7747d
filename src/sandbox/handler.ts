import type * as z from 'zod/mini';
import type { Operation } from '../core/operation';
import type { Regions, SandboxRegion } from './regions';

/** What a handler may know besides its parameters. */
export interface CallContext<R extends SandboxRegion = SandboxRegion> {
  readonly regions: Regions<R>;
  readonly now: Date;
  /** The region the call is about; empty for calls that have none. */
  readonly region: string;
  /** Host and port the caller used. */
  readonly host: string;
  /** Who called, for identity answers. */
  readonly accessKeyId: string;
  /** How long a record stays in each state it only passes through, in milliseconds: see `RecordTable.pass`. */
  readonly transitionMs: number;
}

/** One line of the emulator's list: an operation of the catalogue and what it does. */
export interface Handler<R extends SandboxRegion = SandboxRegion> {
  readonly operation: Operation;
  /** The answer without its envelope. Throws `Refusal`; changes nothing when it does. */
  answer(params: Record<string, unknown>, context: CallContext<R>): Record<string, unknown>;
}

/** Ties behaviour to a declaration, so that the parameters have the declared types. */
export function handle<O extends Operation, R extends SandboxRegion>(
  operation: O,
  answer: (params: z.output<O['params']>, context: CallContext<R>) => Record<string, unknown>,
): Handler<R> {
  // The dispatcher passes what this operation's own schema parsed; the type is lost in the list.
  return { operation, answer: (params, context) => answer(params as z.output<O['params']>, context) };
}
