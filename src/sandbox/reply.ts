import type { Call, Format } from './call';

/** An HTTP answer before it is written. */
export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What every envelope names. */
export interface EnvelopeFacts {
  readonly call: Call;
  readonly requestId: string;
  readonly host: string;
  readonly format: Format;
}
