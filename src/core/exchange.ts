import type { ProviderId } from './account';
import type { CloudError } from './cloudError';
import type { Effect } from './operation';

/** One call as it happened, kept so that its answer can be opened in a tab. */
export interface Exchange {
  /** Unique in this session; part of the tab's address. */
  readonly id: string;
  /** When the first attempt began. */
  readonly time: Date;
  readonly provider: ProviderId;
  readonly accountId: string;
  readonly accountName: string;
  readonly region: string | undefined;
  readonly action: string;
  readonly version: string;
  readonly effect: Effect;
  /** A dry run: whatever the action is called, nothing was changed. `error` is undefined when it passed. */
  readonly dryRun?: boolean;
  /** The ids it was about, where it names some. */
  readonly ids?: readonly string[];
  /** What it was about, for titles: an id, `3 instances`, or undefined for lists. */
  readonly subject: string | undefined;
  readonly host: string;
  /** Attempts sent, 1 or more; 0 when the call never left. */
  readonly attempts: number;
  readonly durationMs: number;
  /** HTTP status of the last answer; undefined when none came. */
  readonly status: number | undefined;
  readonly requestId: string | undefined;
  /** The last answer, word for word; secrets are removed when it is shown. Undefined when none came. */
  readonly body: string | undefined;
  readonly language: 'json' | 'xml' | 'text';
  readonly error: CloudError | undefined;
}
