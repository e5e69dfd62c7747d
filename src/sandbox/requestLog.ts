import type { ProviderId } from '../core/account';
import type { Event } from '../util/lifecycle';
import { Emitter } from '../util/lifecycle';
import type { Call, Style } from './call';

/** One request as the sandbox saw it. Keys, tokens and signatures are not in it. */
export interface LoggedRequest {
  readonly time: Date;
  readonly provider: ProviderId;
  readonly style: Style;
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

const longest = 20_000;

/** The requests of a sandbox, oldest first; beyond 20,000 the oldest are forgotten. */
export class RequestLog {
  private entries: OpenRequest[] = [];
  private readonly received = new Emitter<LoggedRequest>();
  private readonly answered = new Emitter<LoggedRequest>();
  readonly onDidReceive: Event<LoggedRequest> = this.received.event;
  readonly onDidAnswer: Event<LoggedRequest> = this.answered.event;

  open(call: Call, time: Date): OpenRequest {
    const { provider, style, action, region, params } = call;
    const { method } = call.incoming;
    const open = { status: undefined, code: undefined, defect: undefined };
    const entry: OpenRequest = { time, provider, style, method, action, region, params, ...open };
    this.entries.push(entry);
    if (this.entries.length > longest) this.entries.splice(0, longest / 10);
    this.received.fire(entry);
    return entry;
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
  }
}
