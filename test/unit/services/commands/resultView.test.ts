import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { firstLook, type ResultLook } from '../../../../src/core/resultProtocol';
import { targetKey } from '../../../../src/core/target';
import { toGbk } from '../../../../src/sandbox/commands/gbk';
import { HostTexts } from '../../../../src/services/commands/hostTexts';
import { exportResult } from '../../../../src/services/commands/resultExport';
import { resultView } from '../../../../src/services/commands/resultView';
import { againChoices } from '../../../../src/services/commands/runAgain';
import type { HostResult, RunResult } from '../../../../src/services/commands/runResult';

const means = { canControl: true, canRunAgain: true, hasOthers: false, language: 'en' };

function host(index: number, text: string | Uint8Array, more: Partial<HostResult> = {}): HostResult {
  const target = {
    provider: 'alibabaCloud',
    accountId: 'a',
    region: 'r-1',
    kind: 'instance',
    id: `i-${1_000 + index}abc`,
  } as const;
  const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text;
  return {
    key: targetKey(target),
    target,
    name: `web-${1_000 + index}`,
    hostnames: [`web-${1_000 + index}.example`],
    addresses: [`10.1.${index >> 8}.${index & 255}`],
    account: 'Account',
    region: 'Region',
    state: 'done',
    exitCode: 0,
    startedAt: '2026-01-02T03:04:05Z',
    finishedAt: '2026-01-02T03:04:07Z',
    output: { bytes, missing: 0 },
    ...more,
  };
}

function result(hosts: readonly HostResult[], more: Partial<RunResult> = {}): RunResult {
  const startedAt = new Date('2026-01-02T03:04:05Z');
  return { id: 'run', title: 'Run', scripts: ['x.sh'], startedAt, stage: 'ended', hosts, ...more };
}

function shown(of: RunResult, look: Partial<ResultLook> = {}, texts = new HostTexts()) {
  return resultView(of, { ...firstLook, ...look }, texts, means);
}

const fleet = Array.from({ length: 12 }, (_, index) =>
  host(index, `web-${1_000 + index}: disk ${index === 7 ? 'full' : 'fine'}\n`),
);

describe('the result of a run', () => {
  test('tells the odd ones first, and how many said what', () => {
    const { view } = shown(result(fleet));
    assert.equal(view.headline, '12 said 2 different things (1, 11); the odd ones stand first.');
    assert.deepEqual(
      view.groups.map(({ title, text }) => [title, text]),
      [
        ['1 × succeeded, exit code 0', '⟨name⟩: disk full'],
        ['11 × succeeded, exit code 0', '⟨name⟩: disk fine'],
      ],
    );
    assert.deepEqual(
      view.groups[0]?.names.map(({ name }) => name),
      ['web-1007'],
    );
    assert.equal(view.groups[1]?.moreNames, 'and 3 more');
    assert.equal(view.status.text, 'Ended: 12 succeeded');
  });

  test('tells the hosts apart where the masks are off', () => {
    assert.equal(shown(result(fleet), { mask: false }).view.allGroups, 12);
  });

  test('shows of each host its state, exit code, duration and first line', () => {
    const [row] = shown(result([host(1, '\n  \u001b[31mred\u001b[0m alert\nmore', { exitCode: 3, state: 'failed' })]))
      .view.hosts;
    assert.deepEqual(
      [row?.state, row?.exitCode, row?.duration, row?.firstLine],
      ['failed', '3', '2 s', '\\u{1b}[31mred\\u{1b}[0m alert'],
    );
  });

  test('forms groups while others go on, and those by how far they are', () => {
    const open = [
      host(20, 'half of it', { state: 'running', exitCode: undefined }),
      host(21, '', { state: 'notYet', output: undefined }),
    ];
    const { view } = shown(result([...fleet, ...open], { stage: 'running' }));
    assert.deepEqual(
      view.groups.map(({ title }) => title),
      ['1 × succeeded, exit code 0', '11 × succeeded, exit code 0', '1 × running', '1 × not sent yet'],
    );
    assert.equal(view.status.text, 'Running: 12 of 14 have ended');
    assert.deepEqual(
      view.buttons.map((button) => [button.do, button.disabled]),
      [
        ['pause', undefined],
        ['stop', undefined],
        ['openAll', undefined],
        ['copyAs', undefined],
      ],
    );
  });

  test('can be paused only while something is left to send', () => {
    const running = result([host(1, '', { state: 'running' })], { stage: 'running' });
    assert.equal(shown(running).view.buttons[0]?.disabled, 'Everything was sent already.');
    const paused = shown({ ...running, stage: 'paused' }).view;
    assert.deepEqual([paused.buttons[0]?.do, paused.buttons[0]?.disabled], ['goOn', undefined]);
    assert.equal(shown({ ...running, stage: 'stopping' }).view.buttons[1]?.disabled, 'A stop was requested already.');
  });

  test('after a stop tells three numbers, and never that anything was killed', () => {
    const hosts = [
      host(1, '', { state: 'done' }),
      host(2, '', { state: 'done' }),
      host(3, '', { state: 'stoppedBefore' }),
      host(4, '', { state: 'stopping' }),
      host(5, '', { state: 'notYet' }),
      host(6, '', { state: 'stopped' }),
    ];
    const { view } = shown(result(hosts, { stage: 'stopping', endedBeforeStop: new Set([hosts[0]?.key ?? '']) }));
    const text = view.notices.map((notice) => notice.text).join();
    assert.equal(
      text,
      'Since the stop was requested: 2 stopped before they began, 1 stopped while they ran, 1 finished all the same, 1 still going on.',
    );
    assert.doesNotMatch(JSON.stringify(view), /kill/i);
  });

  test('says of every output whether it is complete, what is missing, and that it is not UTF-8', () => {
    const notes = (one: HostResult): readonly string[] => shown(result([one])).view.groups[0]?.notes ?? [];
    assert.deepEqual(notes(host(1, 'hi')), ['Complete: 2 bytes.']);
    assert.deepEqual(notes(host(1, 'hi', { output: { bytes: Buffer.from('hi'), missing: 4_096 } })), [
      'Not complete: 4096 bytes before the end are missing; the end is kept.',
    ]);
    assert.deepEqual(notes(host(1, 'hi', { output: { bytes: Buffer.from('hi'), missing: undefined } })), [
      'The cloud does not say whether it is complete.',
    ]);
    assert.match(notes(host(1, toGbk('磁盘空间不足'))).join(), /^Not UTF-8/);
  });

  test('is read in another encoding once that is chosen, and groups follow', () => {
    const hosts = [host(1, toGbk('磁盘空间不足')), host(2, '磁盘空间不足')];
    const texts = new HostTexts();
    assert.equal(shown(result(hosts), {}, texts).view.groups[0]?.isUnreadable, true);
    texts.decodeAs('gb18030', hosts.slice(0, 1));
    const { groups } = shown(result(hosts), {}, texts).view;
    assert.deepEqual(
      groups.map(({ text, notes }) => [text, notes]),
      [['磁盘空间不足', ['Read as GB18030.', 'All of them are complete.']]],
    );
  });

  test('is filtered by state, by text of any kind, and to a group', () => {
    const hosts = [...fleet, host(30, 'no route', { state: 'failed', exitCode: 2 })];
    const names = (look: Partial<ResultLook>): string[] =>
      shown(result(hosts), look).view.hosts.map(({ name }) => name);
    assert.deepEqual(names({ states: ['failed'] }), ['web-1030']);
    assert.deepEqual(names({ text: 'DISK FULL' }), ['web-1007']);
    assert.deepEqual(names({ text: 'web-1003' }), ['web-1003']);
    assert.deepEqual(names({ text: '10.1.0.5' }), ['web-1005']);
    assert.deepEqual(names({ text: '(.*' }), []);
    const odd = shown(result(hosts)).view.groups.find(({ text }) => text.includes('full'));
    assert.deepEqual(names({ group: odd?.key }), ['web-1007']);
    const { view } = shown(result(hosts), { states: ['failed'] });
    assert.deepEqual(
      view.counts.map(({ label, count, isChosen }) => [label, count, isChosen]),
      [
        ['failed', 1, true],
        ['succeeded', 12, false],
      ],
    );
  });

  test('names those that need a person before the others', () => {
    const hosts = [host(1, ''), host(2, '', { state: 'silent' }), host(3, '', { state: 'failed' })];
    assert.deepEqual(
      shown(result(hosts)).view.hosts.map(({ state }) => state),
      ['failed', 'no answer', 'succeeded'],
    );
  });

  test('hosts that did not run are told apart by why', () => {
    const hosts = [
      host(1, '', { state: 'refused', exitCode: undefined, output: undefined, note: 'No such user.' }),
      host(2, '', { state: 'refused', exitCode: undefined, output: undefined, note: 'No such folder.' }),
    ];
    assert.deepEqual(
      shown(result(hosts)).view.groups.map(({ title, notes }) => [title, notes]),
      [
        ['1 × refused', ['No such user.']],
        ['1 × refused', ['No such folder.']],
      ],
    );
  });

  test('of a thousand hosts draws what is in sight, and knows all of them', () => {
    const line = 'a line like any other, 中文 too\n'.repeat(700);
    const hosts = Array.from({ length: 1_000 }, (_, index) =>
      host(index, `web-${1_000 + index}\n${line}${index === 500 ? 'odd' : ''}`),
    );
    const { view, groups } = shown(result(hosts));
    assert.deepEqual([view.allHosts, view.hosts.length, view.allGroups], [1_000, 50, 2]);
    assert.equal(groups[1]?.hosts.length, 999);
    assert.ok(JSON.stringify(view).length < 60_000, 'what the page is sent is small, whatever was printed');
  });
});

describe('what a run is run again on', () => {
  const hosts = (['failed', 'timedOut', 'silent', 'unknown', 'notSent', 'done', 'stopped'] as const).map(
    (state, index) => host(index, '', { state }),
  );

  test('is chosen part by part: failed, no answer, unknown, not sent', () => {
    assert.deepEqual(
      againChoices(result(hosts)).map(({ id, hosts: members, isUsual }) => [id, members.length, isUsual]),
      [
        ['failed', 2, true],
        ['stopped', 1, false],
        ['silent', 1, false],
        ['unknown', 1, false],
        ['notSent', 1, false],
      ],
    );
  });

  test('is nothing while the run goes on', () => {
    assert.deepEqual(againChoices(result(hosts, { stage: 'running' })), []);
  });
});

describe('a result is copied', () => {
  const hosts = [host(1, '=cmd|calc\n'), host(2, '```\n[x](command:y)\n```', { state: 'failed', exitCode: 2 })];
  const copied = (format: Parameters<typeof exportResult>[1]): string =>
    exportResult({ result: result(hosts), hosts, texts: new HostTexts(), mask: true }, format);

  test('as text, as the document has it', () => assert.match(copied('text'), /^2 said 2 different things/));

  test('as CSV that no spreadsheet takes for formulas', () => {
    const [head, first] = copied('csv').split('\r\n');
    assert.match(head ?? '', /name,id,account,region,state,exitCode/);
    assert.match(first ?? '', /web-1001,i-1001abc,Account,Region,succeeded,0,.*,2000,10,0,utf-8,/);
    assert.match(first ?? '', /"'=cmd\|calc/);
  });

  test('as Markdown whose fences hold whatever was printed', () => {
    const text = copied('markdown');
    assert.match(text, /\| web\\-1002 \| failed \| 2 \| 2 s \|/);
    assert.ok(text.includes('````text\n```\n[x](command:y)\n```\n````'));
  });

  test('as JSON', () => {
    const { hosts: told } = JSON.parse(copied('json')) as {
      hosts: { id: string; output: string; missingBytes: number }[];
    };
    assert.deepEqual(
      told.map(({ id, output, missingBytes }) => [id, output, missingBytes]),
      [
        ['i-1001abc', '=cmd|calc\n', 0],
        ['i-1002abc', '```\n[x](command:y)\n```', 0],
      ],
    );
  });
});
