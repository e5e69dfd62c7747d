import assert from 'node:assert/strict';
import { describe, test, type TestContext } from 'node:test';
import type { ProviderId } from '../../../src/core/account';
import type { Answers } from '../../../src/core/input';
import { encodeScript } from '../../../src/core/script';
import { targetKey } from '../../../src/core/target';
import type { FakePerson } from '../../unit/support/workplace';
import { outcomesIn, sandboxPlace } from './sandboxPlace';

const clouds = [
  { provider: 'alibabaCloud', region: 'cn-hangzhou', own: 'nginx-state' },
  { provider: 'volcengine', region: 'cn-beijing', own: 'nginx-state' },
] as const satisfies readonly { provider: ProviderId; region: string; own: string }[];

const secret = 'echo password=not-for-the-journal';
const script = (text = `#!/bin/bash\n${secret}\n`): string =>
  encodeScript({ language: 'shell', name: 'check.sh', text });
const plain: Answers = { script: script(), description: '检查', folder: '/tmp', timeout: '90', parameters: 'text' };

/** Does something while the first question stands. */
function meanwhile(person: FakePerson, what: () => Promise<unknown>): void {
  const confirm = person.confirm.bind(person);
  person.confirm = async (plan) => {
    person.confirm = confirm;
    await what();
    return confirm(plan);
  };
}

async function commandsPlace(t: TestContext, { provider, region }: (typeof clouds)[number]) {
  const place = await sandboxPlace(t, { provider, region, kind: 'command' });
  const at = { provider, region, accountId: `sandbox:${provider}` } as const;
  const kind = place.clouds.kind(provider, 'command') ?? assert.fail();
  const listed = async () => {
    const listing = await place.inventory.list(at, 'command', { refresh: true });
    await listing.finished;
    assert.equal(listing.error, undefined);
    return [...listing.items.values()].map((item) => ({ id: kind.identify(item), ...kind.script?.(item) }));
  };
  const idOf = async (name: string) => (await listed()).find((one) => one.name === name)?.id ?? assert.fail(name);
  const target = (id: string) => ({ ...at, kind: 'command' as const, id });
  const create = async (name: string, answers: Answers = plain) =>
    (await place.gate.perform({ action: 'createCommand', targets: [target(name)], answers })).report;
  const perform = async (action: string, name: string, answers: Answers = {}) =>
    outcomesIn((await place.gate.perform({ action, targets: [target(await idOf(name))], answers })).report);
  const sent = (action: string) => place.sandbox.requests().filter((request) => request.action === action);
  return { ...place, listed, idOf, target, create, perform, sent, kind };
}

for (const cloud of clouds) {
  describe(`saved commands of ${cloud.provider}`, () => {
    test('a script is saved under a name, after a question, and is read back as it was', async (t) => {
      const { create, listed, person, sent } = await commandsPlace(t, cloud);
      assert.deepEqual(outcomesIn(await create('check-disk')), { 'check-disk': 'done' });
      const made = (await listed()).find(({ name }) => name === 'check-disk') ?? assert.fail();
      assert.deepEqual(
        [made.text, made.description, made.folder, made.timeout, made.parameters, made.language],
        [`#!/bin/bash\n${secret}\n`, '检查', '/tmp', 90, undefined, 'shell'],
      );
      assert.equal(person.asked.length, 1);
      assert.equal(sent('CreateCommand').length, 1);
    });

    test('what is saved stands in no journal, before or after', async (t) => {
      const { create, perform, files } = await commandsPlace(t, cloud);
      await create('check-disk');
      await perform('rename', 'check-disk', { Name: 'check-disks' });
      await perform('deleteCommand', 'check-disks');
      const written = JSON.stringify(files.records());
      assert.ok(!written.includes('not-for-the-journal'));
      assert.ok(!written.includes(Buffer.from(secret).toString('base64').slice(4, 30)));
      assert.ok(written.includes('scriptSha256'));
    });

    for (const kind of ['resetAfter', 'hangAfter', 'truncate', 'resetBefore'] as const) {
      test(`an answer that is lost (${kind}) makes no second command`, async (t) => {
        const { create, listed, sandbox } = await commandsPlace(t, cloud);
        sandbox.setFaults([{ kind, action: 'CreateCommand', count: 1 }]);
        const [outcome] = Object.values(outcomesIn(await create('check-disk')));
        const made = (await listed()).filter(({ name }) => name === 'check-disk').length;
        assert.ok(made <= 1, `${made}`);
        assert.equal(outcome, made === 1 ? 'done' : outcome);
        if (kind !== 'resetBefore') assert.deepEqual([made, outcome], [1, 'done']);
      });
    }

    test('one that is there already, under the same name with the same script, is not made again', async (t) => {
      const { create, listed, sent } = await commandsPlace(t, cloud);
      await create('check-disk');
      assert.deepEqual(outcomesIn(await create('check-disk')), { 'check-disk': 'already' });
      assert.equal(sent('CreateCommand').length, 1);
      assert.equal((await listed()).filter(({ name }) => name === 'check-disk').length, 1);
    });

    test('without the permission nothing is made, and the permission is named', async (t) => {
      const { create, listed, sandbox } = await commandsPlace(t, cloud);
      sandbox.setFaults([{ kind: 'deny', action: 'CreateCommand' }]);
      const report = await create('check-disk');
      const [result] = report?.results ?? [];
      assert.equal(result?.outcome, 'refused');
      assert.match(`${result.message} ${result.advice}`, /ecs:CreateCommand/);
      assert.ok((await listed()).every(({ name }) => name !== 'check-disk'));
    });

    test('a person who turns away has nothing sent', async (t) => {
      const { create, sent, person } = await commandsPlace(t, cloud);
      person.answer = 'cancel';
      assert.equal(await create('check-disk'), undefined);
      assert.deepEqual(sent('CreateCommand'), []);
    });

    test('a script that is empty or too long is refused before anything is sent', async (t) => {
      const { create, sent } = await commandsPlace(t, cloud);
      for (const text of ['', ' \n', `#!/bin/bash\n${'#'.repeat(20_000)}`])
        assert.equal(await create('check-disk', { ...plain, script: script(text) }), undefined);
      assert.deepEqual(sent('CreateCommand'), []);
    });

    test('values are put in only where a person said that they are parameters', async (t) => {
      const { create, listed } = await commandsPlace(t, cloud);
      const text = '#!/bin/bash\necho {{name}} {{name}} {{other}}\n';
      await create('as-text', { ...plain, script: script(text) });
      await create('as-parameters', { ...plain, script: script(text), parameters: 'parameters' });
      const all = await listed();
      assert.equal(all.find(({ name }) => name === 'as-text')?.parameters, undefined);
      const { parameters = [] } = all.find(({ name }) => name === 'as-parameters') ?? {};
      assert.deepEqual(
        parameters.map(({ name }) => name),
        ['name', 'other'],
      );
    });

    test('one is renamed, described, and deleted after its name was typed', async (t) => {
      const { perform, listed, person } = await commandsPlace(t, cloud);
      assert.deepEqual(await perform('rename', cloud.own, { Name: '新名称' }), { [cloud.own]: 'done' });
      assert.deepEqual(await perform('changeDescription', '新名称', { Description: 'was renamed' }), {
        新名称: 'done',
      });
      assert.equal((await listed()).find(({ name }) => name === '新名称')?.description, 'was renamed');
      assert.deepEqual(await perform('deleteCommand', '新名称'), { 新名称: 'done' });
      assert.equal(person.typed.at(-1)?.expected, '新名称');
      assert.ok((await listed()).every(({ name }) => name !== '新名称'));
    });

    test('one that another deletes while the question stands is already gone, and nothing is sent twice', async (t) => {
      const { gate, idOf, target, person, sent } = await commandsPlace(t, cloud);
      const gone = target(await idOf(cloud.own));
      meanwhile(person, () => gate.perform({ action: 'deleteCommand', targets: [gone] }));
      assert.deepEqual(outcomesIn((await gate.perform({ action: 'deleteCommand', targets: [gone] })).report), {
        [cloud.own]: 'already',
      });
      assert.equal(sent('DeleteCommand').length, 1);
    });

    test('one that another renames while the question stands is left alone', async (t) => {
      const { gate, idOf, target, person, sent } = await commandsPlace(t, cloud);
      const one = target(await idOf(cloud.own));
      const rename = { action: 'rename', targets: [one], answers: { Name: 'other' }, ours: true };
      meanwhile(person, () => gate.perform(rename));
      const { report } = await gate.perform({ action: 'deleteCommand', targets: [one] });
      assert.equal(report?.results[0]?.outcome, 'changed');
      assert.deepEqual(sent('DeleteCommand'), []);
    });
  });
}

describe('the script of a command', () => {
  const [alibaba, volcengine] = clouds;
  const text = '#!/bin/bash\nsystemctl is-active nginx mysql\n';

  test('is changed where the cloud can', async (t) => {
    const { perform, listed, idOf } = await commandsPlace(t, volcengine);
    const id = await idOf('nginx-state');
    assert.deepEqual(await perform('changeScript', 'nginx-state', { script: script(text) }), { 'nginx-state': 'done' });
    assert.deepEqual(
      (await listed()).filter(({ name }) => name === 'nginx-state').map((one) => [one.id, one.text]),
      [[id, text]],
    );
  });

  async function replacing(t: TestContext) {
    const place = await commandsPlace(t, alibaba);
    const old = await place.idOf('nginx-state');
    const replace = async (to: string) => {
      const then = { action: 'remove', targets: [place.target(old)] };
      const answers = { ...plain, script: script(to) };
      const targets = [place.target('nginx-state')];
      return (await place.gate.perform({ action: 'replaceCommand', targets, answers, then })).report;
    };
    const named = async () => (await place.listed()).filter(({ name }) => name === 'nginx-state');
    return { ...place, old, replace, named };
  }

  test('is another command where the cloud cannot, in one plan with one question, the old one last', async (t) => {
    const { replace, named, old, person, sent, sandbox } = await replacing(t);
    const report = await replace(text);
    assert.deepEqual(
      report?.results.map(({ outcome }) => outcome),
      ['done', 'done'],
    );
    const left = await named();
    assert.deepEqual(
      left.map((one) => one.text),
      [text],
    );
    assert.notEqual(left[0]?.id, old);
    assert.equal(person.asked.length, 1);
    assert.match(person.asked[0]?.groups[0]?.action.words.consequence(1, {}) ?? '', /only when it is known to exist/);
    assert.equal(sent('CreateCommand').length, 1);
    const order = sandbox.requests().flatMap(({ action }) => (/^(Create|Delete)/.test(action) ? [action] : []));
    assert.deepEqual(order, ['CreateCommand', 'DeleteCommand']);
  });

  for (const fault of [
    { kind: 'deny', action: 'CreateCommand' },
    { kind: 'refuse', code: 'CmdCount.ExceedQuota', action: 'CreateCommand' },
    { kind: 'resetBefore', action: 'CreateCommand' },
    { kind: 'serverError', action: 'CreateCommand' },
    { kind: 'captivePortal', action: 'CreateCommand' },
  ] as const) {
    test(`leaves the old one alone where no new one is known to exist (${fault.kind})`, async (t) => {
      const { replace, named, old, sandbox, sent } = await replacing(t);
      sandbox.setFaults([fault]);
      const report = await replace(text);
      assert.equal(report?.results[1]?.outcome, 'notSent');
      assert.deepEqual(
        (await named()).map(({ id }) => id),
        [old],
      );
      assert.deepEqual(sent('DeleteCommand'), []);
    });
  }

  test('goes through where only the answer is lost', async (t) => {
    const { replace, named, sandbox } = await replacing(t);
    sandbox.setFaults([{ kind: 'resetAfter', action: 'CreateCommand', count: 1 }]);
    assert.deepEqual(
      (await replace(text))?.results.map(({ outcome }) => outcome),
      ['done', 'done'],
    );
    assert.equal((await named()).length, 1);
  });

  test('that is the same as before deletes nothing', async (t) => {
    const { replace, named, old, sent } = await replacing(t);
    await replace('systemctl is-active nginx\n');
    assert.deepEqual(
      (await named()).map(({ id }) => id),
      [old],
    );
    assert.deepEqual([sent('CreateCommand'), sent('DeleteCommand')], [[], []]);
  });

  test('a person who takes the new one out of the plan has the old one left alone, too', async (t) => {
    const { gate, target, old } = await replacing(t);
    const then = { action: 'remove', targets: [target(old)] };
    const request = {
      action: 'replaceCommand',
      targets: [target('nginx-state')],
      answers: { ...plain, script: script(text) },
      then,
    };
    const plan = (await gate.propose(request)) ?? assert.fail();
    assert.equal(plan.groups.length, 2);
    assert.equal(gate.narrow(plan.id, new Set([targetKey(target('nginx-state'))])), undefined);
  });
});
