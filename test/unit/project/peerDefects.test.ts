import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, test } from 'node:test';
import type { Account } from '../../../src/core/account';
import { removalOf } from '../../../src/core/action';
import type { Exchange } from '../../../src/core/exchange';
import type * as accountStepsModule from '../../../src/host/accounts/steps';
import type { AccountDraft, Step } from '../../../src/host/accounts/steps';
import type * as prompterModule from '../../../src/host/actions/prompter';
import type { Row } from '../../../src/host/contract/arguments';
import { selectedRows, targetsOf } from '../../../src/host/contract/selection';
import type * as responseDocumentsModule from '../../../src/host/exchanges/responseDocuments';
import { journalFileName } from '../../../src/platform/journalFiles';
import { alibabaCloud } from '../../../src/providers/alibaba/provider';
import { StoredAccounts } from '../../../src/services/accounts/storedAccounts';
import type { Prompter } from '../../../src/services/actions/ports';
import { remove, planRemoval } from '../support/actions';
import { fakeAccount, type FakeRequest } from '../support/fakeCloud';
import { FakeVscode, requireWith, type Shown } from '../support/fakeVscode';
import { createWorkplace, target } from '../support/workplace';

/**
 * One test for each defect that was found by reading the code of comparable tools. Each fails when the defect is put
 * into our code.
 */
const root = resolve(__dirname, '..', '..', '..');

/** A workplace whose person is asked by our own dialogs; `answer` stands for the person. */
function create(accounts: Account[] = [fakeAccount('a')], env: Readonly<Record<string, string>> = {}) {
  const vscode = new FakeVscode();
  const place = createWorkplace(accounts, env);
  const { createPrompter } = requireWith<typeof prompterModule>(vscode, 'actions/prompter');
  const prompter: Prompter = createPrompter({ cloudName: () => 'Fake', askScript: () => Promise.resolve(undefined) });
  Object.assign(place.person, prompter);
  for (const { id } of accounts) place.cloud.put(id, 'r-1', { id: 'x', name: 'web' }, { id: 'y', name: 'db' });
  const destructive = (): readonly FakeRequest[] =>
    place.cloud.requests.filter((r) => r.action.startsWith('Remove') && r.params['DryRun'] !== true);
  return { ...place, vscode, destructive };
}

/** Presses the button that deletes, and types what is asked for. */
function agree(shown: Shown): string | undefined {
  return shown.how === 'input'
    ? /[“"]([^”"]+)[”"]/.exec(shown.message)?.[1]
    : shown.buttons.find((b) => b === 'Remove');
}

const sources = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => ({ name: name.replaceAll('\\', '/'), text: readFileSync(join(root, 'src', name), 'utf8') }));

/** The source files in which something stands. */
function filesWith(pattern: RegExp): string[] {
  return sources.filter(({ text }) => pattern.test(text)).map(({ name }) => name);
}

describe('#1 goes on before the person has answered', () => {
  const ask = (
    name: string,
    kind: 'managedInstance' | 'instance',
    answer: (shown: Shown) => string | undefined,
  ): void => {
    test(`${name}: nothing is sent`, async () => {
      const { gate, vscode, destructive } = create();
      vscode.answer = answer;
      assert.equal(await remove(gate, [target('a', 'r-1', 'x', kind)]), undefined);
      assert.ok(vscode.shown.length > 0);
      assert.equal(destructive().length, 0);
    });
  };
  ask('Escape', 'managedInstance', () => undefined);
  ask('Cancel', 'managedInstance', () => 'Cancel');
  ask('another button', 'managedInstance', ({ buttons }) => buttons.find((b) => b !== 'Remove'));
  ask('Escape in the box for typing', 'instance', (shown) => (shown.how === 'input' ? undefined : agree(shown)));
  ask('something else typed', 'instance', (shown) => (shown.how === 'input' ? 'yes' : agree(shown)));

  test('no promise may go unheard: the rules that see it are on', () => {
    const rules = readFileSync(join(root, 'eslint.config.mjs'), 'utf8');
    for (const rule of ['no-floating-promises', 'no-misused-promises']) {
      assert.match(rules, new RegExp(`'@typescript-eslint/${rule}': 'error'`));
    }
  });
});

test('#2 shows a Cancel that is connected to nothing', async () => {
  const { gate, cloud, vscode, destructive } = create();
  vscode.answer = (shown) => (shown.how === 'input' ? '30' : agree(shown));
  const many = Array.from({ length: 30 }, (_, i) => ({ id: `m${i}`, name: `m${i}` }));
  cloud.put('a', 'r-1', ...many);
  cloud.fault('RemoveThing', ...many.map(() => ({ kind: 'hang' }) as const));
  // Silent until the Cancel, which is pressed as soon as it can be seen; what is out then is waited for, as long as it takes.
  cloud.patience = Infinity;
  vscode.onProgress = () => {
    vscode.cancelProgress();
    cloud.patience = 0;
  };
  const cancelled = await remove(
    gate,
    many.map(({ id }) => target('a', 'r-1', id)),
  );
  assert.equal(cancelled?.cancelled, true);
  assert.ok(destructive().length < 10, `${destructive().length} were sent all the same`);
  assert.ok(cancelled.results.some((r) => r.outcome === 'notSent'));
});

test("#3 takes the first selected node's subscription for all groups", async () => {
  const { gate, cloud, vscode, destructive } = create([fakeAccount('a'), fakeAccount('b'), fakeAccount('c')]);
  cloud.put('b', 'r-2', { id: 'x', name: 'web' });
  vscode.answer = agree;
  await remove(gate, [target('a', 'r-1', 'x'), target('b', 'r-1', 'y'), target('b', 'r-2', 'x')]);
  const sent = destructive().map((r) => `${r.accountKey} ${r.region} ${String(r.params['InstanceId'])}`);
  assert.deepEqual([...sent].sort(), ['a:1 r-1 x', 'b:1 r-1 y', 'b:1 r-2 x']);
  const left = ['a', 'b', 'c'].map((account) => cloud.ids(account, 'r-1'));
  assert.deepEqual(left, [['y'], ['x'], ['x', 'y']]);
});

test('#4 begins to delete while the next question is still open', async () => {
  const { gate, vscode, destructive } = create([fakeAccount('a', { level: 'production' }), fakeAccount('b')]);
  const sentBefore: number[] = [];
  vscode.answer = (shown) => {
    sentBefore.push(destructive().length);
    if (shown.how !== 'input') return agree(shown);
    return shown.message.includes('Account a') ? 'Account a' : '2';
  };
  await remove(gate, [target('a', 'r-1', 'x', 'instance'), target('b', 'r-1', 'x', 'instance')]);
  assert.deepEqual(sentBefore, [0, 0, 0], 'one question and two texts to type, all before the first call');
  assert.equal(destructive().length, 2);
});

describe('#5 asks without names and number, and hides all failures but the first', () => {
  test('the question names what, how many, where and whose', async () => {
    const { gate, vscode } = create();
    await remove(gate, [target('a', 'r-1', 'x'), target('a', 'r-1', 'y')]);
    const [{ message, detail } = assert.fail('nothing was asked')] = vscode.shown;
    assert.match(message, /2/);
    for (const named of ['web', 'db', 'x', 'y', 'Account a', 'r-1']) assert.ok(detail.includes(named), named);
  });

  test('every target has its own outcome', async () => {
    const { gate, cloud, vscode } = create();
    cloud.put('a', 'r-1', { id: 'z', name: 'z' });
    vscode.answer = agree;
    const refusal = { kind: 'error', status: 403 } as const;
    cloud.fault('RemoveThing', { ...refusal, code: 'Denied' }, { ...refusal, code: 'Protected' });
    const report = await remove(
      gate,
      ['x', 'y', 'z'].map((id) => target('a', 'r-1', id)),
    );
    const said = report?.results.map((r) => r.code ?? r.outcome).sort();
    assert.deepEqual(said, ['Denied', 'Protected', 'done']);
  });
});

test('#6 asks in a notification that goes away by itself', async () => {
  const { gate, vscode } = create();
  vscode.answer = agree;
  await remove(gate, [target('a', 'r-1', 'x', 'instance')]);
  await remove(gate, [target('a', 'r-1', 'gone')]);
  await remove(gate, [target('nobody', 'r-1', 'x')]);
  assert.deepEqual(
    vscode.shown.map(({ how, modal }) => ({ how, modal })),
    [
      { how: 'warning', modal: true },
      { how: 'input', modal: true },
      { how: 'information', modal: true },
      { how: 'error', modal: true },
    ],
  );
  const [question] = vscode.shown;
  assert.notEqual(question?.buttons[0], 'Remove', 'Enter presses the first button');
});

describe('#7 deletes all of a kind from the palette, without a question', () => {
  test('no targets are no plan and no call', async () => {
    const { gate, vscode, cloud } = create();
    vscode.answer = agree;
    assert.equal(await remove(gate, []), undefined);
    assert.deepEqual([vscode.shown.length, cloud.requests.length], [0, 0]);
  });

  test('an account, a region or a list among the rows stands for nothing', () => {
    const place = { provider: 'alibabaCloud', accountId: 'a', region: 'r-1' } as const;
    const rows: Row[] = [
      { type: 'resource', target: target('a', 'r-1', 'x') },
      { type: 'kind', place, kind: 'managedInstance' },
    ];
    assert.deepEqual(targetsOf(rows, ['managedInstance']), { ok: false, others: [rows[1]] });
  });

  test('every way into the gate asks before it sends', async () => {
    const { gate, vscode, cloud, destructive } = create();
    const plan = await planRemoval(gate, [target('a', 'r-1', 'x')]);
    await gate.runReviewed(plan?.id ?? '');
    cloud.fault('RemoveThing', { kind: 'error', code: 'BadKey', status: 403 });
    vscode.answer = agree;
    const report = (await remove(gate, [target('a', 'r-1', 'x')])) ?? assert.fail('it did not run');
    assert.equal(destructive().length, 1);
    vscode.answer = () => undefined;
    await gate.retry(report);
    assert.equal(vscode.shown.length, 3);
    assert.equal(destructive().length, 1);
  });

  test('nobody but the gate starts a run, and nobody but its calls have a permit', () => {
    assert.deepEqual(filesWith(/new RunEngine\(/), ['services/actions/gate.ts']);
    assert.deepEqual(filesWith(/\.mint\(/), ['services/actions/gate.ts']);
    assert.deepEqual(filesWith(/\bsender\.send\(/), ['services/actions/call.ts']);
    assert.deepEqual(filesWith(/new CallRunner\(/), ['services/actions/engine.ts']);
    assert.deepEqual(filesWith(/new Sender\(/), ['compose/calls.ts']);
  });
});

describe('#8, #9 writes the configuration of the vendors’ tools', () => {
  test('nothing writes files but the journal, what windows tell each other, and what a person saves under a name of his own', () => {
    const writes =
      /\b(writeFile|appendFile|createWriteStream|copyFile|truncate|unlink|rmdir|symlink|chmod)(Sync)?\(|\brename(Sync)?\(join|, 'w'|, 'a'/;
    const others = filesWith(writes)
      .filter((name) => !name.startsWith('sandbox/'))
      .sort();
    assert.deepEqual(others, [
      'host/ui/saveText.ts',
      'host/ui/textFiles.ts',
      'platform/journalFiles.ts',
      'platform/sharedFiles.ts',
    ]);
    assert.deepEqual(filesWith(/createSharedFiles\(join\(folder, 'shared'\)/), ['compose/machine.ts']);
    const text = (name: string): string => sources.find((s) => s.name === name)?.text ?? '';
    assert.match(text('host/ui/saveText.ts'), /showSaveDialog/);
    assert.match(text('host/ui/textFiles.ts'), /writeFile\([^)]*\): void \{\s*throw/, 'documents are read-only');
  });

  test('there is no current account: what is switched meanwhile is not what is used', async () => {
    const { gate, accounts, vscode, destructive } = create([fakeAccount('a'), fakeAccount('b')]);
    vscode.answer = (shown) => {
      accounts.reverse();
      accounts.unshift(fakeAccount('c'));
      return agree(shown);
    };
    await remove(gate, [target('a', 'r-1', 'x')]);
    assert.deepEqual(
      destructive().map((r) => r.accountKey),
      ['a:1'],
    );
  });
});

test('#10 shows the secret while it is typed', async () => {
  const vscode = new FakeVscode();
  const { keySteps } = requireWith<typeof accountStepsModule>(vscode, 'accounts/steps');
  const draft: AccountDraft = { provider: 'volcengine', name: '', level: 'normal', keyId: '', secret: '', token: '' };
  const steps: readonly Step[] = keySteps(draft);
  for (const [index, step] of steps.entries()) {
    const went = step({ title: 't' });
    vscode.boxes[index]?.accept(`AKLTexample${index}`);
    assert.equal(await went, 'next');
  }
  assert.deepEqual([draft.keyId, draft.secret, draft.token], ['AKLTexample0', 'AKLTexample1', 'AKLTexample2']);
  assert.deepEqual(
    vscode.boxes.map((box) => box.password),
    [false, true, true],
  );
});

describe('#11 lets other extensions read the secret', () => {
  test('a run leaves it in no variable, console, message, record or journal', async (t) => {
    const printed: unknown[] = [];
    for (const method of ['log', 'info', 'warn', 'error', 'debug'] as const) {
      t.mock.method(console, method, (...texts: unknown[]) => printed.push(texts));
    }
    const keys = { accessKeyId: 'a:1', accessKeySecret: 'CANARY-SECRET', securityToken: 'CANARY-TOKEN' };
    const state = new Map<string, unknown>();
    const secrets = new Map<string, string>();
    const stored = new StoredAccounts(
      { get: (key) => state.get(key), set: (key, value) => Promise.resolve(void state.set(key, value)) },
      {
        get: (key) => Promise.resolve(secrets.get(key)),
        store: (key, value) => Promise.resolve(void secrets.set(key, value)),
        delete: (key) => Promise.resolve(void secrets.delete(key)),
      },
      () => ({ ok: true, endpoint: undefined }),
      () => 'n1',
    );
    await stored.add(stored.draft({ provider: 'alibabaCloud', name: 'ops', level: 'normal' }, keys), keys);
    const [account = assert.fail('not stored')] = stored.list();
    const { gate, cloud, vscode, files, exchanges } = create([account]);
    cloud.put('a', 'r-1', { id: 'x', name: 'ActivationCode=CANARY-CODE' }, { id: 'y', name: 'db' });
    cloud.fault('RemoveThing', { kind: 'error', code: 'BadKey', status: 403 }, { kind: 'resetBefore' });
    vscode.answer = agree;
    const report =
      (await remove(
        gate,
        ['x', 'y'].map((id) => target(account.id, 'r-1', id)),
      )) ?? assert.fail();
    assert.ok(report.results.some((r) => r.outcome !== 'done'));
    const seen = JSON.stringify([
      process.env,
      printed,
      vscode.shown,
      [...state],
      exchanges,
      report.results.map((r) => r.message),
    ]);
    assert.doesNotMatch(seen, /CANARY-(SECRET|TOKEN)/);
    assert.doesNotMatch(JSON.stringify([...files.files]).replaceAll('"name":"', ''), /CANARY-(SECRET|TOKEN)/);
    assert.equal(printed.length, 0);
  });

  test('nothing is put into the environment, and nothing is printed', () => {
    assert.deepEqual(filesWith(/process\.env(\.\w+|\[[^\]]+\])\s*=[^=]|Object\.assign\(process\.env/), []);
    const printing = filesWith(/\bconsole\.\w+\(/);
    assert.deepEqual(
      printing.filter((name) => name !== 'sandbox/cli.ts'),
      [],
    );
  });
});

test('#12 is activated by an event that does not exist', () => {
  // The shape is the manifest's own.
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { activationEvents: string[] };
  const known =
    /^(onStartupFinished|workspaceContains:.+|on(Command|Language|View|Uri|FileSystem|CustomEditor|WebviewPanel|AuthenticationRequest|Terminal|TaskType|Debug|Walkthrough)\w*(:.+)?)$/;
  assert.deepEqual(
    manifest.activationEvents.filter((event) => !known.test(event)),
    [],
  );
});

describe('#13 makes file names that Windows refuses', () => {
  const refused = /[<>:"\\|?*\p{Cc}]|[. ]$/u;

  test('the journal', () => {
    assert.doesNotMatch(journalFileName(new Date('2026-01-02T03:04:05.678Z'), 'ab12'), refused);
    assert.deepEqual(filesWith(/new Journal\(/), ['compose/core.ts']);
    assert.deepEqual(filesWith(/journalFileName\(/), ['compose/machine.ts', 'platform/journalFiles.ts']);
  });

  test('the tabs of answers, which can be saved', async () => {
    const vscode = new FakeVscode();
    const opened: { readonly path: string }[] = [];
    Object.assign(vscode.window, {
      showTextDocument: (uri: { readonly path: string }) => Promise.resolve(void opened.push(uri)),
    });
    const { ResponseDocuments } = requireWith<typeof responseDocumentsModule>(vscode, 'exchanges/responseDocuments');
    const { gate, exchanges, vscode: asking } = create();
    asking.answer = agree;
    await remove(gate, [target('a', 'r-1', 'x')]);
    const documents = new ResponseDocuments({} as ConstructorParameters<typeof ResponseDocuments>[0], { all: [] });
    const subjects = ['acs:ecs::123:mi-1', 'a/b\\c', 'what?*<>|"', 'x\n'];
    const [sample] = exchanges;
    for (const subject of subjects) await documents.open({ ...(sample as Exchange), subject }, { preview: true });
    assert.equal(opened.length, subjects.length);
    for (const { path } of opened) {
      assert.equal(path.split('/').length, 3, path);
      for (const part of path.split('/')) assert.doesNotMatch(part, refused);
    }
  });
});

describe('#14 takes a malformed policy for none', () => {
  for (const rules of ['*:Remove*', '*:Remove*=block', '=deny', '*=allow,']) {
    test(`"${rules}": nothing is sent`, async () => {
      const env = { ALIBABA_CLOUD_SAFETY_POLICY_ENABLED: 'true', ALIBABA_CLOUD_SAFETY_POLICY_RULES: rules };
      const { gate, vscode, destructive } = create([fakeAccount('a')], env);
      vscode.answer = agree;
      assert.equal(await remove(gate, [target('a', 'r-1', 'x')]), undefined);
      assert.equal(destructive().length, 0);
      assert.match(vscode.shown[0]?.detail ?? '', /cannot be relied on/);
    });
  }
});

describe('#15 takes a missing time for a very old one', () => {
  const now = new Date('2026-01-02T03:04:05Z');
  const kindOf = (id: string) => alibabaCloud.kinds.find((k) => k.id === id) ?? assert.fail(id);

  for (const time of [undefined, '', 'not a time']) {
    test(`a host whose last task is ${JSON.stringify(time)} is no less alive`, () => {
      const host = kindOf('managedInstance');
      const item = { InstanceId: 'mi-1', LastInvokedTime: time, RegistrationTime: time };
      assert.equal(host.state(item, now).token, 'unknown');
      assert.equal(host.state({ ...item, Connected: true }, now).token, 'connected');
      const codes = removalOf(host)
        ?.review.findings({ ...item, Connected: true }, now, {})
        .map((f) => f.code);
      assert.deepEqual(codes, ['connected'], 'neither recent nor long ago');
    });

    test(`an activation made at ${JSON.stringify(time)} is not expired`, () => {
      const activation = kindOf('activation');
      const item = {
        ActivationId: 'a',
        CreationTime: time,
        TimeToLiveInHours: 4,
        InstanceCount: 10,
        RegisteredCount: 0,
        DeregisteredCount: 0,
      };
      assert.notEqual(activation.state(item, now).token, 'expired');
    });
  }
});

describe('#16 deletes the selected row although another was clicked', () => {
  const row = (id: string): Row => ({ type: 'resource', target: target('a', 'r-1', id) });

  test('the clicked row outside the selection is meant alone', () => {
    assert.deepEqual(selectedRows(row('y'), [row('x')]), [row('y')]);
  });

  test('inside the selection all of it is meant', () => {
    assert.deepEqual(selectedRows(row('y'), [row('x'), row('y')]), [row('x'), row('y')]);
  });

  test('and the call names the clicked one', async () => {
    const { gate, vscode, cloud } = create();
    vscode.answer = agree;
    const resolved = targetsOf(selectedRows(row('y'), [row('x')]), ['managedInstance']);
    await remove(gate, resolved.ok ? resolved.targets : []);
    assert.deepEqual(cloud.ids('a', 'r-1'), ['x']);
  });
});
