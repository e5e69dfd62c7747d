import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { missingPermission } from '../../../src/core/permission';

describe('the permission that is missing', () => {
  const check = (said: string | undefined, expected: string): void => {
    test(JSON.stringify(said) ?? 'nothing said', () =>
      assert.equal(missingPermission(said, { permission: 'ecs:DeleteInstances' }), expected),
    );
  };
  check('ecs:DeleteInstance', 'ecs:DeleteInstance');
  for (const wrong of [
    undefined,
    '',
    '*',
    'ecs:*',
    'ecs:Delete*',
    '*:*',
    'ram:CreateUser',
    'ecs:DeleteInstance","ram:*',
    '[here](command:workbench.action.quit)',
    'ecs:Delete Instance',
    'ecs:DeleteInstance\n',
    'ecs:删除',
    'ECS:DeleteInstance',
    'ecs:DeleteInstances:x',
  ])
    check(wrong, 'ecs:DeleteInstances');
});
