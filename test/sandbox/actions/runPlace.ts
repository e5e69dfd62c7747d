import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import { createTransport } from '../../../src/client/transport';
import type { ProviderId } from '../../../src/core/account';
import type { Answers } from '../../../src/core/input';
import { encodeScript } from '../../../src/core/script';
import type { KindId, Target } from '../../../src/core/target';
import { providers } from '../../../src/providers';
import type { SandboxOptions } from '../../../src/sandbox';
import { parseSandboxAddress, SandboxAccounts } from '../../../src/services/accounts/sandboxAccounts';
import type { RunReport } from '../../../src/services/actions/report';
import { FakeClock } from '../../unit/support/fakeClock';
import { createWorkplace } from '../../unit/support/workplace';
import { sandboxFor } from '../support';

export const shell = (text: string): string => encodeScript({ language: 'shell', name: 'check.sh', text });
export const powershell = (text: string): string => encodeScript({ language: 'powershell', name: 'check.ps1', text });

/** The gate over the sandbox of both clouds, on one clock. */
export async function runPlace(t: TestContext, options: SandboxOptions = {}) {
  const clock = new FakeClock(Date.now());
  const sandbox = await sandboxFor(t, { ...options, clock });
  const transport = createTransport();
  t.after(() => transport.close());
  const source = new SandboxAccounts();
  const { accessKeyId, accessKeySecret, endpoint } = sandbox.volcengine;
  const volcengine = { endpoint, accessKeyId, secretAccessKey: accessKeySecret };
  source.show(parseSandboxAddress(JSON.stringify({ alibabaCloud: sandbox.alibabaCloud, volcengine })));
  const workplace = createWorkplace([...source.list()], {}, { providers, transport, clock });
  const hosts = async (provider: ProviderId, region: string, kind: KindId): Promise<Target[]> => {
    const at = { provider, accountId: `sandbox:${provider}`, region };
    const list = await workplace.inventory.list(at, kind);
    return [...(list.items ?? new Map<string, unknown>()).keys()].map((id) => ({ ...at, kind, id }));
  };
  const run = async (targets: readonly Target[], answers: Answers): Promise<RunReport> => {
    const { report } = await workplace.gate.perform({ action: 'runCommand', targets, answers });
    return report ?? assert.fail(workplace.person.told.join(' '));
  };
  const sent = (action: string) => sandbox.requests().filter((request) => request.action === action);
  return { ...workplace, sandbox, hosts, run, sent };
}

export function outcomes({ results }: RunReport): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { outcome } of results) counts[outcome] = (counts[outcome] ?? 0) + 1;
  return counts;
}

export function outputs({ results }: RunReport): string[] {
  return results.flatMap(({ record }) =>
    record?.output === undefined ? [] : [Buffer.from(record.output.bytes).toString()],
  );
}

export const atOnce = '100%;pause=never;errors=0';

/** A script for Linux, run with nothing else chosen; hosts of the other system are left out. */
export function linuxOnly(text: string, rollout = atOnce): Answers {
  return { script: shell(text), windowsScript: '', settings: 'default', rollout };
}
