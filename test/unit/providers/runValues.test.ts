import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { ProviderId } from '../../../src/core/account';
import type { Action, Finding } from '../../../src/core/action';
import { secretAnswers, withSecretAnswersAs, type Answers } from '../../../src/core/input';
import { encodeScript, type ScriptLanguage, type ScriptValue } from '../../../src/core/script';
import { providers } from '../../../src/providers';
import { sha256 } from '../../../src/util/hash';
import { vm } from './alibaba/instance/support';
import { instance } from './volcengine/instance/support';

const canary = 'canary-4711-secret';

function runOf(provider: ProviderId): Action {
  const kinds = providers.find(({ id }) => id === provider)?.kinds ?? [];
  const action = kinds.find(({ id }) => id === 'instance')?.actions.find(({ id }) => id === 'runCommand');
  return action ?? assert.fail('no such action');
}

const alibaba = runOf('alibabaCloud');
const volcengine = runOf('volcengine');
const linux = { ...vm({ Status: 'Running', OSType: 'linux' }), ...instance({ Status: 'RUNNING', OsType: 'Linux' }) };
const windows = { ...linux, OSType: 'windows', OsType: 'Windows' };

function answersWith(text: string, values: readonly ScriptValue[], language: ScriptLanguage = 'shell'): Answers {
  const isForWindows = language === 'powershell' || language === 'batch';
  return {
    [isForWindows ? 'windowsScript' : 'script']: encodeScript({ language, name: 'check', text, values }),
    settings: 'default',
  };
}

function contentOf(action: Action, answers: Answers): string {
  return action.goal.type === 'followed' ? Buffer.from(action.goal.content(answers)).toString() : assert.fail();
}

function found(action: Action, answers: Answers, item: Record<string, unknown> = linux): readonly Finding[] {
  const ours = ['cloudValue', 'cloudPutsIn', 'secretValue', 'badValue'];
  return action.review.findings(item, new Date(0), answers).filter(({ code }) => ours.includes(code));
}

function words(action: Action, answers: Answers): string {
  return Object.keys(answers)
    .flatMap((name) => action.words.answer?.(name, answers) ?? [])
    .join('\n');
}

describe('values are part of what is confirmed and sent', () => {
  for (const [cloud, action] of [
    ['Alibaba Cloud', alibaba],
    ['Volcengine', volcengine],
  ] as const) {
    test(`on ${cloud}`, () => {
      const answers = answersWith('echo "$limit"\n', [{ name: 'limit', value: "80'; reboot #" }]);
      assert.match(contentOf(action, answers), /^(?:#!.*\n)?limit='80'\\''; reboot #'\necho "\$limit"\n$/);
      const params = action.params(['i-1'], answers);
      assert.equal(Buffer.from(String(params['CommandContent']), 'base64').toString(), contentOf(action, answers));
      assert.equal(params['EnableParameter'], false);
      assert.equal(params['Parameters'], undefined);
      assert.match(words(action, answers), /limit = "80'; reboot #"/);
    });
  }

  test('how long a script says that it needs is its time limit, until another is entered', () => {
    const script = encodeScript({ language: 'shell', name: 'a', text: 'sleep 1', timeout: 300 });
    assert.equal(alibaba.params(['i-1'], { script, settings: 'default' })['Timeout'], 300);
    assert.equal(alibaba.params(['i-1'], { script, settings: 'own', timeout: '90' })['Timeout'], 90);
    const settings = alibaba.inputs.find(({ name }) => name === 'settings');
    assert.match(settings?.type === 'choice' ? (settings.choices([], { script })[0]?.label ?? '') : '', /300 seconds/);
    assert.match(words(alibaba, { script, settings: 'default' }), /300 seconds/);
  });
});

describe('a value that cannot be given is refused beforehand', () => {
  for (const [language, value, item] of [
    ['batch', 'a & del', windows],
    ['batch', '%PATH%', windows],
    ['shell', 'a\0b', linux],
    ['powershell', '\0', windows],
    ['shell', '\ud800', linux],
  ] as const) {
    test(`${language}: ${JSON.stringify(value)}`, () => {
      const answers = answersWith('echo', [{ name: 'x', value }], language);
      const [finding] = found(alibaba, answers, item);
      assert.equal(finding?.level, 'refused');
      assert.equal(finding?.code, 'badValue');
      // Nothing that tells of the run stumbles over it either.
      words(alibaba, answers);
      if (alibaba.goal.type === 'followed') alibaba.goal.recordedAnswers(answers);
    });
  }

  test('batch says what it can be given', () => {
    const [finding] = found(alibaba, answersWith('echo', [{ name: 'x', value: 'a b' }], 'batch'), windows);
    assert.match(finding?.text ?? '', /letters, digits and _ \. : \/ \\ - only/);
  });

  test('while it is typed, too, and names that mean something there', () => {
    const input = alibaba.inputs.find(({ name }) => name === 'windowsScript');
    assert.ok(input?.type === 'script');
    assert.match(input.valueProblem('batch', { name: 'x', value: '"' }) ?? '', /only/);
    assert.match(input.valueProblem('shell', { name: 'PATH', value: '/tmp' }) ?? '', /meaning of its own/);
    assert.equal(input.valueProblem('shell', { name: 'x', value: '"$(reboot)"' }), undefined);
  });
});

describe('what the cloud would put in', () => {
  const alone = (text: string, action = alibaba): string[] =>
    found(action, answersWith(text, [])).map(({ level, code }) => `${level} ${code}`);
  const isOn = (text: string, action = alibaba): unknown =>
    action.params(['i-1'], answersWith(text, []))['EnableParameter'];

  for (const name of ['oos-secret:db/password', 'oos:plain', 'ACS::InstanceId', 'acs::regionid', ' ACS::InvokeId ']) {
    test(`{{${name}}} is its own: it is said, and substitution is on`, () => {
      assert.deepEqual(alone(`echo "{{${name}}}"`), ['warning cloudPutsIn']);
      assert.equal(isOn(`echo "{{${name}}}"`), true);
    });
  }

  for (const name of ['name', 'ACS::Nothing', 'oos-secret:', 'secret:x']) {
    test(`{{${name}}} is nobody's: it is warned about and sent as it is`, () => {
      assert.deepEqual(alone(`echo {{${name}}}`), ['warning cloudValue']);
      assert.equal(isOn(`echo {{${name}}}`), false);
    });
  }

  test('nothing is said of a script without', () =>
    assert.deepEqual(alone("echo {a} ${b}; docker ps --format '{{.Names}}'"), []));

  test('both together are refused: the cloud would want a value for the other one', () => {
    assert.deepEqual(alone('echo {{oos-secret:x}} {{name}}'), ['warning cloudPutsIn', 'refused cloudValue']);
  });

  test('Volcengine has none of its own', () => {
    assert.deepEqual(alone('echo {{oos-secret:x}}', volcengine), ['warning cloudValue']);
    assert.equal(isOn('echo {{oos-secret:x}}', volcengine), false);
  });

  test('a value that looks like one is data, and refused where the cloud would change it', () => {
    const value = [{ name: 'x', value: '{{oos-secret:y}}' }];
    assert.deepEqual(found(alibaba, answersWith('echo "$x"', value)), []);
    assert.equal(alibaba.params(['i-1'], answersWith('echo "$x"', value))['EnableParameter'], false);
    const [, refused] = found(alibaba, answersWith('echo "$x" {{ACS::RegionId}}', value));
    assert.equal(refused?.code, 'badValue');
  });
});

describe('a secret value stands in the script that is sent and nowhere else', () => {
  const answers = (value: string): Answers => answersWith('echo\n', [{ name: 'token', value, secret: true }]);

  test('what is told of the script says nothing of it', () => {
    assert.ok(contentOf(alibaba, answers(canary)).includes(canary));
    const told = words(alibaba, answers(canary));
    assert.match(told, /token = secret, not shown/);
    assert.match(told, /SHA-256 without its secret values/);
    assert.doesNotMatch(told, /canary/);
    assert.equal(told, words(alibaba, answers('another\nvalue')));
  });

  test('what the journal keeps says nothing of it, and can be compared with no guess', () => {
    assert.ok(alibaba.goal.type === 'followed');
    const { recordedAnswers, recorded, content } = alibaba.goal;
    const kept = JSON.stringify([recordedAnswers(answers(canary)), recorded(alibaba.params(['i-1'], answers(canary)))]);
    assert.doesNotMatch(kept, /canary/);
    assert.match(kept, /token = secret, not shown/);
    assert.equal(
      kept,
      JSON.stringify([recordedAnswers(answers('x')), recorded(alibaba.params(['i-1'], answers('x')))]),
    );
    assert.ok(!kept.includes(sha256(Buffer.from(content(answers(canary))).toString()).slice(0, 12)));
  });

  test('that the cloud keeps it is said', () => {
    const [finding] = found(alibaba, answers(canary));
    assert.equal(finding?.code, 'secretValue');
    assert.match(finding?.text ?? '', /"token"/);
  });

  test('what is hashed has a mark in its place', () => {
    const sealed = withSecretAnswersAs(alibaba.inputs, answers(canary), () => 'mark');
    assert.doesNotMatch(JSON.stringify(sealed), /canary/);
    assert.match(JSON.stringify(sealed), /mark/);
    assert.deepEqual(secretAnswers(alibaba.inputs, answers(canary)), [canary]);
    assert.deepEqual(secretAnswers(alibaba.inputs, answersWith('echo', [{ name: 'x', value: canary }])), []);
  });
});
