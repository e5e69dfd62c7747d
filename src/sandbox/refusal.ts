import type { ProviderId } from '../core/account';
import type { Operation } from '../core/operation';
import { gatewayErrors } from './gatewayErrors';

export interface RefusalFacts {
  /** What stands for each `%s` in the documented message, in order. */
  readonly details?: readonly string[];
  /** Stands instead of the documented message; needed where no table knows the code. */
  readonly message?: string;
  /** Used where no table knows the code; 400 otherwise. */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Members of the error answer besides the usual ones. */
  readonly extra?: Readonly<Record<string, unknown>>;
}

/** The cloud says no: thrown by whoever notices, written in the cloud's envelope at the end. */
export class Refusal extends Error {
  constructor(
    readonly code: string,
    readonly facts: RefusalFacts = {},
  ) {
    super(code);
    this.name = 'Refusal';
  }
}

/** A refusal as it goes on the wire. */
export interface WrittenRefusal {
  readonly code: string;
  readonly status: number;
  readonly message: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly extra: Readonly<Record<string, unknown>>;
}

/** Status and message as the catalogue documents them: by the operation first, then by its cloud. */
export function writeRefusal(refusal: Refusal, provider: ProviderId, operation: Operation | undefined): WrittenRefusal {
  const { code, facts } = refusal;
  const documented = operation?.errors[code] ?? gatewayErrors[provider][code];
  const words = facts.message ?? documented?.message ?? code;
  return {
    code,
    status: documented?.status ?? facts.status ?? 400,
    message: (facts.details ?? []).reduce((text, detail) => text.replace('%s', () => detail), words),
    headers: facts.headers ?? {},
    extra: facts.extra ?? {},
  };
}
