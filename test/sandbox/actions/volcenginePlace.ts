import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import { createTransport } from '../../../src/client/transport';
import type { AccountLevel } from '../../../src/core/account';
import type { Answers } from '../../../src/core/input';
import { providers } from '../../../src/providers';
import type { SandboxOptions } from '../../../src/sandbox';
import { parseSandboxAddress, SandboxAccounts } from '../../../src/services/accounts/sandboxAccounts';
import type { RunReport } from '../../../src/services/actions/report';
import { createWorkplace } from '../../unit/support/workplace';
import { sandboxFor } from '../support';

/** The gate over the sandbox; `perform` tells the outcome of each instance by its name. */
export async function volcenginePlace(t: TestContext, options: SandboxOptions = {}, level: AccountLevel = 'normal') {
  const sandbox = await sandboxFor(t, options);
  const transport = createTransport();
  t.after(() => transport.close());
  const source = new SandboxAccounts();
  const { accessKeyId, accessKeySecret, endpoint } = sandbox.volcengine;
  const volcengine = { endpoint, accessKeyId, secretAccessKey: accessKeySecret };
  source.show(parseSandboxAddress(JSON.stringify({ alibabaCloud: sandbox.alibabaCloud, volcengine })));
  const place = createWorkplace(
    source.list().map((account) => ({ ...account, level })),
    {},
    { providers, transport },
  );
  const named = (name: string) =>
    sandbox.state().volcengine['cn-beijing']?.instance.find(({ InstanceName }) => InstanceName === name) ??
    assert.fail(name);
  const run = async (action: string, names: readonly string[], answers: Answers = {}, ours = false) => {
    const targets = names.map((name) => ({
      provider: 'volcengine' as const,
      accountId: 'sandbox:volcengine',
      region: 'cn-beijing',
      kind: 'instance' as const,
      id: named(name).InstanceId,
    }));
    return (await place.gate.perform({ action, targets, answers, ours })).report;
  };
  const perform = async (...args: Parameters<typeof run>) => outcomesIn(await run(...args));
  return { ...place, sandbox, named, run, perform };
}

/** The outcome of each resource by its name. */
export function outcomesIn(report: RunReport | undefined): Record<string, string> {
  return Object.fromEntries((report?.results ?? []).map(({ planned, outcome }) => [planned.name, outcome]));
}
