import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { actionOf, answersKept, paramsKept, type Action } from '../../../../src/core/action';
import type { Item } from '../../../../src/core/item';
import type { Kind } from '../../../../src/core/kind';
import { encodeScript } from '../../../../src/core/script';
import { providers } from '../../../../src/providers';
import { progressOf } from '../../../../src/services/actions/goal';
import { readTargets } from '../../../../src/services/actions/readTargets';

const asked = (answers: Record<string, string>) => ({ answers, before: undefined, seenUnderWay: false });
const script = (text: string): string => encodeScript({ language: 'shell', name: 'x.sh', text });

for (const { id, kinds } of providers) {
  const kind: Kind = kinds.find(({ saving }) => saving !== undefined) ?? assert.fail();
  const create: Action = actionOf(kind, 'createCommand') ?? assert.fail();
  const place = { provider: id, accountId: 'a', region: 'r' } as const;
  const item = (record: Record<string, unknown>): Item => {
    const answer = kind.list.operation.response.parse({ Commands: [{ CommandId: 'c', ...record }] });
    return kind.list.items(answer)[0] ?? assert.fail();
  };

  describe(`making something on ${id}`, () => {
    const text = '#!/bin/bash\nuptime\n';
    const CommandContent = Buffer.from(text).toString('base64');
    const answers = { script: script(text) };

    test('is named by what it will be called, and by nothing else', () => {
      assert.equal(create.ids.param, 'Name');
      assert.ok(create.ids.onlyOne === true && create.goal.type === 'created');
      assert.equal(create.params(['web'], answers)['Name'], 'web');
      assert.equal(create.offered?.(item({}), new Date(0)), false);
    });

    test('is not done while nothing is there, and done once it is', () => {
      assert.equal(progressOf(create, undefined, asked(answers)), 'open');
      assert.equal(progressOf(create, item({ Name: 'web', CommandContent }), asked(answers)), 'reached');
    });

    const reading = async (records: readonly Item[], given: Record<string, string>) => {
      const params: unknown[] = [];
      const inventory = {
        lookup: () => assert.fail('There is no id to look for.'),
        named: (_place: unknown, _kind: unknown, by: unknown) => {
          params.push(by);
          return Promise.resolve([...records]);
        },
      };
      const found = await readTargets(inventory, { place, kind, action: create, answers: given }, ['web'], {});
      return { found: [...found.keys()], params };
    };

    test('is found by its name and content only', async () => {
      const it = item({ Name: 'web', CommandContent });
      assert.deepEqual(await reading([it], answers), { found: ['web'], params: [{ Name: 'web' }] });
      assert.deepEqual((await reading([item({ Name: 'web-2', CommandContent })], answers)).found, []);
      assert.deepEqual((await reading([item({ Name: 'web', CommandContent: 'eA==' })], answers)).found, []);
      assert.deepEqual((await reading([], answers)).found, []);
    });

    test('is found by what the journal keeps of it, which is not the script', async () => {
      const kept = answersKept(create, answers);
      assert.ok(!JSON.stringify(kept).includes('uptime'));
      assert.equal(kept['script'], undefined);
      const it = item({ Name: 'web', CommandContent });
      assert.deepEqual((await reading([it], kept as Record<string, string>)).found, ['web']);
      assert.equal(paramsKept(create, create.params(['web'], answers))['CommandContent'], undefined);
    });

    test('sends what passes the schema of its operation', () => {
      const { operation } = create;
      const whole = { ...answers, description: 'd', folder: '/tmp', timeout: '60', parameters: 'parameters' };
      const region = 'RegionId' in operation.params.shape ? { RegionId: 'r' } : {};
      for (const given of [answers, whole]) operation.params.parse({ ...region, ...create.params(['web'], given) });
    });

    test('is done to nothing that has no words in it', () => {
      const { findings } = create.review;
      const codes = (given: Record<string, string>) => findings({}, new Date(0), given).map(({ code }) => code);
      assert.deepEqual(codes({}), []);
      assert.deepEqual(codes({ script: script(' \n') }), ['noScript']);
      assert.deepEqual(codes({ script: '' }), ['noScript']);
      assert.deepEqual(codes({ script: script(`#!/bin/bash\n${'x'.repeat(20_000)}`) }), ['tooLong']);
      assert.deepEqual(codes({ script: script(text) }), []);
    });
  });
}
