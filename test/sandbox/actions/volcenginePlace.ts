import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import type { AccountLevel } from '../../../src/core/account';
import type { SandboxOptions } from '../../../src/sandbox';
import { sandboxPlace } from './sandboxPlace';

export { outcomesIn } from './sandboxPlace';

/** The gate over the sandbox's Volcengine; `perform` tells the outcome of each instance by its name. */
export async function volcenginePlace(t: TestContext, options: SandboxOptions = {}, level: AccountLevel = 'normal') {
  const at = { provider: 'volcengine', region: 'cn-beijing', kind: 'instance' } as const;
  const place = await sandboxPlace(t, at, { ...options, level });
  const named = (name: string) =>
    place.sandbox.state().volcengine[at.region]?.instance.find(({ InstanceName }) => InstanceName === name) ??
    assert.fail(name);
  return { ...place, named };
}
