import * as l10n from '@vscode/l10n';
import { csvOf } from '../../util/csv';
import { escapeMarkdown } from '../../util/markdown';
import { durationOf, millisecondsOf } from './duration';
import { stateLabel } from './hostStates';
import type { HostTexts } from './hostTexts';
import { linesOf } from './outputText';
import { resultGroups } from './resultGroups';
import { hostsText, notesOf } from './resultText';
import type { HostResult, RunResult } from './runResult';

export const exportFormats = ['text', 'csv', 'markdown', 'json'] as const;
export type ExportFormat = (typeof exportFormats)[number];

export interface Exported {
  readonly result: RunResult;
  /** Those that are taken along. */
  readonly hosts: readonly HostResult[];
  readonly texts: HostTexts;
  readonly mask: boolean;
}

/** What hosts said, to be taken elsewhere. */
export function exportResult(what: Exported, format: ExportFormat): string {
  switch (format) {
    case 'text':
      return hostsText(what.hosts, what.texts, what.mask);
    case 'csv':
      return csvOf(
        columns,
        what.hosts.map((host) => rowOf(host, what.texts)),
      );
    case 'markdown':
      return markdownOf(what);
    case 'json':
      return `${JSON.stringify(jsonOf(what), undefined, 2)}\n`;
    default: {
      const never: never = format;
      return never;
    }
  }
}

const columns = [
  'name',
  'id',
  'account',
  'region',
  'state',
  'exitCode',
  'startedAt',
  'finishedAt',
  'milliseconds',
  'bytes',
  'missingBytes',
  'encoding',
  'note',
  'output',
] as const;
type Column = (typeof columns)[number];

function rowOf(host: HostResult, texts: HostTexts): Partial<Record<Column, string>> {
  const facts = factsOf(host, texts);
  return Object.fromEntries(
    Object.entries(facts).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])),
  );
}

function factsOf(host: HostResult, texts: HostTexts): Record<Column, string | number | undefined> {
  const { target, name, account, region, exitCode, startedAt, finishedAt, output, note } = host;
  const { text, bytes, encoding } = texts.decoded(host);
  return {
    name,
    id: target.id,
    account,
    region,
    state: stateLabel(host),
    exitCode,
    startedAt,
    finishedAt,
    milliseconds: millisecondsOf(host),
    bytes: output === undefined ? undefined : bytes,
    missingBytes: output?.missing,
    encoding: output === undefined ? undefined : encoding,
    note,
    output: output === undefined ? undefined : text,
  };
}

function jsonOf({ result, hosts, texts }: Exported): unknown {
  const { title, scripts, startedAt, stage, stopped } = result;
  return {
    title,
    scripts,
    startedAt: startedAt.toISOString(),
    isEnded: stage === 'ended',
    stopped,
    hosts: hosts.map((host) => factsOf(host, texts)),
  };
}

function markdownOf({ result, hosts, texts, mask }: Exported): string {
  const head = [l10n.t('Host'), l10n.t('State'), l10n.t('Exit code'), l10n.t('Duration')];
  const rows = hosts.map((host) =>
    [host.name, stateLabel(host), String(host.exitCode ?? ''), durationOf(host)].map(escapeMarkdown),
  );
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [
    `# ${escapeMarkdown(result.title)}`,
    '',
    ...result.scripts.map((script) => `${escapeMarkdown(script)}\n`),
    line(head),
    line(head.map(() => '---')),
    ...rows.map(line),
    ...resultGroups(hosts, texts, mask).flatMap(({ hosts: members, what, text }) => [
      '',
      `## ${escapeMarkdown(`${members.length} × ${what}`)}`,
      '',
      escapeMarkdown(members.map(({ name }) => name).join(l10n.t(', '))),
      '',
      ...notesIn(members, texts),
      ...fenced(linesOf(text)),
    ]),
    '',
  ].join('\n');
}

function notesIn(members: readonly HostResult[], texts: HostTexts): string[] {
  const notes = new Set(members.flatMap((host) => notesOf(host, texts)));
  return notes.size === 0 ? [] : [[...notes].map(escapeMarkdown).join('  \n'), ''];
}

/** A fence that is longer than any in the text. */
function fenced(text: string): string[] {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return [`${fence}text`, text, fence];
}
