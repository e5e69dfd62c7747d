import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import { createTransport } from '../../../src/client/transport';
import type { AccountLevel, ProviderId } from '../../../src/core/account';
import type { Answers } from '../../../src/core/input';
import type { KindId } from '../../../src/core/target';
import { providers } from '../../../src/providers';
import type { SandboxOptions } from '../../../src/sandbox';
import { parseSandboxAddress, SandboxAccounts } from '../../../src/services/accounts/sandboxAccounts';
import type { RunReport } from '../../../src/services/actions/report';
import { createWorkplace } from '../../unit/support/workplace';
import { sandboxFor } from '../support';

/** Which resources a test is about. */
export interface Place {
  readonly provider: ProviderId;
  readonly region: string;
  readonly kind: KindId;
}

export interface PlaceOptions extends SandboxOptions {
  readonly level?: AccountLevel;
}

/** The gate over the sandbox: its accounts, and a run on resources of one place by their names. */
export async function sandboxPlace(t: TestContext, at: Place, { level = 'normal', ...options }: PlaceOptions = {}) {
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
  const { identify } = providers.flatMap(({ kinds }) => kinds).find(({ id }) => id === at.kind) ?? assert.fail();
  // The records of a region by kind; each is a record of the cloud's own spelling.
  const records = () =>
    sandbox.state()[at.provider][at.region] as unknown as Readonly<Record<KindId, readonly Named[]>>;
  const named = (name: string): Named =>
    records()[at.kind].find(({ InstanceName }) => InstanceName === name) ?? assert.fail(name);
  const run = async (action: string, names: readonly string[], answers: Answers = {}, ours = false) => {
    const targets = names.map((name) => ({ ...at, accountId: `sandbox:${at.provider}`, id: identify(named(name)) }));
    return (await place.gate.perform({ action, targets, answers, ours })).report;
  };
  const perform = async (...args: Parameters<typeof run>) => outcomesIn(await run(...args));
  return { ...place, sandbox, named, run, perform };
}

type Named = Readonly<Record<string, unknown>> & { readonly InstanceName: string };

/** The outcome of each resource by its name. */
export function outcomesIn(report: RunReport | undefined): Record<string, string> {
  return Object.fromEntries((report?.results ?? []).map(({ planned, outcome }) => [planned.name, outcome]));
}
