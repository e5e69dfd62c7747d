import * as l10n from '@vscode/l10n';
import * as z from 'zod/mini';
import { providerIds } from '../../core/account';
import { kindIds } from '../../core/target';
import { ArgumentError } from './errors';
import { areOwn } from './ownRows';

/**
 * What a command was called with. Rows of our trees, targets and lists of them are taken; anything else that a key
 * binding or another extension passes is refused before anything is sent.
 */
export type CommandArguments =
  /** From the palette: nothing was given. */
  | { readonly from: 'palette' }
  /** A key binding with `"args": "selection"`: the rows selected in the Resources view, or with `"selection:hosts"` in Hosts. */
  | { readonly from: 'selection'; readonly of?: 'hosts' }
  | {
      readonly from: 'rows';
      readonly clicked: Row | undefined;
      readonly selected: readonly Row[];
      /** All of them are rows of our own trees, not values that somebody made up. */
      readonly ours: boolean;
    };

const text = z.string().check(z.minLength(1), z.maxLength(512));
const provider = z.enum(providerIds);
const kind = z.enum(kindIds);
const place = z.object({ provider, accountId: text, region: text });
const target = z.object({ provider, accountId: text, region: text, kind, id: text });

const account = z.object({ type: z.literal('account'), accountId: text });
const kindRow = z.object({ type: z.literal('kind'), place, kind });

const group = z.object({
  type: z.literal('group'),
  place,
  kind,
  by: text,
  key: z.string().check(z.maxLength(512)),
  label: z.string(),
});

/** The rows of both trees, as far as commands use them; values are copied, so nothing can change after the check. */
const row = z.discriminatedUnion('type', [
  z.object({ type: z.literal('resource'), target }),
  account,
  z.object({ type: z.literal('region'), place }),
  kindRow,
  group,
  z.object({ type: z.literal('more'), place, kind, group: z.optional(group) }),
  z.object({ type: z.literal('message'), parent: z.optional(z.discriminatedUnion('type', [account, kindRow])) }),
  z.object({ type: z.literal('response'), exchangeId: text, record: z.optional(text) }),
  z.object({ type: z.literal('run'), run: text }),
  z.object({ type: z.literal('runTarget'), run: text, accountId: text, region: text, kind, id: text }),
  z.object({
    type: z.literal('hosts'),
    about: z.enum(['filter', 'only', 'scope', 'twins', 'reading', 'unread', 'further', 'noMatch', 'empty', 'more']),
  }),
  z.object({ type: z.literal('older'), of: z.enum(['timeline', 'reads', 'problems']) }),
]);
export type Row = z.output<typeof row>;

/** Reads a command's arguments. Throws `ArgumentError` when they are not what a command takes. */
export function readArguments(args: readonly unknown[]): CommandArguments {
  try {
    return read(args);
  } catch (error) {
    // Looking at a value may run its own code: whatever that throws, the value was none of ours.
    throw error instanceof ArgumentError ? error : notTaken();
  }
}

function read([first, second]: readonly unknown[]): CommandArguments {
  if (isAbsent(first) && isAbsent(second)) return { from: 'palette' };
  if (first === 'selection' && isAbsent(second)) return { from: 'selection' };
  if (first === 'selection:hosts' && isAbsent(second)) return { from: 'selection', of: 'hosts' };
  if (Array.isArray(first))
    return { from: 'rows', clicked: undefined, selected: readRows(first), ours: areOwn(Array.from<unknown>(first)) };
  const selected = isAbsent(second) ? [] : Array.isArray(second) ? readRows(second) : [readRow(second)];
  const given = [...(isAbsent(first) ? [] : [first]), ...(isAbsent(second) ? [] : [second].flat())];
  return { from: 'rows', clicked: isAbsent(first) ? undefined : readRow(first), selected, ours: areOwn(given) };
}

/** VS Code passes null for "no row", and an empty list for "no selection". */
function isAbsent(value: unknown): boolean {
  return value === undefined || value === null || (Array.isArray(value) && value.length === 0);
}

/** Not `rows.map`: it skips holes, and a list may bring a `map` of its own. */
function readRows(rows: readonly unknown[]): Row[] {
  return Array.from(rows, readRow);
}

function readRow(value: unknown): Row {
  const asTarget = target.safeParse(value);
  if (asTarget.success) return { type: 'resource', target: asTarget.data };
  const asRow = row.safeParse(value);
  if (asRow.success) return asRow.data;
  throw notTaken();
}

function notTaken(): ArgumentError {
  return new ArgumentError(
    l10n.t(
      'The command was called with something that is not a resource of the Cloud Assistant views. Nothing was sent.',
    ),
  );
}
