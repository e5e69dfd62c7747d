import assert from 'node:assert/strict';
import { actionOf, type Action } from '../../../../../src/core/action';
import type { Answers } from '../../../../../src/core/input';
import type { Item } from '../../../../../src/core/item';
import { ecsInstance } from '../../../../../src/providers/volcengine/instance/kind';
import { describeInstances } from '../../../../../src/providers/volcengine/instance/operations';

export const now = new Date('2026-11-21T09:00:00Z');

/** A record with these fields, as the response schema reads it. */
export function instance(fields: Readonly<Record<string, unknown>> = {}): Item {
  const usual = {
    InstanceId: 'i-1',
    InstanceName: 'web',
    Status: 'RUNNING',
    VpcId: 'vpc-1',
    InstanceChargeType: 'PostPaid',
    DeletionProtection: false,
  };
  const raw = { Instances: [{ ...usual, ...fields }] };
  return ecsInstance.list.items(describeInstances.response.parse(raw))[0] ?? assert.fail();
}

export function action(id: string): Action {
  return actionOf(ecsInstance, id) ?? assert.fail(id);
}

export function found(id: string, fields: Readonly<Record<string, unknown>>, answers: Answers = {}): string[] {
  return action(id)
    .review.findings(instance(fields), now, answers)
    .map(({ level, code }) => `${level} ${code}`);
}

/** Whether a record has what was asked for; nothing was seen under way unless told. */
export function reached(
  id: string,
  fields: Readonly<Record<string, unknown>>,
  asked: { readonly answers?: Answers; readonly seenUnderWay?: boolean } = {},
): boolean {
  const { goal } = action(id);
  assert.equal(goal.type, 'state');
  return (
    goal.type === 'state' &&
    goal.reached(instance(fields), { answers: {}, before: undefined, seenUnderWay: false, ...asked })
  );
}
