import * as l10n from '@vscode/l10n';
import type { GroupView, HostRow, ResultLook, ResultView } from '../../core/resultProtocol';
import { formatTime } from '../../util/format';
import { oneLine } from '../../util/plainText';
import { visibleText } from '../../util/visible';
import { durationOf } from './duration';
import { stateLabel, stateLook } from './hostStates';
import type { HostTexts } from './hostTexts';
import { completeNote, isComplete, outputNotes } from './outputNotes';
import { headline, linesOf } from './outputText';
import { resultGroups, type ResultGroup } from './resultGroups';
import { buttonsOf, countsOf, noticesOf, rankOf, statusOf, stopText, type ResultMeans } from './resultHead';
import { resultWords } from './resultWords';
import type { HostResult, RunResult } from './runResult';

export interface ShownResult {
  readonly view: ResultView;
  /** The groups that are shown, and what else can be asked about. */
  readonly groups: readonly ResultGroup[];
  /** The hosts that pass, in their order. */
  readonly hosts: readonly HostResult[];
}

export interface ViewContext extends ResultMeans {
  readonly language: string;
}

/** What a person sees of a result. */
export function resultView(result: RunResult, look: ResultLook, texts: HostTexts, context: ViewContext): ShownResult {
  const passing = result.hosts.filter(passes(look, texts));
  const groups = resultGroups(passing, texts, look.mask);
  const chosen = groups.find(({ key }) => key === look.group);
  const hosts = (chosen?.hosts ?? passing).toSorted((a, b) => rankOf(a) - rankOf(b));
  const status = statusOf(result);
  const view: ResultView = {
    id: result.id,
    title: result.title,
    facts: [...result.scripts, formatTime(result.startedAt, context.language)],
    status,
    notices: noticesOf(result),
    spoken: [status.text, stopText(result)].filter((part) => part !== undefined).join(' '),
    counts: countsOf(result.hosts, look),
    buttons: buttonsOf(result, context),
    look: { ...look, group: chosen?.key },
    headline: headlineOf(groups),
    groups: groups.slice(0, look.groups).map((group) => groupView(group, { groups, look, texts, chosen })),
    allGroups: groups.length,
    hosts: hosts.slice(0, look.hosts).map((host) => hostRow(host, texts)),
    allHosts: hosts.length,
    words: resultWords(),
  };
  return { view, groups, hosts };
}

function headlineOf(groups: readonly ResultGroup[]): string {
  const sizes = groups.filter(({ isSettled }) => isSettled).map(({ hosts }) => hosts.length);
  const isOne = sizes.length === 1 && sizes[0] === 1;
  return sizes.length === 0 || isOne ? '' : headline(sizes);
}

function passes({ states, text }: ResultLook, texts: HostTexts): (host: HostResult) => boolean {
  const wanted = new Set(states);
  const part = text.trim().toLowerCase();
  return (host) => {
    if (wanted.size > 0 && !wanted.has(stateLabel(host))) return false;
    if (part === '') return true;
    const { name, target, addresses, hostnames, note = '' } = host;
    const facts = [name, target.id, note, ...addresses, ...hostnames];
    return facts.some((one) => one.toLowerCase().includes(part)) || texts.lowerCase(host).includes(part);
  };
}

/** So many names and lines of a group are shown. */
const namesAtMost = 8;
const linesAtMost = 12;
const charactersAtMost = 2_000;

interface Among {
  readonly groups: readonly ResultGroup[];
  readonly look: ResultLook;
  readonly texts: HostTexts;
  readonly chosen: ResultGroup | undefined;
}

function groupView(group: ResultGroup, { groups, texts, chosen }: Among): GroupView {
  const { key, what, hosts, note, isSettled } = group;
  const outputs = isSettled ? hosts.filter(({ output }) => output !== undefined).map((h) => texts.decoded(h)) : [];
  const left = hosts.length - namesAtMost;
  const complete = outputs.length > 0 && isComplete(outputs) ? [completeNote(outputs)] : [];
  // Every group has a first host.
  const { icon, tone } = stateLook((hosts[0] as HostResult).state);
  return {
    key,
    icon,
    tone,
    title: `${hosts.length} × ${what}`,
    names: hosts.slice(0, namesAtMost).map((host) => ({ key: host.key, name: oneLine(host.name) })),
    moreNames: left > 0 ? l10n.t('and {0} more', left) : '',
    notes: [...(note === undefined ? [] : [visibleText(note)]), ...outputNotes(outputs), ...complete],
    isUnreadable: outputs.some(({ isReadable, encoding }) => !isReadable || encoding !== 'utf-8'),
    ...preview(group, outputs.length > 0),
    isSettled,
    canCompare: isSettled && mostOf(groups, group) !== undefined,
    isChosen: group === chosen,
  };
}

/** The largest group but this one: what most of the others said. */
export function mostOf(groups: readonly ResultGroup[], group: ResultGroup): ResultGroup | undefined {
  return groups
    .filter((one) => one.isSettled && one !== group && one.hosts.some(({ output }) => output !== undefined))
    .toSorted((a, b) => b.hosts.length - a.hosts.length)[0];
}

function preview({ text }: ResultGroup, hasOutput: boolean): Pick<GroupView, 'text' | 'textNote'> {
  if (text === '') return { text: '', textNote: hasOutput ? l10n.t('(no output)') : '' };
  const lines = text.slice(0, charactersAtMost).split('\n');
  const shown = lines.slice(0, linesAtMost).join('\n');
  const isAll = lines.length <= linesAtMost && text.length <= charactersAtMost;
  return { text: linesOf(shown), textNote: isAll ? '' : l10n.t('This is the beginning. Open the output to read all.') };
}

function hostRow(host: HostResult, texts: HostTexts): HostRow {
  const { key, name, target, account, region, state, exitCode, note = '' } = host;
  return {
    key,
    name: oneLine(name),
    place: [...(name === target.id ? [] : [target.id]), account, region].map((part) => oneLine(part)).join(' · '),
    state: stateLabel(host),
    ...stateLook(state),
    exitCode: exitCode === undefined ? '' : String(exitCode),
    duration: durationOf(host),
    firstLine: firstLineOf(texts.decoded(host).text),
    note: visibleText(note),
  };
}

const firstLine = /\S[^\r\n]{0,199}/u;

function firstLineOf(text: string): string {
  return oneLine(firstLine.exec(text.slice(0, 4_000))?.[0] ?? '', 160);
}
