import * as l10n from '@vscode/l10n';
import { linesOf } from '../../util/columns';
import { isMixed, runnable, type Plan } from './plan';
import { questionOf, runLabel, type CloudName } from './planText';
import {
  accountLines,
  afterLines,
  consequenceLines,
  notSentLines,
  warningLines,
  type Part,
  type Room,
} from './questionParts';

/** The question before a plan runs: plain text, names exactly as they are. */
export interface Question {
  readonly message: string;
  readonly detail: string;
  readonly run: string;
  /** Something is left out or shortened, which only the plan shows whole. */
  readonly isCut: boolean;
  /** False when not even the accounts have room: then it must not be asked. */
  readonly fits: boolean;
}

/**
 * What a modal of VS Code shows in a window 720 pixels high. Its detail is 372 pixels wide and does not scroll; a
 * column is 7.4 pixels (measured in 1.100, whose lines are 22 pixels high and whose title is large, and in 1.139).
 */
export const lineColumns = 50;
export const linesAtMost = 24;

/** What is given up first stands first: addresses, what stays afterwards, then names of what is left out, then names. */
const rooms: readonly Room[] = [
  { targets: 'addressed', accounts: 'full', place: 600, happens: 400, sentence: 400, warnings: 8, after: 6, left: 6 },
  { targets: 'listed', accounts: 'full', place: 600, happens: 400, sentence: 400, warnings: 8, after: 6, left: 6 },
  { targets: 'named', accounts: 'full', place: 600, happens: 400, sentence: 400, warnings: 8, after: 6, left: 6 },
  { targets: 'named', accounts: 'full', place: 600, happens: 400, sentence: 150, warnings: 5, after: 2, left: 4 },
  { targets: 'named', accounts: 'full', place: 600, happens: 400, sentence: 100, warnings: 4, after: 1, left: 3 },
  { targets: 'named', accounts: 'full', place: 600, happens: 400, sentence: 100, warnings: 4, after: 0, left: 2 },
  { targets: 'named', accounts: 'full', place: 250, happens: 400, sentence: 100, warnings: 4, after: 0, left: 2 },
  { targets: 'named', accounts: 'short', place: 250, happens: 150, sentence: 100, warnings: 4, after: 0, left: 2 },
  { targets: 'named', accounts: 'short', place: 150, happens: 150, sentence: 100, warnings: 5, after: 0, left: 1 },
  { targets: 'named', accounts: 'short', place: 100, happens: 150, sentence: 100, warnings: 5, after: 0, left: 1 },
  { targets: 'named', accounts: 'short', place: 50, happens: 150, sentence: 100, warnings: 5, after: 0, left: 1 },
  { targets: 'named', accounts: 'short', place: 50, happens: 100, sentence: 50, warnings: 6, after: 0, left: 1 },
  { targets: 'counted', accounts: 'short', place: 50, happens: 150, sentence: 100, warnings: 6, after: 0, left: 1 },
  { targets: 'counted', accounts: 'short', place: 50, happens: 100, sentence: 50, warnings: 6, after: 0, left: 1 },
  { targets: 'counted', accounts: 'short', place: 50, happens: 50, sentence: 50, warnings: 3, after: 0, left: 1 },
];

/** The fullest text that has room. */
export function questionFor(plan: Plan, cloudName: CloudName): Question {
  const message = questionOf(plan);
  const run = runLabel(plan);
  let last: { detail: string; isCut: boolean } = { detail: '', isCut: true };
  const count = runnable(plan).length;
  for (const room of rooms) {
    if (room.targets !== 'named' && room.targets !== 'counted' && count > linesAtMost) continue;
    for (const separator of ['\n\n', '\n']) {
      last = laidOut(plan, cloudName, room, separator);
      if (linesOf(last.detail, lineColumns) <= linesAtMost) return { message, run, ...last, fits: true };
    }
  }
  return { message, run, ...last, fits: false };
}

/**
 * Whether text is typed whatever the action is: a click confirms only what was all in sight, and only where nobody
 * can take a real account for the sandbox.
 */
export function mustType(plan: Plan): boolean {
  return isMixed(plan) || questionFor(plan, () => widestName).isCut;
}

/** Whether the accounts are few enough to be named, each, in one question. */
export function canBeAsked(plan: Plan): boolean {
  return questionFor(plan, () => widestName).fits;
}

/** Whatever a cloud is called: what fits beside this fits beside its name. */
const widestName = 'W'.repeat(12);

function laidOut(plan: Plan, cloudName: CloudName, room: Room, separator: string): { detail: string; isCut: boolean } {
  const parts: Part[] = [
    consequenceLines(plan, room),
    warningLines(plan, room),
    accountLines(plan, cloudName, room),
    notSentLines(plan, room),
    afterLines(plan, room),
  ];
  const isCut = parts.some((part) => part.isCut);
  const note = isCut ? [l10n.t('More is in the plan: "Review Plan".')] : [];
  const texts = [...parts.map(({ lines }) => lines.join('\n')), ...note].filter((text) => text !== '');
  return { detail: texts.join(separator), isCut };
}

/** Why nothing can be sent, target by target as far as there is room. */
export function notSentText(plan: Plan): string {
  const texts = [8, 4, 3].map((left) => notSentLines(plan, { left, sentence: left * 50 }, '').lines.join('\n'));
  return texts.find((text) => linesOf(text, lineColumns) <= linesAtMost) ?? texts.at(-1) ?? '';
}
