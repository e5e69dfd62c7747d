import * as l10n from '@vscode/l10n';
import { columnsOf, fitted, shortened } from '../../util/columns';
import { nameAndId } from '../../util/plainText';
import { visibleText } from '../../util/visible';
import { levelWords } from '../accounts/levelText';
import { isMixed, runnableOf, type Plan, type PlanGroup, type PlanTarget } from './plan';
import {
  accountOf,
  addressOf,
  type CloudName,
  consequencesOf,
  optionsOf,
  otherOwnerOf,
  ownerOf,
  regionOf,
  sendingGroups,
  whyNotSent,
} from './planText';
import { rolloutLines } from './rollout';

/** How much room each part is given. */
export interface Room {
  /**
   * Each target on a line of its own, with or without its address, by name on the line of its place, or by number on
   * the line of its account.
   */
  readonly targets: 'addressed' | 'listed' | 'named' | 'counted';
  /** On two lines with all that tells accounts apart, or on one. */
  readonly accounts: 'full' | 'short';
  /** How wide a place with its names may be. */
  readonly place: number;
  /** How wide a sentence about what happens may be. */
  readonly happens: number;
  /** How wide any other sentence may be. */
  readonly sentence: number;
  readonly warnings: number;
  readonly after: number;
  readonly left: number;
}

/** Lines of one part of the question, and whether something of it is only in the plan. */
export interface Part {
  readonly lines: readonly string[];
  readonly isCut: boolean;
}

const bullet = '• ';
const nameWidth = 40;

/** What happens, and what was chosen for it. */
export function consequenceLines(plan: Plan, { happens }: Room): Part {
  const chosen = new Set(sendingGroups(plan).flatMap(optionsOf));
  const options = chosen.size === 0 ? [] : [l10n.t('With: {0}', [...chosen].join(l10n.t(', ')))];
  return cutLines([...consequencesOf(plan), ...options, ...rolloutLines(plan)], happens);
}

/** What a person should know, of real accounts first. Warnings of the same kind make one line where many are. */
export function warningLines(plan: Plan, room: Room): Part {
  const groups = byRisk(plan);
  const said = groups.flatMap((group) =>
    runnableOf(group).flatMap((target) =>
      // What would be refused and is sent all the same was asked about and answered.
      target.findings.filter(({ level }) => level === 'warning').map(({ code, text }) => ({ code, text, target })),
    ),
  );
  const mixed = isMixed(plan) ? [l10n.t('Real accounts and the sandbox are mixed.')] : [];
  const policies = groups.flatMap(({ confirmReason }) => confirmReason ?? []);
  const owners = groups.flatMap((group) => otherOwnerOf(group) ?? []);
  const all = groups.reduce((sum, group) => sum + runnableOf(group).length, 0);
  return section(
    l10n.t('Warnings:'),
    grouped([...aboutAll(mixed), ...aboutAll(owners), ...said, ...aboutAll(policies)], room.warnings),
    {
      all,
      max: room.warnings,
      sentence: room.sentence,
    },
  );
}

/** What stays or costs afterwards. */
export function afterLines(plan: Plan, room: Room): Part {
  const targets = byRisk(plan).flatMap(runnableOf);
  const said = targets.flatMap((target) => target.leftBehind.map((text) => ({ code: text, text, target })));
  if (room.after === 0) return { lines: [], isCut: said.length > 0 };
  return section(l10n.t('Afterwards:'), grouped(said, room.after), {
    all: targets.length,
    max: room.after,
    sentence: room.sentence,
  });
}

/** What is left out and why; always by name where there is room. */
export function notSentLines(plan: Plan, room: Pick<Room, 'left' | 'sentence'>, heading = l10n.t('Not sent:')): Part {
  const said = plan.groups.flatMap((group) =>
    group.targets.flatMap((target) => {
      const text = whyNotSent(group, target);
      return text === undefined ? [] : [{ code: text, text, target }];
    }),
  );
  if (room.left === 1 && said.length > 1) return { lines: [l10n.t('Not sent: {0}', said.length)], isCut: true };
  return section(heading, grouped(said, room.left), { all: Infinity, max: room.left, sentence: room.sentence });
}

/** Every account and the owner of its keys, production first and the sandbox last, with its places and targets. */
export function accountLines(plan: Plan, cloudName: CloudName, room: Room): Part {
  const parts = accountsOf(plan).map((groups) => accountPart(groups, cloudName, room));
  return { lines: parts.flatMap(({ lines }) => lines), isCut: parts.some(({ isCut }) => isCut) };
}

function accountPart(groups: readonly PlanGroup[], cloudName: CloudName, room: Room): Part {
  const [group] = groups;
  if (group === undefined) return { lines: [], isCut: false };
  const count = groups.reduce((sum, each) => sum + runnableOf(each).length, 0);
  if (room.targets === 'counted') return { lines: [shortAccount(group, count)], isCut: true };
  const head =
    room.accounts === 'full'
      ? cutLines(
          [l10n.t('Account: {0}', accountOf(group, cloudName)), l10n.t('Credential owner: {0}', ownerOf(group))],
          150,
          fitted,
        )
      : { lines: [shortAccount(group)], isCut: true };
  const places = groups.map((each) =>
    room.targets === 'named' ? namedPlace(each, room.place) : listedPlace(each, room.targets === 'addressed'),
  );
  return {
    lines: [...head.lines, ...places.flatMap(({ lines }) => lines)],
    isCut: head.isCut || places.some(({ isCut }) => isCut),
  };
}

/** On one line: the name gets what the mark and the owner leave. */
function shortAccount(group: PlanGroup, count?: number): string {
  const { account, identity } = group;
  const mark =
    account.sandbox === true
      ? [l10n.t('sandbox')]
      : account.level === 'production'
        ? [levelWords('production').label]
        : [];
  const owner = fitted(identity === undefined ? ownerOf(group) : identity.accountId || identity.caller, 17);
  const rest = [...mark, owner].join(' · ') + (count === undefined ? '' : ` (${count})`);
  return `${fitted(account.name, Math.max(12, 46 - columnsOf(rest)))} · ${rest}`;
}

function listedPlace(group: PlanGroup, withAddress: boolean): Part {
  const lines = runnableOf(group).map((target) => {
    const address = withAddress ? addressOf(group, target) : undefined;
    const facts = [...(address === undefined ? [] : [address]), target.stateLabel].join(l10n.t(', '));
    return `${bullet}${nameAndId(target.name, target.target.id)} – ${facts}`;
  });
  const { lines: shown, isCut } = cutLines(lines, 150, fitted);
  return { lines: [placeOf(group), ...shown], isCut };
}

/** One line: region, kind and as many names as have room, those that there is a warning about first. */
function namedPlace(group: PlanGroup, width: number): Part {
  const targets = runnableOf(group);
  const where = width > 50 ? l10n.t('{0}, {1}', regionOf(group), group.kind.many()) : group.place.region;
  const [only] = targets;
  if (targets.length === 1 && only !== undefined)
    return cutLines([l10n.t('{0}: {1}', where, only.name)], width, fitted);
  const place = l10n.t('{0}: {1}', where, targets.length);
  const more = columnsOf(l10n.t('{0} and {1} more', '', targets.length));
  const names: string[] = [];
  let room = width - columnsOf(place) - 3;
  for (const name of namesOf(targets.toSorted((a, b) => warningsOf(b) - warningsOf(a)))) {
    room -= columnsOf(name) + 2;
    if (room < (names.length + 1 < targets.length ? more : 0)) break;
    names.push(name);
  }
  const left = targets.length - names.length;
  const listed = names.join(l10n.t(', '));
  const said = names.length === 0 ? '' : ` – ${left === 0 ? listed : l10n.t('{0} and {1} more', listed, left)}`;
  return { lines: [`${fitted(place, width)}${said}`], isCut: left > 0 || names.some((name) => name.includes('…')) };
}

function placeOf(group: PlanGroup): string {
  return l10n.t('{0}, {1}: {2}', regionOf(group), group.kind.many(), runnableOf(group).length);
}

/** Names one after the other, with ids where names do not tell targets apart. */
function* namesOf(targets: readonly PlanTarget[]): Generator<string> {
  const counts = new Map<string, number>();
  for (const { name } of targets) counts.set(name, (counts.get(name) ?? 0) + 1);
  for (const { name, target } of targets) {
    const shown = fitted(name, nameWidth);
    yield (counts.get(name) ?? 0) > 1 ? nameAndId(shown, target.id) : shown;
  }
}

function warningsOf({ findings }: PlanTarget): number {
  return findings.filter(({ level }) => level === 'warning').length;
}

/** The groups that are sent, one list for each account and owner, the most dangerous first. */
function accountsOf(plan: Plan): PlanGroup[][] {
  const accounts = new Map<string, PlanGroup[]>();
  for (const group of byRisk(plan)) {
    const key = JSON.stringify([group.account.id, ownerOf(group)]);
    accounts.set(key, [...(accounts.get(key) ?? []), group]);
  }
  return [...accounts.values()];
}

function byRisk(plan: Plan): PlanGroup[] {
  return sendingGroups(plan).toSorted((a, b) => riskOf(b) - riskOf(a));
}

function riskOf({ account, action }: PlanGroup): number {
  const level = account.sandbox === true ? 0 : account.level === 'production' ? 4 : 2;
  return level + (action.operation.danger === 'destroys' ? 1 : 0);
}

interface Said {
  /** Tells its kind from others. */
  readonly code: string;
  readonly text: string;
  /** Whom it is about; absent where it is about everything. */
  readonly target?: PlanTarget;
}

function aboutAll(texts: readonly string[]): Said[] {
  return texts.map((text) => ({ code: text, text }));
}

interface SaidOf {
  readonly text: string;
  readonly targets: readonly PlanTarget[];
  /** Others of its kind say it in other words. */
  readonly isFirst: boolean;
}

/** Each sentence once with those it is about; where these are too many, each kind of sentence once. */
function grouped(said: readonly Said[], max: number): SaidOf[] {
  const byText = collected(said, ({ text }) => text);
  return byText.length <= max ? byText : collected(said, ({ code }) => code);
}

function collected(said: readonly Said[], keyOf: (one: Said) => string): SaidOf[] {
  const found = new Map<string, Said[]>();
  for (const one of said) found.set(keyOf(one), [...(found.get(keyOf(one)) ?? []), one]);
  return [...found.values()].map((all) => ({
    text: all[0]?.text ?? '',
    targets: [...new Set(all.flatMap(({ target }) => target ?? []))],
    isFirst: new Set(all.map(({ text }) => text)).size > 1,
  }));
}

interface Bounds {
  /** How many it can be about. */
  readonly all: number;
  readonly max: number;
  readonly sentence: number;
}

function section(heading: string, said: readonly SaidOf[], bounds: Bounds): Part {
  const { max, sentence } = bounds;
  if (said.length === 0) return { lines: [], isCut: false };
  const lines = cutLines(
    said.slice(0, max).map((one) => `${bullet}${about(one, bounds)}`),
    sentence,
  );
  const more = said.length - max;
  return {
    lines: [...(heading === '' ? [] : [heading]), ...lines.lines, ...(more > 0 ? [l10n.t('and {0} more', more)] : [])],
    isCut: lines.isCut || more > 0 || said.some(({ isFirst }) => isFirst),
  };
}

/** With the names it is about, their number where there are many or wide ones, and neither where it is about all. */
function about({ text, targets }: SaidOf, { all, sentence }: Bounds): string {
  const count = targets.length;
  if (count === 0 || count === all) return text;
  // What is left out is named with its id.
  const nameFor = ({ name, target }: PlanTarget): string =>
    Number.isFinite(all) || name === target.id ? name : nameAndId(name, target.id);
  const some = targets
    .slice(0, 3)
    .map((target) => fitted(nameFor(target), nameWidth))
    .join(l10n.t(', '));
  const listed = count > 3 ? l10n.t('{0} and {1} more', some, count - 3) : some;
  const isWide = count > 3 || columnsOf(listed) > sentence / 2;
  if (isWide && Number.isFinite(all)) return l10n.t('{0} of {1}: {2}', count, all, text);
  // The sentence keeps half of the room.
  return l10n.t('{0}: {1}', fitted(listed, sentence / 2), text);
}

function cutLines(lines: readonly string[], width: number, cut = shortened): Part {
  const shown = lines.map((line) => cut(line, width));
  return { lines: shown, isCut: shown.some((line, i) => line !== visibleText(lines[i] ?? '')) };
}
