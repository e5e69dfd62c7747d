import type * as z from 'zod/mini';
import type { Operation } from '../core/operation';
import type { Store } from './store';

/** What a handler may know besides its parameters. */
export interface Context {
  readonly store: Store;
  readonly now: Date;
  /** The region the call is about; empty for calls that have none. */
  readonly region: string;
  /** Host and port the caller used. */
  readonly host: string;
  /** Who called, for identity answers. */
  readonly accessKeyId: string;
  /** How long a released instance is still listed, in milliseconds. */
  readonly releaseDelayMs: number;
}

/** One line of the emulator's list: an operation of the catalogue and what it does. */
export interface Handler {
  readonly operation: Operation;
  /** The answer without its envelope. Throws `Refusal`; changes nothing when it does. */
  readonly answer: (params: Record<string, unknown>, context: Context) => Record<string, unknown>;
}

/** Ties behaviour to a declaration, so that the parameters have the declared types. */
export function handle<O extends Operation>(
  operation: O,
  answer: (params: z.output<O['params']>, context: Context) => Record<string, unknown>,
): Handler {
  // The dispatcher passes what this operation's own schema parsed; the type is lost in the list.
  return { operation, answer: (params, context) => answer(params as z.output<O['params']>, context) };
}
