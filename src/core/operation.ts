import * as z from 'zod/mini';
import type { ProviderId } from './account';
import type { Reason } from './cloudError';
import type { AnswerSchema, ReadBy } from './tolerant';

/** What a call does to the cloud's state. Retries follow this, never the HTTP method. */
export type Effect = 'read' | 'create' | 'change' | 'run' | 'destroy';

/** What it costs the user when a call was a mistake; decides how much is asked before it. */
export type Danger = 'none' | 'costs' | 'interrupts' | 'runs' | 'destroys';

/** One API of one cloud: the service code and API version that every request names. */
export interface Product {
  readonly provider: ProviderId;
  readonly code: string;
  readonly version: string;
}

/** One documented failure: how it arrives, and what the user can do about it. */
export interface DocumentedError {
  readonly status: number;
  /** The cloud's own message, as it arrives on the wire; `%s` where it varies. */
  readonly message: string;
  readonly reason: Reason;
  readonly advice: () => string;
}

/** One row of a vendor's error table. `message` is the cloud's own text. */
export function documented(status: number, message: string, reason: Reason, advice: () => string): DocumentedError {
  return { status, message, reason, advice };
}

/** The documented failures of an operation or of a whole cloud, by code. */
export type ErrorTable = Readonly<Record<string, DocumentedError>>;

export type ParamsSchema = z.ZodMiniObject;
export type ResponseSchema = AnswerSchema;

/**
 * One operation of one cloud, declared once. The client, the sandbox and the interface derive from it:
 * `params` is strict (checked before sending; the sandbox refuses what it does not name),
 * `response` is tolerant (requires only what is used and keeps everything else).
 */
export interface Operation<P extends ParamsSchema = ParamsSchema, R extends ResponseSchema = ResponseSchema> {
  readonly action: string;
  readonly product: Product;
  readonly effect: Effect;
  readonly danger: Danger;
  readonly params: P;
  readonly response: R;
  /** The permission a policy must grant, for example `ecs:DeregisterManagedInstance`. */
  readonly permission: string;
  readonly errors: ErrorTable;
  /** The vendor's page that the declaration follows. */
  readonly page: string;
}

export type ValueOf<O extends Operation> = ReadBy<O['response']>;

/** An operation as it is declared: its parameters are made when they are first asked for. */
interface Declared<P extends ParamsSchema, R extends ResponseSchema> extends Omit<Operation<P, R>, 'params'> {
  readonly params: () => P;
}

/** Declares an operation. What it costs at start must not grow with what it can be told: most are never called. */
export function defineOperation<P extends ParamsSchema, R extends ResponseSchema>({
  params,
  ...declared
}: Declared<P, R>): Operation<P, R> {
  let schema: P | undefined;
  return {
    ...declared,
    get params() {
      return (schema ??= params());
    },
  };
}

/** Exactly these parameters, made with the first call. */
export function strict<S extends z.core.$ZodLooseShape>(shape: () => S): () => z.ZodMiniObject<S, z.core.$strict> {
  return () => z.strictObject(shape());
}

/** Whether a repeat can carry the same client token, so that the cloud carries it out only once. */
export function takesClientToken(operation: Operation): boolean {
  return 'ClientToken' in operation.params.shape;
}

/** Every operation that the given modules export: declaring one is enough to have it in the catalogue. */
export function operationsIn(...modules: readonly object[]): Operation[] {
  return modules.flatMap((module): unknown[] => Object.values(module)).filter(isOperation);
}

function isOperation(value: unknown): value is Operation {
  return typeof value === 'object' && value !== null && 'action' in value && 'effect' in value && 'params' in value;
}
