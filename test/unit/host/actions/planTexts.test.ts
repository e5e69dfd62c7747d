import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { confirmText, nothingToDoText } from '../../../../src/host/actions/confirmText';
import { planText } from '../../../../src/host/actions/planDocument';
import { resultText } from '../../../../src/host/actions/resultDocument';
import { summaryOf } from '../../../../src/host/actions/runSummary';
import type { Plan } from '../../../../src/services/actions/plan';
import type { RunReport } from '../../../../src/services/actions/report';
import { runOfReport } from '../../../../src/services/actions/runOfReport';
import { runsOf } from '../../../../src/services/journal/history';
import { readJournal } from '../../../../src/services/journal/verify';
import { planRemoval, remove } from '../../support/actions';
import { fakeAccount, fakeProvider, type Thing } from '../../support/fakeCloud';
import { writtenBefore } from '../../support/journalFixture';
import { createWorkplace, target } from '../../support/workplace';

const cloudName = (): string => 'Fake Cloud';
const words = {
  cloudName,
  time: (date: Date) => date.toISOString(),
  clouds: { all: [fakeProvider] },
  account: (id: string) => (id === 'a' ? fakeAccount('a') : undefined),
  regionName: ({ region }: { readonly region: string }) => region,
};

async function planOf(things: readonly Thing[], ids: readonly string[] = things.map((t) => t.id)): Promise<Plan> {
  const place = createWorkplace([fakeAccount('a')]);
  place.cloud.put('a', 'r-1', ...things);
  return made(
    await planRemoval(
      place.gate,
      ids.map((id) => target('a', 'r-1', id)),
    ),
  );
}

function made<T>(value: T | undefined): T {
  assert.ok(value !== undefined);
  return value;
}

async function reportOf(
  things: readonly Thing[],
  prepare: (place: ReturnType<typeof createWorkplace>) => void = () => undefined,
): Promise<RunReport> {
  const place = createWorkplace([fakeAccount('a')]);
  place.cloud.put('a', 'r-1', ...things);
  prepare(place);
  return made(
    await remove(
      place.gate,
      things.map(({ id }) => target('a', 'r-1', id)),
    ),
  );
}

describe('the question before a run', () => {
  test('says who, where, how many, which and what follows', async () => {
    const { message, detail, run } = confirmText(await planOf([{ id: 'x-1', name: 'web', state: 'up' }]), cloudName);
    assert.equal(message, 'Remove 1 things?');
    assert.equal(run, 'Remove');
    assert.deepEqual(detail.split('\n'), [
      'They will be gone.',
      '',
      'Account: Account a (test) · Fake Cloud',
      'Credential owner: a · a/user',
      'r-1, Things: 1',
      '• web (x-1) – up',
    ]);
  });

  test('says the address by which people know a host, as the plan does', async () => {
    const plan = await planOf([{ id: 'x-1', name: 'web', state: 'up', address: '10.0.0.7' }]);
    assert.match(confirmText(plan, cloudName).detail, /^• web \(x-1\) – 10\.0\.0\.7, up$/m);
    assert.match(planText(plan, '', words), /^ {4}Address: 10\.0\.0\.7$/m);
  });

  test('gives up addresses before anything else', async () => {
    const many = Array.from({ length: 15 }, (_, i): Thing => ({
      id: `x-${i}`,
      name: `${i}`.padStart(25, 'n'),
      address: '10.100.100.100',
    }));
    const { detail } = confirmText(await planOf(many), cloudName);
    assert.doesNotMatch(detail, /10\.100/);
    assert.equal(detail.split('\n').filter((line) => line.startsWith('• ')).length, 15);
  });

  test('does not say a name twice that is the address', async () => {
    const plan = await planOf([{ id: 'x-1', name: '10.0.0.7', state: 'up', address: '10.0.0.7' }]);
    assert.match(confirmText(plan, cloudName).detail, /^• 10\.0\.0\.7 \(x-1\) – up$/m);
  });

  test('few have a line each, more have one line for their place', async () => {
    const question = async (count: number): Promise<string> =>
      confirmText(await planOf(Array.from({ length: count }, (_, i) => ({ id: `x${i}`, name: `web-${i}` }))), cloudName)
        .detail;
    assert.equal((await question(14)).split('\n').filter((line) => line.startsWith('• ')).length, 14);
    assert.match(await question(24), /^r-1, Things: 24 – web-0, web-1, .*, web-23$/m);
    assert.match(await question(90), /^r-1, Things: 90 – web-0, .* and \d+ more$/m);
    assert.match(await question(90), /^More is in the plan: "Review Plan"\.$/m);
  });

  test('shows hostile names exactly', async () => {
    const names = ['<img src=x onerror=alert(1)>', '**b** [x](command:y)', '$(trash)'];
    const { detail } = confirmText(await planOf(names.map((name, i) => ({ id: `x${i}`, name }))), cloudName);
    for (const name of names) assert.ok(detail.includes(`• ${name} (x`), name);
  });

  test('a name cannot add a line of its own', async () => {
    const { detail } = confirmText(await planOf([{ id: 'x', name: 'web\nAccount: harmless' }]), cloudName);
    assert.doesNotMatch(detail, /^Account: harmless/m);
  });

  test('counts only what will be sent, and names what will not be, with the reason', async () => {
    const plan = await planOf(
      [
        { id: 'x', name: 'web' },
        { id: 'y', name: 'db', protected: true },
      ],
      ['x', 'y', 'z'],
    );
    const { message, detail } = confirmText(plan, cloudName);
    assert.equal(message, 'Remove 1 things?');
    assert.match(detail, /Not sent:\n• db \(y\): It is protected\.\n• z: It no longer exists\./);
  });

  test('two accounts are two groups in one question', async () => {
    const place = createWorkplace([fakeAccount('a'), fakeAccount('b')]);
    for (const key of ['a', 'b']) place.cloud.put(key, 'r-1', { id: 'x', name: `web of ${key}` });
    const plan = made(await planRemoval(place.gate, [target('a', 'r-1', 'x'), target('b', 'r-1', 'x')]));
    const { message, detail } = confirmText(plan, cloudName);
    assert.equal(message, 'Remove 2 things?');
    assert.match(detail, /Account: Account a[^]*web of a \(x\)[^]*Account: Account b[^]*web of b \(x\)/);
  });

  test('when nothing can be sent it says why for each', async () => {
    const refused = nothingToDoText(await planOf([{ id: 'y', name: 'db', protected: true }]));
    assert.deepEqual(refused, {
      message: 'It cannot be deleted now. Nothing was sent.',
      detail: '• db (y): It is protected.',
    });
    const gone = nothingToDoText(await planOf([], ['z']));
    assert.deepEqual(gone, {
      message: 'It is already gone. There is nothing to do.',
      detail: '• z: It no longer exists.',
    });
  });
});

describe('the plan as a document', () => {
  test('says for every target what is expected of it', async () => {
    const plan = await planOf(
      [
        { id: 'x', name: 'web', state: 'up' },
        { id: 'y', name: 'db', protected: true },
      ],
      ['x', 'y', 'z'],
    );
    const text = planText(plan, 'not run; nothing was sent', words);
    assert.match(text, /^Status: not run; nothing was sent$/m);
    assert.match(text, /^Resources: 1 will be sent, 1 will be refused, 1 already gone$/m);
    assert.match(text, /^Call: RemoveThing$/m);
    assert.match(
      text,
      /^\[will be sent\] web \(x\)\n {4}State: up\n {4}Compared before the call: name=web; state=up$/m,
    );
    assert.match(text, /^\[will be refused\] db \(y\)$/m);
    assert.match(text, /^ {4}Reason: It is protected\.$/m);
    assert.match(text, /^\[already gone\] z$/m);
    assert.ok(text.includes(plan.hash));
  });

  test('one fact stays one line, whatever a name holds', async () => {
    const text = planText(await planOf([{ id: 'x', name: 'a\n[will be sent] b' }]), '', words);
    assert.equal(text.match(/^\[will be sent\]/gm)?.length, 1);
  });
});

describe('what is said after a run', () => {
  const one = [{ id: 'x', name: 'web' }];
  const check = (
    name: string,
    prepare: Parameters<typeof reportOf>[1],
    expected: { severity: string; message: RegExp },
  ): void => {
    test(name, async () => {
      const { severity, message } = summaryOf(await reportOf(one, prepare));
      assert.equal(severity, expected.severity);
      assert.match(message, expected.message);
    });
  };
  check('deleted', () => undefined, { severity: 'info', message: /^Removed: web\.$/ });
  check(
    'already gone is said plainly and is no failure',
    ({ cloud, person }) => (person.onConfirm = () => cloud.remove('a', 'r-1', 'x')),
    { severity: 'info', message: /^"web" was already gone; nothing was changed\.$/ },
  );
  check(
    'refused, with the reason and what to do',
    ({ cloud }) => cloud.fault('RemoveThing', { kind: 'error', code: 'Protected', status: 403 }),
    {
      severity: 'warning',
      message: /^The cloud refused to delete "web"\. message of Protected Lift the protection\.$/,
    },
  );
  check('failed', ({ cloud }) => cloud.fault('RemoveThing', { kind: 'error', code: 'BadKey', status: 403 }), {
    severity: 'error',
    message: /^Account a, r-1: "web" could not be deleted\. message of BadKey Check the key\.$/,
  });
  check(
    'changed since the review',
    ({ cloud, person }) => (person.onConfirm = () => cloud.put('a', 'r-1', { id: 'x', name: 'other' })),
    { severity: 'warning', message: /^"web" was not touched\. Changed since it was reviewed: name: web → other$/ },
  );

  test('several are counted by outcome, few of them named', async () => {
    const things = Array.from({ length: 5 }, (_, i) => ({ id: `x${i}`, name: `web-${i}` }));
    const report = await reportOf(
      things,
      ({ cloud, person }) => (person.onConfirm = () => cloud.remove('a', 'r-1', 'x4')),
    );
    assert.equal(summaryOf(report).message, '4 removed; 1 already gone (web-4).');
  });

  test('what failed or is unknown is named with its place and its cause', async () => {
    const things = Array.from({ length: 6 }, (_, i) => ({ id: `x${i}`, name: `web-${i}` }));
    const fault = { kind: 'error', code: 'BadKey', status: 403 } as const;
    const report = await reportOf(things, ({ cloud }) => cloud.fault('RemoveThing', fault, fault, fault, fault));
    assert.match(
      summaryOf(report).message,
      /^2 removed \(.*\); 4 failed \(web-\d, web-\d, web-\d and 1 more\) in Account a, r-1\. message of BadKey Check the key\.$/,
    );
  });

  test('the result names every target with its outcome and request id', async () => {
    const report = await reportOf(
      [
        { id: 'x', name: 'web' },
        { id: 'y', name: 'db' },
      ],
      ({ cloud }) => cloud.fault('RemoveThing', { kind: 'error', code: 'Protected', status: 403 }),
    );
    const text = resultText(runOfReport(report), words);
    assert.match(text, /^Outcome: 1 refused, 1 removed$|^Outcome: 1 removed, 1 refused$/m);
    assert.match(text, /^\[removed\] (web \(x\)|db \(y\))\n {4}Request ID: req-\d+$/m);
    assert.match(
      text,
      /^\[refused\] (web \(x\)|db \(y\))\n {4}Answer: Protected: message of Protected\n {4}What to do: Lift the protection\.\n {4}Request ID: req-\d+$/m,
    );
  });
});

describe('the result of a run of an earlier session', () => {
  const textOf = async (place: ReturnType<typeof createWorkplace>, own: ReadonlySet<string> = new Set()) => {
    const { records } = await place.journal.load();
    return runsOf(records, own).map((run) => resultText(run, words));
  };

  test('says from the journal alone what the report said', async () => {
    const place = createWorkplace([fakeAccount('a')]);
    place.cloud.put('a', 'r-1', { id: 'x', name: 'web' }, { id: 'y', name: 'db', protected: true });
    place.cloud.fault('RemoveThing', { kind: 'error', code: 'Busy', status: 409 });
    const report = made(
      await remove(
        place.gate,
        ['x', 'y'].map((id) => target('a', 'r-1', id)),
      ),
    );
    const withoutEnd = (text: string): string => text.replace(/^Ended at: .*$/m, '');
    const [written] = await textOf(place);
    assert.equal(withoutEnd(made(written)), withoutEnd(resultText(runOfReport(report), words)));
    assert.match(made(written), /^Account: Account a \(test\) · Fake Cloud$/m);
    assert.match(made(written), /^Credential owner: a · a\/user$/m);
    assert.match(made(written), /^\[not sent\] db \(y\)\n {4}Reason: It is protected\.$/m);
  });

  test('names its account also where the account is gone, and the run where it did not finish', async () => {
    const place = createWorkplace([fakeAccount('a')]);
    place.cloud.put('a', 'r-1', { id: 'x', name: 'web' }, { id: 'y', name: 'db' });
    await remove(
      place.gate,
      ['x', 'y'].map((id) => target('a', 'r-1', id)),
    );
    // The window went away after `opened`, `run` and `before`.
    const records = place.files.records().slice(0, 3);
    const [run] = runsOf(records, new Set());
    const text = resultText(made(run), { ...words, account: () => undefined });
    assert.match(text, /^Account: Account a · Fake Cloud$/m);
    assert.match(text, /^Outcome: 1 no outcome recorded, 1 never sent$/m);
    assert.match(text, /^Ended at: did not finish$/m);
    assert.match(text, /^\[no outcome recorded\] (web \(x\)|db \(y\))$/m);
    assert.match(text, /^\[not sent\] (web \(x\)|db \(y\))$/m);
  });

  test('says what changed since, in all and for each', async () => {
    const place = createWorkplace([fakeAccount('a')]);
    place.cloud.put('a', 'r-1', { id: 'x', name: 'web' });
    place.cloud.fault('RemoveThing', { kind: 'resetBefore' }, { kind: 'resetBefore' });
    const report = made(await remove(place.gate, [target('a', 'r-1', 'x')]));
    await place.gate.check(report.run, { signal: new AbortController().signal, report: () => undefined });
    await place.gate.retry(report);
    const text = made((await textOf(place)).at(-1));
    assert.match(text, /^Outcome: 1 removed$/m);
    assert.match(text, /^Since the run: 1 unknown → removed$/m);
    assert.match(text, /^ {4}Since the run: unknown \(.*\) → still there \(checked, .*\) → removed \(retried, .*\)$/m);
  });

  test('can be of any older journal, whatever is known of its clouds', () => {
    const { records } = readJournal(writtenBefore());
    const runs = runsOf(records, new Set());
    for (const run of runs) assert.match(resultText(run, words), /^Result: .+\n=+\nOutcome: .+$/m);
    assert.equal(runs.length, 3);
  });
});
