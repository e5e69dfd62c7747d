import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { actionOf } from '../../../src/core/action';
import type { Item } from '../../../src/core/item';
import type { Kind } from '../../../src/core/kind';
import { providers } from '../../../src/providers';
import { contentHash, storedText } from '../../../src/providers/savedCommand';

const base64 = (text: string | Uint8Array): string => Buffer.from(text).toString('base64');

describe('the content of a saved command', () => {
  const texts = ['uptime\n', '#!/bin/bash\r\necho 问候 😀\n', '', 'a'];
  for (const text of texts)
    test(`${JSON.stringify(text)} is read from Base64`, () =>
      assert.deepEqual(storedText(base64(text)), { text, isExact: true }));

  test('is read from Base64 in lines and without padding', () => {
    const packed = base64('echo hello, world').replaceAll('=', '');
    assert.equal(storedText(packed.replace(/(.{5})/g, '$1\r\n')).text, 'echo hello, world');
  });

  test('is taken as it is from a gateway that answers in plain text', () => {
    for (const text of ['systemctl is-active nginx\n', '#!/bin/sh\nls', 'échos'])
      assert.deepEqual(storedText(text), { text, isExact: true });
  });

  test('is not exact where it is missing or is not UTF-8', () => {
    assert.equal(storedText(undefined).isExact, false);
    assert.equal(storedText(base64(Uint8Array.from([0xc4, 0xe3, 0xba, 0xc3]))).isExact, false);
  });
});

function recordOf(kind: Kind, record: Record<string, unknown>): Item {
  const answer = kind.list.operation.response.parse({ Commands: [{ CommandId: 'c-1', ...record }] });
  return kind.list.items(answer)[0] ?? assert.fail();
}

for (const { id, kinds } of providers) {
  const own = kinds.find((kind) => kind.id === 'command') ?? assert.fail();
  const shared = kinds.find((kind) => kind.id === 'publicCommand') ?? assert.fail();
  const types =
    id === 'alibabaCloud'
      ? { shell: 'RunShellScript', powershell: 'RunPowerShellScript', batch: 'RunBatScript' }
      : { shell: 'Shell', powershell: 'PowerShell', batch: 'Bat', python: 'Python' };
  const item = (record: Record<string, unknown>): Item => recordOf(own, record);

  describe(`saved commands of ${id}`, () => {
    for (const [language, Type] of Object.entries(types)) {
      test(`${Type} is ${language}`, () => {
        const one = item({ Type, CommandContent: base64('x') });
        assert.equal(own.script?.(one)?.language, language);
        assert.equal(own.state(one, new Date(0)).token, language);
      });
    }

    test('a shell script whose first line names Python is Python', () => {
      const one = item({ Type: types.shell, CommandContent: base64('#!/usr/bin/env python3\nprint(1)\n') });
      assert.equal(own.script?.(one)?.language, 'python');
    });

    test('a type that is not known is said to be, and is no script to run', () => {
      const one = item({ Type: 'RunPerl', CommandContent: base64('x') });
      assert.equal(own.state(one, new Date(0)).token, 'unknown');
      assert.equal(own.script?.(one)?.language, undefined);
    });

    test('both lists ask for Base64, and only one of them for what everybody has', () => {
      for (const kind of [own, shared])
        for (const cursor of [
          kind.list.pager.first,
          kind.list.pager.sample,
          kind.list.numbered?.page(2),
          kind.lookup.params(['c']),
        ])
          assert.deepEqual(
            [cursor?.['ContentEncoding'], cursor?.['Provider'] !== undefined],
            ['Base64', kind === shared],
          );
    });

    test('what everybody has cannot be changed', () => assert.deepEqual(shared.actions, []));

    test('the journal has the hash of a script and not its text', () => {
      const secret = 'password=not-for-the-journal';
      const kept = JSON.stringify(own.recorded?.(item({ Name: 'n', CommandContent: base64(secret) })));
      assert.ok(!kept.includes(base64(secret)) && !kept.includes(secret));
      assert.ok(kept.includes(contentHash(base64(secret)) ?? '?') && kept.includes('"n"'));
    });

    test('another script, name, type or description is another command; one more run is not', () => {
      const before = { Name: 'n', Description: 'd', Type: types.shell, CommandContent: base64('x') };
      const { sameAs } = (actionOf(own, 'deleteCommand') ?? assert.fail()).review;
      const looks = (change: Record<string, unknown>): string => JSON.stringify(sameAs(item({ ...before, ...change })));
      for (const change of [{ Name: 'm' }, { Description: '' }, { Type: types.batch }, { CommandContent: base64('y') }])
        assert.notEqual(looks(change), looks({}), JSON.stringify(change));
      assert.equal(looks({ InvokeTimes: 9, InvocationTimes: 9 }), looks({}));
    });

    test('a fingerprint tells nothing of the script but its hash', () => {
      const { sameAs } = (actionOf(own, 'rename') ?? assert.fail()).review;
      assert.ok(!JSON.stringify(sameAs(item({ CommandContent: base64('secret-word') }))).includes('secret-word'));
    });

    for (const [action, name] of [
      ['rename', 'Name'],
      ['changeDescription', 'Description'],
    ] as const) {
      test(`${action}: what it sends passes the schema, is reached, and can be taken back`, () => {
        const { operation, params, goal, danger, ids } = actionOf(own, action) ?? assert.fail();
        const answers = { [name]: '新的 name' };
        const sent = params(['c-1'], answers);
        operation.params.parse(id === 'alibabaCloud' ? { RegionId: 'r', ...sent } : sent);
        assert.deepEqual(sent, { CommandId: 'c-1', ...answers });
        assert.ok(goal.type === 'state' && ids.onlyOne === true);
        assert.equal(danger?.(answers), 'none');
        const asked = { answers, before: undefined, seenUnderWay: false };
        assert.equal(goal.reached(item({ [name]: '新的 name' }), asked), true);
        assert.equal(goal.reached(item({ [name]: 'old' }), asked), false);
        assert.deepEqual(goal.undo?.(item({ [name]: 'old' }), answers), { [name]: 'old' });
      });
    }

    test('a name that the cloud would refuse is said to be too long or empty', () => {
      const [input] = (actionOf(own, 'rename') ?? assert.fail()).inputs;
      assert.ok(input?.type === 'text');
      const most = id === 'alibabaCloud' ? 128 : 32;
      assert.equal(input.problem('n'.repeat(most), []), undefined);
      assert.match(input.problem('n'.repeat(most + 1), []) ?? '', new RegExp(String(most)));
      assert.notEqual(input.problem('  ', []), undefined);
    });
  });
}
