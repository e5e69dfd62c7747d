import { targetKey, type KindId, type Target } from '../../core/target';
import { readArguments, type Row } from './arguments';

/** What is selected in a view, as VS Code passes it. */
export interface Selection {
  readonly selection: readonly unknown[];
}

/** The views whose selection a key binding can be about. */
export interface SelectableViews {
  /** Resources. */
  readonly treeView: Selection;
  /** Hosts; a command without it is about no selection of that view. */
  readonly hostsView?: Selection;
}

/** The rows a command was called with, or those selected where it was called for the selection; none from the palette. */
export function rowsOf(args: readonly unknown[], { treeView, hostsView }: SelectableViews): readonly Row[] {
  const read = readArguments(args);
  if (read.from === 'palette') return [];
  if (read.from === 'rows') return selectedRows(read.clicked, read.selected);
  const selected = readArguments([(read.of === 'hosts' ? hostsView : treeView)?.selection]);
  return selected.from === 'rows' ? selected.selected : [];
}

/** The one row that a command for a single row is about, whatever else is selected; none from the palette. */
export function clickedOf(args: readonly unknown[], deps: SelectableViews): Row | undefined {
  const read = readArguments(args);
  return read.from === 'rows' && read.clicked !== undefined ? read.clicked : rowsOf(args, deps)[0];
}

/**
 * The rows a command is about: the clicked row alone when it is outside the selection, else the whole selection.
 * What is selected elsewhere never stands in for what was clicked.
 */
export function selectedRows(clicked: Row | undefined, selected: readonly Row[]): readonly Row[] {
  if (clicked === undefined) return selected;
  return selected.some((row) => sameRow(row, clicked)) ? selected : [clicked];
}

/** The targets of a command, or the rows it does not apply to. Never both: nothing is dropped without a word. */
export type ResolvedTargets =
  { readonly ok: true; readonly targets: readonly Target[] } | { readonly ok: false; readonly others: readonly Row[] };

/** Takes the rows as targets if every one of them is a resource of these kinds; each target once. */
export function targetsOf(rows: readonly Row[], kinds: readonly KindId[]): ResolvedTargets {
  const others = withoutNotes(rows).filter((row) => row.type !== 'resource' || !kinds.includes(row.target.kind));
  if (others.length > 0) return { ok: false, others };
  const targets = rows.flatMap((row) => (row.type === 'resource' ? [row.target] : []));
  return { ok: true, targets: [...new Map(targets.map((target) => [targetKey(target), target])).values()] };
}

/**
 * Without rows that only say something of the list, which whoever selects all selects, too. The one that stands for
 * further rows is none of them: these were meant, perhaps.
 */
function withoutNotes(rows: readonly Row[]): readonly Row[] {
  const isNote = (row: Row): boolean => row.type === 'message' || (row.type === 'hosts' && row.about !== 'more');
  return rows.some(({ type }) => type === 'resource') ? rows.filter((row) => !isNote(row)) : rows;
}

/** The same row, whichever object stands for it: two trees never share objects with us. */
function sameRow(a: Row, b: Row): boolean {
  return JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));
}

function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  return Object.entries(value)
    .map(([key, inner]): [string, unknown] => [key, sorted(inner)])
    .sort(([a], [b]) => (a < b ? -1 : 1));
}
