// Before everything that reads the names.
import '../support/thirdCloudNames';
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { AccountLevel } from '../../../src/core/account';
import type { Action, ActionWords, StateGoal } from '../../../src/core/action';
import type { Kind } from '../../../src/core/kind';
import type { Operation } from '../../../src/core/operation';
import { parseTargetKey } from '../../../src/core/parseTarget';
import type { Provider } from '../../../src/core/provider';
import { targetKey, type Target } from '../../../src/core/target';
import { readArguments } from '../../../src/host/contract/arguments';
import { providers } from '../../../src/providers';
import { DetailsModel } from '../../../src/services/details/detailsModel';
import { runsOf } from '../../../src/services/journal/history';
import { verifyAll } from '../../../src/services/journal/verify';
import type { Node } from '../../../src/services/resources/nodes';
import { rowOf } from '../../../src/services/resources/nodeTypes';
import type { RowContext } from '../../../src/services/resources/rows';
import { buckets, createStratus, drainAction, sealAction, stratusAccount, thirdCloud } from '../support/thirdCloud';
import { bucket, stratus } from '../support/thirdCloudNames';
import { createWorkplace } from '../support/workplace';

const place = { provider: stratus, accountId: 'stratus:own', region: 'z1' } as const;
const target = (id: string): Target => ({ ...place, kind: bucket, id });

function create(level: AccountLevel = 'normal') {
  const cloud = createStratus('logs', 'media');
  const outside = { providers: [...providers, thirdCloud], transport: cloud.transport };
  const core = createWorkplace([stratusAccount(level)], {}, outside);
  const context: RowContext = {
    ...core,
    accounts: { ...core.known.accounts },
    model: core.resourcesModel,
    timeZone: 'UTC',
    canEdit: () => false,
  };
  return { ...core, cloud, context };
}

describe('a cloud that no layer knows, with a kind and actions of its own', () => {
  test('is read and drawn with what can be done to it', async () => {
    const { resourcesModel, inventory, context } = create();
    await inventory.regions(place.accountId);
    await inventory.list(place, bucket);
    const below = (node?: Node): readonly Node[] => resourcesModel.children(node);
    const [account] = below();
    const [region] = below(account);
    const [kind] = below(region);
    const rows = below(kind).map((node) => rowOf(node, context));
    const labels = [account, region, kind].map((node) => rowOf(node ?? assert.fail(), context).label);
    assert.deepEqual(labels, ['Own', 'Zone z1', 'Buckets']);
    assert.deepEqual(
      rows.map(({ label, description, actions }) => [label, description, actions]),
      [
        ['logs', 'Full', ['sealBucket', 'drainBuckets']],
        ['media', 'Full', ['sealBucket', 'drainBuckets']],
      ],
    );
  });

  test('has details with the same', async () => {
    const { inventory, ...core } = create();
    await inventory.list(place, bucket);
    const options = { ...core, ...core.known, inventory, timeZone: 'UTC' };
    const { title, buttons } = new DetailsModel(target('b-0'), options).view();
    assert.equal(title, 'logs');
    assert.deepEqual(
      buttons.slice(3).map(({ label }) => label),
      ['Seal Bucket…', 'Drain Bucket…'],
    );
  });

  test('is changed through the gate, written down and given back', async () => {
    const { gate, cloud, person, files, inventory } = create();
    await inventory.list(place, bucket);
    const { report } = await gate.perform({ action: 'sealBucket', targets: [target('b-0')], ours: true });
    assert.deepEqual(
      report?.results.map(({ outcome }) => outcome),
      ['done'],
    );
    assert.equal(cloud.all.get('b-0')?.Sealed, true);
    assert.equal(person.asked.length, 0);
    assert.ok(report !== undefined && gate.canUndo(report));
    await gate.undo(report);
    assert.equal(cloud.all.get('b-0')?.Sealed, false);
    const { problems, records } = verifyAll(await files.list());
    assert.deepEqual(problems, []);
    const runs = runsOf(records, new Set());
    assert.deepEqual(
      runs.flatMap(({ title, targets }) => targets.map(({ provider, kind, name }) => [title, provider, kind, name])),
      [
        ['Seal 1 buckets', 'stratus', 'bucket', 'logs'],
        ['Seal 1 buckets', 'stratus', 'bucket', 'logs'],
      ],
    );
  });

  test('is asked about as the table has it for what a mistake costs', async () => {
    for (const [level, asked, typed] of [
      ['normal', 1, 0],
      ['production', 1, 1],
    ] as const) {
      const { gate, person, cloud } = create(level);
      const { report } = await gate.perform({ action: 'drainBuckets', targets: [target('b-0'), target('b-1')] });
      assert.deepEqual(
        report?.results.map(({ outcome }) => outcome),
        ['done', 'done'],
      );
      assert.deepEqual([person.asked.length, person.typed.length], [asked, typed]);
      assert.equal(cloud.calls.filter((action) => action === 'DrainBuckets').length, 1);
    }
  });

  test('is refused in a read-only account', async () => {
    const { gate, cloud } = create('readOnly');
    await gate.perform({ action: 'sealBucket', targets: [target('b-0')], ours: true });
    assert.ok(!cloud.calls.includes('SealBucket'));
  });

  test('can be named in arguments and kept over a reload', () => {
    const read = readArguments([{ type: 'resource', target: target('b-0') }]);
    assert.ok(read.from === 'rows' && read.clicked?.type === 'resource');
    assert.deepEqual(parseTargetKey(targetKey(target('b-0'))), target('b-0'));
  });
});

/** Each of these lacks one thing; where the compiler took it, the expectation of an error would be one itself. */
export function incomplete(): readonly unknown[] {
  const { wire: _wire, ...noWire } = thirdCloud;
  const { regions: _regions, ...noRegions } = thirdCloud;
  const { endpoint: _endpoint, ...noEndpoint } = thirdCloud;
  const { policyFor: _policyFor, ...noPolicy } = thirdCloud;
  const clouds = [
    // @ts-expect-error Nobody knows how to talk to it.
    noWire satisfies Provider,
    // @ts-expect-error Nobody knows where anything is.
    noRegions satisfies Provider,
    // @ts-expect-error Nobody knows its address.
    noEndpoint satisfies Provider,
    // @ts-expect-error Nobody can say which permission is missing.
    noPolicy satisfies Provider,
  ];
  const { state: _state, ...noState } = buckets;
  const { lookup: _lookup, ...noLookup } = buckets;
  const { identify: _identify, ...noId } = buckets;
  const { actions: _actions, ...noActions } = buckets;
  const kinds = [
    // @ts-expect-error Nobody knows how it is.
    noState satisfies Kind,
    // @ts-expect-error Nothing could be read again before a call.
    noLookup satisfies Kind,
    // @ts-expect-error Nobody knows which one it is.
    noId satisfies Kind,
    // @ts-expect-error Nobody knows what can be done to it.
    noActions satisfies Kind,
  ];
  return [...clouds, ...kinds, ...incompleteActions()];
}

function incompleteActions(): readonly unknown[] {
  const { goal: _goal, ...noGoal } = drainAction;
  const { review: _review, ...noReview } = drainAction;
  const { words: _words, ...noWords } = drainAction;
  const { ids: _ids, ...noIds } = drainAction;
  const { outcome: _outcome, ...noOutcome } = sealAction.words;
  const { danger: _danger, ...noDanger } = sealAction.operation;
  const { effect: _effect, ...noEffect } = sealAction.operation;
  const goal = { type: 'state', codes: [], settlesLater: false } as const;
  return [
    // @ts-expect-error Nobody knows when it is done.
    noGoal satisfies Action,
    // @ts-expect-error Nothing would be compared before the call.
    noReview satisfies Action,
    // @ts-expect-error Nobody can be asked.
    noWords satisfies Action,
    // @ts-expect-error What is sent could not be compared with what was confirmed.
    noIds satisfies Action,
    // @ts-expect-error History has no words for it.
    noOutcome satisfies ActionWords,
    // @ts-expect-error Nobody knows what to ask.
    noDanger satisfies Operation,
    // @ts-expect-error Nobody knows whether it may be repeated.
    noEffect satisfies Operation,
    // @ts-expect-error Nobody knows when it is reached.
    goal satisfies StateGoal,
  ];
}
