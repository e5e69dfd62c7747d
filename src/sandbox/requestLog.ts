import type { ProviderId } from '../core/account';
import type { Event } from '../util/lifecycle';
import { Emitter } from '../util/lifecycle';
import type { Call } from './call';

/** One request as the sandbox saw it. Keys, tokens and signatures are not in it. */
export interface LoggedRequest {
  readonly time: Date;
  readonly provider: ProviderId;
  readonly style: string;
  readonly method: string;
  readonly action: string;
  readonly region: string;
  readonly params: Readonly<Record<string, string>>;
  /** The HTTP status; undefined while there is no answer, and for good when the connection was broken. */
  readonly status: number | undefined;
  /** The refusal's code. */
  readonly code: string | undefined;
  /** What went wrong inside the sandbox itself; never expected. */
  readonly defect: string | undefined;
}

/** An entry that is still being filled in. */
export type OpenRequest = { -readonly [K in keyof LoggedRequest]: LoggedRequest[K] };

/** Beyond either of these the oldest are forgotten. */
export interface LogLimits {
  readonly requests: number;
  /** Characters of their parameters, together. */
  readonly characters: number;
}

const limits: LogLimits = { requests: 20_000, characters: 16_000_000 };

/** The requests of a sandbox, oldest first. */
export class RequestLog {
  private entries: OpenRequest[] = [];
  private characters = 0;
  private readonly received = new Emitter<LoggedRequest>();
  private readonly answered = new Emitter<LoggedRequest>();
  readonly onDidReceive: Event<LoggedRequest> = this.received.event;
  readonly onDidAnswer: Event<LoggedRequest> = this.answered.event;

  constructor(private readonly most: LogLimits = limits) {}

  /** Only for calls whose signature was found good: nothing of a stranger's request is kept. */
  add(entry: OpenRequest): void {
    this.entries.push(entry);
    this.characters += sizeOf(entry);
    const { requests, characters } = this.most;
    if (this.entries.length > requests || this.characters > characters) this.forgetOldest();
    this.received.fire(entry);
  }

  /** A tenth more than needed, so that this is not done for each request. */
  private forgetOldest(): void {
    const { requests, characters } = this.most;
    let gone = 0;
    while (this.entries.length - gone > requests * 0.9 || this.characters > characters * 0.9) {
      const oldest = this.entries[gone];
      if (oldest === undefined) break;
      this.characters -= sizeOf(oldest);
      gone++;
    }
    this.entries.splice(0, gone);
  }

  /** Tells that nothing more will be filled in. */
  close(entry: OpenRequest): void {
    this.answered.fire(entry);
  }

  list(): readonly LoggedRequest[] {
    return [...this.entries];
  }

  clear(): void {
    this.entries = [];
    this.characters = 0;
  }
}

/** The record of a call that is about to be answered. */
export function openRequest(call: Call, time: Date): OpenRequest {
  const { provider, style, action, region, params, incoming } = call;
  const open = { status: undefined, code: undefined, defect: undefined };
  return { time, provider, style, method: incoming.method, action, region, params, ...open };
}

function sizeOf({ params, action, region }: LoggedRequest): number {
  let size = action.length + region.length;
  for (const name in params) size += name.length + (params[name]?.length ?? 0);
  return size;
}
