import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { callCommand } from '../support/commands';
import { logOf, readLog } from '../support/log';
import { watchRejections } from '../support/rejections';
import { sandbox, type SandboxRecord } from '../support/sandbox';

const accounts = {
  alibabaCloud: { provider: 'alibabaCloud', accountId: 'env:alibabaCloud', region: 'cn-hangzhou', kind: 'instance' },
  volcengine: { provider: 'volcengine', accountId: 'env:volcengine', region: 'cn-beijing', kind: 'instance' },
} as const;

/** The runner puts keys in the environment, and looks for them in every file once these tests are over. */
describe('the secrets of an account', () => {
  const secrets = ['ALIBABA_CLOUD_ACCESS_KEY_SECRET', 'ALIBABA_CLOUD_SECURITY_TOKEN', 'VOLCENGINE_SECRET_KEY'].map(
    (name) => process.env[name] ?? '',
  );
  const rejections = watchRejections();
  before(() => assert.ok(secrets.every((secret) => secret.length > 20)));
  after(() => rejections.dispose());

  const faults: readonly (readonly [name: string, fault: SandboxRecord | undefined, logged: RegExp])[] = [
    ['a success', undefined, /status=200/],
    ['a refusal', { kind: 'deny' }, /status=403/],
    ['an expired token', { kind: 'expiredToken' }, /failed=auth/],
    ['a wrong clock', { kind: 'clockSkew', ms: 3_600_000 }, /failed=/],
    ['a broken connection', { kind: 'resetBefore' }, /failed=network/],
    ['a sign-in page', { kind: 'captivePortal' }, /failed=unexpectedAnswer/],
    ['half an answer', { kind: 'truncate' }, /failed=unexpectedAnswer/],
    ['a defect of the cloud', { kind: 'serverError' }, /failed=server/],
  ];
  for (const [name, fault, logged] of faults) {
    it(`are neither shown nor logged after ${name}`, async () => {
      await sandbox.reset();
      await sandbox.setFaults(...(fault === undefined ? [] : [fault]));
      const texts: string[] = [];
      const log = await logOf(async () => {
        const commands = fault === undefined ? everything : ['reviewPlan', 'openResponse'];
        for (const place of Object.values(accounts)) texts.push(...(await callsOf(place, commands)));
      });
      assert.match(log, logged);
      assert.match(log, /cloud=volcengine [^\n]*failed=/, 'the wrong keys were refused');
      for (const text of [log, ...texts]) assert.ok(!secrets.some((secret) => text.includes(secret)), name);
      assert.deepEqual(await sandbox.destructive(), []);
    });
  }

  it('are in no rejection that nobody caught', () => assert.deepEqual(rejections.seen, []));

  it('were really used', () => {
    assert.match(readLog(), /cloud=alibabaCloud [^\n]*op=DescribeInstances status=200/);
  });
});

/** All that can be done with a row without confirming it. */
const everything = ['deleteInstances', 'refresh', 'reviewPlan', 'openResponse', 'showDetails'];

/** Calls the commands and returns what the tabs then show. */
async function callsOf(
  place: (typeof accounts)[keyof typeof accounts],
  commands: readonly string[],
): Promise<string[]> {
  const record = await sandbox.first(place.provider, place.region, place.kind);
  const target = { ...place, id: record['InstanceId'] };
  const texts = [];
  for (const command of commands) {
    await callCommand(`cloudAssistant.${command}`, target);
    texts.push(vscode.window.activeTextEditor?.document.getText() ?? '');
  }
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  return texts;
}
