import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { encodeScript } from '../../../src/core/script';
import type { Target } from '../../../src/core/target';
import { OwnRuns } from '../../../src/services/operations/ownRuns';
import { alibabaPlace, volcenginePlace, withForeigners } from './foreignRuns';

const script = encodeScript({ language: 'shell', name: 'check.sh', text: 'echo "said here"\n' });
const answers = { script, windowsScript: '', settings: 'default', rollout: '100%;pause=never;errors=0' };

function textOf(host: { readonly output: { readonly bytes: Uint8Array } | undefined } | undefined): string {
  return Buffer.from(host?.output?.bytes ?? []).toString();
}

for (const place of [alibabaPlace, volcenginePlace]) {
  const { provider } = place;
  const hosts = provider === 'alibabaCloud' ? 'managedInstance' : 'instance';
  describe(`what the hosts of a run of ${provider} said`, () => {
    test('is read whoever started it, page by page, and hosts have their names', async (t) => {
      const { run, inventory, recordedRuns, sent } = await withForeigners(t);
      const id = await run(provider, 'echo "said there"\n');
      await inventory.list(place, 'run');
      const result = (await recordedRuns.ofRecord({ ...place, kind: 'run', id })) ?? assert.fail();
      assert.equal(sent('DescribeInvocationResults').length, 0);
      assert.equal(result.isOwn, false);
      await result.read();
      assert.equal(sent('DescribeInvocationResults').length, 1);
      const { hosts: said, stage } = result.current();
      assert.equal(stage, 'ended');
      assert.deepEqual(
        said.map((host) => [host.target.kind, host.state, textOf(host)]),
        said.map(() => [hosts, 'done', 'said there\n']),
      );
      assert.equal(said.length, 2);
      // No list of hosts was read: they are looked up, so that each one's own name is known.
      assert.ok(said.every(({ name, target, hostnames }) => name !== target.id && hostnames.length > 0));
    });

    test('is read again in another session, and the record is known to be ours', async (t) => {
      const { gate, inventory, journal, clouds, recordedRuns } = await withForeigners(t);
      const { items } = await inventory.list(place, hosts);
      const targets = [...items.keys()].map((id): Target => ({ ...place, kind: hosts, id }));
      const { report } = await gate.perform({ action: 'runCommand', targets, answers });
      const run = report?.run ?? assert.fail();
      // Nothing but the journal and the cloud is asked.
      const result = (await recordedRuns.ofRun(run)) ?? assert.fail();
      assert.equal(result.isOwn, true);
      await result.read();
      const ran = (report?.results ?? []).filter(({ outcome }) => outcome === 'done').length;
      const said = result.current().hosts.filter((host) => textOf(host) === 'said here\n');
      assert.ok(ran > 0);
      assert.equal(said.length, ran);
      assert.match(result.current().scripts.join(' '), /^check\.sh, shell, \d lines?, SHA-256 /);
      const own = new OwnRuns({ journal, clouds });
      const list = await inventory.list(place, 'run', { refresh: true });
      const [record] = [...list.items.keys()];
      const target: Target = { ...place, kind: 'run', id: record ?? assert.fail() };
      const kind = clouds.kind(provider, 'run') ?? assert.fail();
      assert.equal(kind.name(list.items.get(target.id) ?? {}), 'check.sh');
      const news = new Promise<readonly Target[]>((resolve) => own.onDidChange(resolve));
      assert.equal(own.of(target), undefined);
      assert.deepEqual(await news, [target]);
      assert.equal(own.of(target), run);
      assert.equal(own.of({ ...target, id: 'x' }), undefined);
    });

    test('that still goes on is read again only while somebody looks', async (t) => {
      const { run, inventory, recordedRuns, clock, sent } = await withForeigners(t);
      const id = await run(provider, 'echo begun; sleep 20; echo over\n');
      await inventory.list(place, 'run');
      const result = (await recordedRuns.ofRecord({ ...place, kind: 'run', id })) ?? assert.fail();
      await result.read();
      assert.equal(result.current().stage, 'running');
      clock.advance(60_000);
      assert.equal(sent('DescribeInvocationResults').length, 1);
      const over = new Promise<void>((resolve) => {
        const looking = result.onDidChange(() => {
          if (result.current().stage !== 'ended') return;
          looking.dispose();
          resolve();
        });
      });
      await over;
      assert.equal(sent('DescribeInvocationResults').length, 2);
      assert.equal(textOf(result.current().hosts[0]), 'begun\nover\n');
    });

    test('that the cloud keeps no more is said to be gone', async (t) => {
      const { run, inventory, recordedRuns, sandbox } = await withForeigners(t);
      const id = await run(provider, 'true\n');
      await inventory.list(place, 'run');
      const result = (await recordedRuns.ofRecord({ ...place, kind: 'run', id })) ?? assert.fail();
      sandbox.reset();
      await assert.rejects(result.read(), { message: 'The cloud keeps no results of this run any more.' });
    });
  });
}
