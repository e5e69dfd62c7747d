import type { DocumentedError, Operation } from '../core/operation';
import type { Provider } from '../core/provider';

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
export function writeRefusal(
  { code, facts }: Refusal,
  provider: Pick<Provider, 'errors'>,
  operation: Operation | undefined,
): WrittenRefusal {
  const documented: DocumentedError | undefined = operation?.errors[code] ?? provider.errors[code];
  const words = facts.message ?? documented?.message ?? code;
  return {
    code,
    status: documented?.status ?? facts.status ?? 400,
    message: (facts.details ?? []).reduce((text, detail) => text.replace('%s', () => detail), words),
    headers: facts.headers ?? {},
    extra: facts.extra ?? {},
  };
}
