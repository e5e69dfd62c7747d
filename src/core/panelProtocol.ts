import * as z from 'zod/mini';

/**
 * What the details view and the extension say to each other. The view knows nothing but what it is shown: texts come
 * ready and in the user's language, values of a cloud as plain text.
 */

/** What the view asks for. Each is answered once. */
export type PanelRequest =
  | { readonly name: 'refresh' }
  /** Starts what the menu starts: plan, confirmation, run. The answer only says that it was started. */
  | { readonly name: 'act'; readonly action: string }
  | { readonly name: 'openResponse' }
  | { readonly name: 'copy'; readonly text: string };

/** From the view to the extension. */
export type ToHost =
  | { readonly type: 'ready' }
  /** `key` is that of the view whose button was pressed. */
  | { readonly type: 'request'; readonly id: number; readonly key: string; readonly request: PanelRequest };

/** From the extension to the view. */
export type ToPanel =
  | { readonly type: 'show'; readonly view: DetailsView }
  | { readonly type: 'answer'; readonly id: number; readonly ok: true }
  | { readonly type: 'answer'; readonly id: number; readonly ok: false; readonly error: string };

const request = z.discriminatedUnion('name', [
  z.strictObject({ name: z.literal('refresh') }),
  z.strictObject({ name: z.literal('act'), action: z.string().check(z.maxLength(100)) }),
  z.strictObject({ name: z.literal('openResponse') }),
  z.strictObject({ name: z.literal('copy'), text: z.string().check(z.maxLength(100_000)) }),
]);

const toHost = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('ready') }),
  z.strictObject({ type: z.literal('request'), id: z.int().check(z.nonnegative()), key: z.string(), request }),
]);

/** The message if it is one of ours; undefined for anything else. */
export function parseToHost(message: unknown): ToHost | undefined {
  const parsed = toHost.safeParse(message);
  return parsed.success ? parsed.data : undefined;
}

/** Everything the view shows. */
export interface DetailsView {
  /** Kept by VS Code across reloads; a `targetKey`. */
  readonly key: string;
  readonly title: string;
  /** Kind, account, region: where the resource is. */
  readonly place: readonly string[];
  readonly status: DetailsStatus;
  /** When and what was read; undefined while nothing was. */
  readonly age?: { readonly text: string; readonly hover: string } | undefined;
  readonly buttons: readonly DetailsButton[];
  readonly sections: readonly DetailsSection[];
  readonly words: DetailsWords;
}

export type Tone = 'good' | 'muted' | 'warning' | 'bad';

export interface DetailsStatus {
  /** The state of the resource in words; undefined while it is not known. */
  readonly state?: { readonly label: string; readonly icon: string; readonly tone: Tone } | undefined;
  /** Something to know before anything else: gone, being deleted, could not be read. */
  readonly notice?: { readonly text: string; readonly icon: string; readonly tone: Tone } | undefined;
  /** Something is on its way. */
  readonly busy: boolean;
}

export interface DetailsButton {
  readonly request: 'refresh' | 'openResponse' | 'copyId' | 'act';
  readonly label: string;
  readonly icon?: string | undefined;
  /** What `act` does. */
  readonly action?: string | undefined;
  /** Stands apart from the others. */
  readonly isDestructive?: boolean | undefined;
  /** What is copied by `copyId`. */
  readonly text?: string | undefined;
  /** Why it cannot be pressed now; undefined when it can. */
  readonly disabled?: string | undefined;
}

export interface DetailsSection {
  readonly heading: string;
  readonly fields: readonly DetailsField[];
}

export interface DetailsField {
  /** The wire name. */
  readonly name: string;
  readonly label: string;
  readonly value:
    | { readonly type: 'text'; readonly text: string; readonly raw?: string }
    | { readonly type: 'list'; readonly items: readonly string[] }
    | { readonly type: 'tags'; readonly tags: readonly { readonly key: string; readonly value: string }[] }
    | { readonly type: 'missing'; readonly text: string };
  /** What its copy button copies; undefined where there is nothing. */
  readonly copy?: string | undefined;
}

/** Words the view needs by itself. */
export interface DetailsWords {
  /** "Copy {0}", for screen readers; `{0}` is the field. */
  readonly copyField: string;
  readonly copied: string;
  readonly timedOut: string;
  /** "As sent by the cloud: {0}" */
  readonly raw: string;
  /** What stands behind a value that is missing. */
  readonly missing: string;
  /** What the filter box is for. */
  readonly filter: string;
  /** "Show empty values ({0})"; `{0}` is how many. */
  readonly showEmpty: string;
  /** "Show all ({0})" of a long value; `{0}` is how many entries or characters. */
  readonly showAll: string;
  readonly showLess: string;
  readonly noMatch: string;
  /** "Fields shown: {0}", for screen readers. */
  readonly matches: string;
}
