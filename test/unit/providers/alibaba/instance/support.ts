import assert from 'node:assert/strict';
import { actionOf, type Action } from '../../../../../src/core/action';
import type { Answers } from '../../../../../src/core/input';
import type { Item } from '../../../../../src/core/item';
import { ecsInstance } from '../../../../../src/providers/alibaba/instance/kind';
import { describeInstances } from '../../../../../src/providers/alibaba/instance/operations';

export const now = new Date('2026-11-21T09:00:00Z');

export type Fields = Readonly<Record<string, unknown>>;

/** A record with these fields, as the response schema reads it. */
export function vm(fields: Fields = {}): Item {
  const usual = {
    InstanceId: 'i-1',
    Status: 'Running',
    InstanceChargeType: 'PostPaid',
    VpcAttributes: { VpcId: 'vpc-1' },
  };
  const raw = { Instances: { Instance: [{ ...usual, ...fields }] } };
  return ecsInstance.list.items(describeInstances.response.parse(raw))[0] ?? assert.fail();
}

export function action(id: string): Action {
  return actionOf(ecsInstance, id) ?? assert.fail(id);
}

export function found(id: string, fields: Fields, answers: Answers = {}): string[] {
  return action(id)
    .review.findings(vm(fields), now, answers)
    .map(({ level, code }) => `${level} ${code}`);
}
