import * as z from 'zod/mini';
import type { Tone } from './panelProtocol';

/**
 * What the result view of a run and the extension say to each other. The view is shown what it draws and knows nothing
 * else: no output but the part that is in sight.
 */

/** How a person looks at a result. */
export interface ResultLook {
  /** Only hosts in these states, by their words; all when empty. */
  readonly states: readonly string[];
  /** Only hosts whose name, id, address or output has this text. */
  readonly text: string;
  /** Only the hosts of this group. */
  readonly group?: string | undefined;
  /** Whether each host's own id, name and addresses are taken for the same. */
  readonly mask: boolean;
  /** How many groups and hosts are drawn at most. */
  readonly groups: number;
  readonly hosts: number;
}

export const firstLook: ResultLook = { states: [], text: '', mask: true, groups: 20, hosts: 50 };

/** What is done to the hosts of a group, or to hosts that are chosen. */
const doings = ['mark', 'open', 'compare', 'decode'] as const;
export type ResultDoing = (typeof doings)[number];

const runDoings = ['pause', 'goOn', 'stop', 'runAgain', 'copyAs', 'openAll', 'compareRuns'] as const;
export type RunDoing = (typeof runDoings)[number];

/** What the view asks for. Each is answered once. */
export type ResultRequest =
  | { readonly name: 'look'; readonly look: ResultLook }
  | { readonly name: 'run'; readonly do: RunDoing }
  | { readonly name: 'group'; readonly do: ResultDoing; readonly group: string }
  | { readonly name: 'hosts'; readonly do: ResultDoing; readonly hosts: readonly string[] };

export type ResultToHost =
  { readonly type: 'ready' } | { readonly type: 'request'; readonly id: number; readonly request: ResultRequest };

export type ResultToPage =
  | { readonly type: 'show'; readonly view: ResultView }
  | { readonly type: 'answer'; readonly id: number; readonly ok: true }
  | { readonly type: 'answer'; readonly id: number; readonly ok: false; readonly error: string };

const short = z.string().check(z.maxLength(2_000));
const count = z.int().check(z.gte(1), z.lte(100_000));
const look = z.strictObject({
  states: z.array(short).check(z.maxLength(100)),
  text: short,
  group: z.optional(short),
  mask: z.boolean(),
  groups: count,
  hosts: count,
});
const request = z.discriminatedUnion('name', [
  z.strictObject({ name: z.literal('look'), look }),
  z.strictObject({ name: z.literal('run'), do: z.enum(runDoings) }),
  z.strictObject({ name: z.literal('group'), do: z.enum(doings), group: short }),
  z.strictObject({ name: z.literal('hosts'), do: z.enum(doings), hosts: z.array(short).check(z.maxLength(100_000)) }),
]);
const toHost = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('ready') }),
  z.strictObject({ type: z.literal('request'), id: z.int().check(z.nonnegative()), request }),
]);

/** The message if it is one of ours; undefined for anything else. */
export function parseResultToHost(message: unknown): ResultToHost | undefined {
  const parsed = toHost.safeParse(message);
  return parsed.success ? parsed.data : undefined;
}

interface Looks {
  readonly icon: string;
  readonly tone: Tone;
}

/** Everything the view shows, in the user's language. */
export interface ResultView {
  /** Kept by VS Code across reloads. */
  readonly id: string;
  readonly title: string;
  readonly facts: readonly string[];
  readonly status: Looks & { readonly text: string; readonly isBusy: boolean };
  /** What to know besides: the numbers after a stop, why it stopped. */
  readonly notices: readonly (Looks & { readonly text: string })[];
  /** One sentence for screen readers, whenever it changes. */
  readonly spoken: string;
  readonly counts: readonly ResultCount[];
  readonly buttons: readonly ResultButton[];
  readonly look: ResultLook;
  /** "11 hosts said this, 1 said that" */
  readonly headline: string;
  readonly groups: readonly GroupView[];
  readonly allGroups: number;
  readonly hosts: readonly HostRow[];
  readonly allHosts: number;
  readonly words: ResultWords;
}

export interface ResultCount extends Looks {
  readonly label: string;
  readonly count: number;
  /** The hosts in this state are looked for. */
  readonly isChosen: boolean;
}

export interface ResultButton {
  readonly do: RunDoing;
  readonly label: string;
  readonly icon: string;
  /** Why it cannot be pressed now. */
  readonly disabled?: string | undefined;
}

export interface GroupView extends Looks {
  readonly key: string;
  readonly title: string;
  /** The first of its hosts, by name. */
  readonly names: readonly { readonly key: string; readonly name: string }[];
  readonly moreNames: string;
  readonly notes: readonly string[];
  /** What cannot be read in its encoding. */
  readonly isUnreadable: boolean;
  /** The beginning of what they said. */
  readonly text: string;
  /** Words for "nothing", or for what is left out. */
  readonly textNote: string;
  readonly isSettled: boolean;
  readonly canCompare: boolean;
  readonly isChosen: boolean;
}

export interface HostRow extends Looks {
  readonly key: string;
  readonly name: string;
  readonly place: string;
  readonly state: string;
  readonly exitCode: string;
  readonly duration: string;
  readonly firstLine: string;
  readonly note: string;
}

/** Words the view needs by itself. */
export interface ResultWords {
  readonly filter: string;
  readonly states: string;
  readonly all: string;
  readonly mask: string;
  readonly groups: string;
  readonly hosts: string;
  readonly host: string;
  readonly state: string;
  readonly exitCode: string;
  readonly duration: string;
  readonly firstLine: string;
  readonly mark: string;
  readonly open: string;
  readonly compare: string;
  readonly compareHosts: string;
  readonly decode: string;
  readonly onlyThese: string;
  readonly moreGroups: string;
  readonly moreHosts: string;
  /** "Choose {0}", for screen readers. */
  readonly choose: string;
  /** "Chosen: {0}" */
  readonly chosen: string;
  readonly noMatch: string;
  readonly timedOut: string;
}
