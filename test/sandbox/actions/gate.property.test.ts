import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { createTransport } from '../../../src/client/transport';
import type { Account } from '../../../src/core/account';
import { targetKey, type Target } from '../../../src/core/target';
import { providers } from '../../../src/providers';
import type { Fault, Sandbox } from '../../../src/sandbox';
import { parseSandboxAddress, SandboxAccounts } from '../../../src/services/accounts/sandboxAccounts';
import { isOpen } from '../../../src/services/journal/outcome';
import { verifyAll } from '../../../src/services/journal/verify';
import { remove } from '../../unit/support/actions';
import { createWorkplace } from '../../unit/support/workplace';
import { sandboxFor } from '../support';

/** Every resource the sandbox holds, as targets of the two sandbox accounts. */
function allTargets(sandbox: Sandbox): Target[] {
  const { alibabaCloud, volcengine } = sandbox.state();
  const at = (provider: Target['provider'], region: string, kind: Target['kind'], id: string): Target => ({
    provider,
    accountId: `sandbox:${provider}`,
    region,
    kind,
    id,
  });
  return [
    ...Object.entries(alibabaCloud).flatMap(([region, shelves]) => [
      ...shelves.managedInstance.map((i) => at('alibabaCloud', region, 'managedInstance', i.InstanceId)),
      ...shelves.activation.map((a) => at('alibabaCloud', region, 'activation', a.ActivationId)),
      ...shelves.instance.map((i) => at('alibabaCloud', region, 'instance', i.InstanceId)),
    ]),
    ...Object.entries(volcengine).flatMap(([region, shelves]) =>
      shelves.instance.map((i) => at('volcengine', region, 'instance', i.InstanceId)),
    ),
  ];
}

const destroying = ['DeregisterManagedInstance', 'DeleteActivation', 'DeleteInstances', 'DeleteInstance'];
const faultKinds = [
  'resetBefore',
  'resetAfter',
  'truncate',
  'emptyBody',
  'captivePortal',
  'unavailable',
  'serverError',
  'xml',
  'deny',
  'inProgress',
] as const;
const fault: fc.Arbitrary<Fault> = fc.oneof(
  fc.record({
    kind: fc.constantFrom(...faultKinds),
    action: fc.constantFrom(...destroying, 'DescribeManagedInstances', 'DescribeInstances', 'DescribeActivations'),
    skip: fc.nat(3),
    count: fc.integer({ min: 1, max: 3 }),
  }),
  fc.record({
    kind: fc.constant('throttle' as const),
    retryAfterMs: fc.constantFrom(10, 500),
    count: fc.integer({ min: 1, max: 6 }),
  }),
);

test('over HTTP, on both clouds: what is gone, what is reported and what is written down agree', async (t) => {
  const sandbox = await sandboxFor(t, { size: 6, seed: 'property' });
  const transport = createTransport();
  t.after(() => transport.close());
  const source = new SandboxAccounts();
  const { accessKeyId, accessKeySecret, endpoint } = sandbox.volcengine;
  const volcengine = { endpoint, accessKeyId, secretAccessKey: accessKeySecret };
  source.show(parseSandboxAddress(JSON.stringify({ alibabaCloud: sandbox.alibabaCloud, volcengine })));
  const accounts: Account[] = [...source.list()];
  const everything = allTargets(sandbox);

  const story = fc.record({
    picks: fc.array(fc.nat(everything.length - 1), { minLength: 1, maxLength: 12 }),
    faults: fc.array(fault, { maxLength: 4 }),
    cancelAt: fc.option(fc.nat(25), { nil: undefined }),
  });

  await fc.assert(
    fc.asyncProperty(story, async (told) => {
      sandbox.reset();
      const { gate, person, files } = createWorkplace(accounts, {}, { providers, transport });
      const before = new Map(allTargets(sandbox).map((x) => [targetKey(x), x]));
      const selection = [...new Set(told.picks)].map((pick) => everything[pick]).filter((x) => x !== undefined);
      sandbox.setFaults(told.faults);
      let seen = 0;
      const watch = sandbox.onDidReceive(() => {
        if (seen++ === told.cancelAt) person.abort.abort();
        assertWrittenDown();
      });
      const problems: string[] = [];
      function assertWrittenDown(): void {
        const intended = new Set(
          files.records().flatMap((r) =>
            r.type === 'before'
              ? r.targets.map((x) =>
                  targetKey({
                    provider: r.provider,
                    accountId: r.account.id,
                    region: r.region,
                    kind: x.kind,
                    id: x.id,
                  }),
                )
              : [],
          ),
        );
        const there = new Set(allTargets(sandbox).map(targetKey));
        for (const key of before.keys())
          if (!there.has(key) && !intended.has(key)) problems.push(`${key} is gone without a record`);
      }
      const report = await remove(gate, selection);
      watch.dispose();
      assertWrittenDown();
      assert.deepEqual(problems, []);
      assert.deepEqual(verifyAll(await files.list()).problems, []);
      const there = new Set(allTargets(sandbox).map(targetKey));
      const chosen = new Set(selection.map(targetKey));
      for (const key of before.keys()) if (!there.has(key)) assert.ok(chosen.has(key), `${key} was not selected`);
      if (report === undefined) {
        assert.deepEqual(
          [...before.keys()].filter((key) => !there.has(key)),
          [],
          'no run, and something is gone',
        );
        return;
      }
      assert.deepEqual(report.results.map((r) => targetKey(r.planned.target)).sort(), [...chosen].sort());
      for (const { planned, outcome } of report.results) {
        const present = there.has(targetKey(planned.target));
        if (outcome === 'done' || outcome === 'already')
          assert.equal(present, false, `${outcome}, but ${planned.name} is there`);
        // An open outcome claims neither: a cancelled run does not wait for what was accepted.
        else if (!isOpen(outcome)) assert.equal(present, true, `${outcome}, but ${planned.name} is gone`);
      }
    }),
    { numRuns: Number(process.env['STORIES'] ?? 120) },
  );
});
