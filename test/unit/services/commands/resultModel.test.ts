import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { firstLook, parseResultToHost, type ResultToHost } from '../../../../src/core/resultProtocol';
import { ResultModel } from '../../../../src/services/commands/resultModel';
import type { HostResult, RunResult } from '../../../../src/services/commands/runResult';
import { Emitter } from '../../../../src/util/lifecycle';
import { ManualClock, settled } from '../../support/manualClock';

function host(id: string, more: Partial<HostResult> = {}): HostResult {
  return {
    key: id,
    target: { provider: 'alibabaCloud', accountId: 'a', region: 'r-1', kind: 'instance', id },
    name: id,
    hostnames: [],
    addresses: [],
    account: 'Account',
    region: 'Region',
    state: 'running',
    output: undefined,
    ...more,
  };
}

function place() {
  const changed = new Emitter<void>();
  const clock = new ManualClock();
  let result: RunResult = {
    id: 'run',
    title: 'Run',
    scripts: [],
    startedAt: new Date(0),
    stage: 'running',
    hosts: [host('one'), host('two'), host('three')],
  };
  const source = { current: () => result, onDidChange: changed.event };
  const context = () => ({ canControl: false, canRunAgain: true, hasOthers: false, language: 'en' });
  const model = new ResultModel(source, { clock, context });
  let drawn = 0;
  model.onDidChange(() => drawn++);
  const tell = (next: Partial<RunResult>): void => {
    result = { ...result, ...next };
    changed.fire();
  };
  return { model, tell, clock, drawn: () => drawn };
}

describe('the view of a result', () => {
  test('is drawn once for many news, and at once when the run has ended', async () => {
    const { model, tell, clock, drawn } = place();
    for (let news = 0; news < 100; news++) tell({});
    await settled();
    assert.equal(drawn(), 0);
    await clock.advance(150);
    await settled();
    assert.equal(drawn(), 1);
    tell({ stage: 'ended', hosts: [host('one', { state: 'done' })] });
    assert.equal(drawn(), 2);
    assert.equal(model.shown().view.status.text, 'Ended: 1 succeeded');
  });

  test('compares with what most of the others said', () => {
    const { model, tell } = place();
    const said = (id: string, text: string): HostResult =>
      host(id, { state: 'done', exitCode: 0, output: { bytes: Buffer.from(text), missing: 0 } });
    tell({ stage: 'ended', hosts: [said('1', 'a'), said('2', 'b'), said('3', 'b'), said('4', 'c')] });
    const [odd] = model.shown().groups;
    assert.equal(odd?.text, 'a');
    assert.equal(odd === undefined ? undefined : model.most(odd)?.text, 'b');
    assert.equal(model.group(odd?.key ?? ''), odd);
    assert.equal(model.group('gone'), undefined);
  });

  test('draws nothing more once it is closed', async () => {
    const { model, tell, clock, drawn } = place();
    tell({});
    model.dispose();
    await clock.advance(1_000);
    await settled();
    assert.equal(drawn(), 0);
  });
});

describe('a message from the page of a result', () => {
  const accepts = (message: ResultToHost): void =>
    void test(`${JSON.stringify(message)} is understood`, () => assert.deepEqual(parseResultToHost(message), message));
  const ignores = (message: unknown): void =>
    void test(`${JSON.stringify(message)} is ignored`, () => assert.equal(parseResultToHost(message), undefined));
  accepts({ type: 'ready' });
  accepts({ type: 'request', id: 1, request: { name: 'look', look: firstLook } });
  accepts({ type: 'request', id: 1, request: { name: 'run', do: 'stop' } });
  accepts({ type: 'request', id: 1, request: { name: 'group', do: 'mark', group: 'g' } });
  accepts({ type: 'request', id: 1, request: { name: 'hosts', do: 'open', hosts: ['h'] } });
  ignores({ type: 'request', id: 1, request: { name: 'run', do: 'start' } });
  // What is run again is decided by a person in a list of ours, never by the page.
  ignores({ type: 'request', id: 1, request: { name: 'run', do: 'runAgain', hosts: ['h'] } });
  ignores({ type: 'request', id: 1, request: { name: 'look', look: { ...firstLook, hosts: 0 } } });
  ignores({ type: 'request', id: 1, request: { name: 'hosts', do: 'mark', hosts: 'h' } });
  ignores({ type: 'request', id: -1, request: { name: 'run', do: 'stop' } });
});
