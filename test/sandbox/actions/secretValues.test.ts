import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, test, type TestContext } from 'node:test';
import { createTransport } from '../../../src/client/transport';
import type { Answers } from '../../../src/core/input';
import { encodeScript, type ScriptValue } from '../../../src/core/script';
import type { Target } from '../../../src/core/target';
import { providers } from '../../../src/providers';
import { parseSandboxAddress, SandboxAccounts } from '../../../src/services/accounts/sandboxAccounts';
import { questionFor } from '../../../src/services/actions/question';
import { FakeClock } from '../../unit/support/fakeClock';
import { createWorkplace } from '../../unit/support/workplace';
import { sandboxFor } from '../support';

/** The gate over the sandbox, with hosts of both systems that can be reached. */
async function place(t: TestContext) {
  const clock = new FakeClock(Date.now());
  const sandbox = await sandboxFor(t, { clock });
  const transport = createTransport();
  t.after(() => transport.close());
  const source = new SandboxAccounts();
  const { accessKeyId, accessKeySecret: secretAccessKey, endpoint } = sandbox.volcengine;
  const volcengine = { endpoint, accessKeyId, secretAccessKey };
  source.show(parseSandboxAddress(JSON.stringify({ alibabaCloud: sandbox.alibabaCloud, volcengine })));
  const workplace = createWorkplace([...source.list()], {}, { providers, transport, clock });
  const at = { provider: 'alibabaCloud', accountId: 'sandbox:alibabaCloud', region: 'cn-hangzhou' } as const;
  const list = await workplace.inventory.list(at, 'managedInstance');
  const ids = [...(list.items ?? new Map<string, unknown>()).keys()];
  const targets = ids.map((id): Target => ({ ...at, kind: 'managedInstance', id }));
  const sent = () => sandbox.requests().filter(({ action }) => action === 'RunCommand');
  return { ...workplace, sandbox, targets, sent };
}

function answers(values: readonly ScriptValue[], text = 'printf "%s" "$token" | wc -c\nexit 1\n'): Answers {
  const script = encodeScript({ language: 'shell', name: 'check.sh', text, values });
  return { script, windowsScript: '', settings: 'default', rollout: '100%;pause=never;errors=100%' };
}

/** A text in every spelling that could carry it. */
function spellings(text: string): string[] {
  const base64 = [0, 1, 2].map((skip) =>
    Buffer.from(' '.repeat(skip) + text)
      .toString('base64')
      .slice(skip === 0 ? 0 : 4, -4),
  );
  return [
    text,
    encodeURIComponent(text),
    JSON.stringify(text).slice(1, -1),
    Buffer.from(text).toString('hex'),
    ...base64,
  ];
}

function holds(artefact: string, secret: string): boolean {
  return spellings(secret).some((form) => form.length > 3 && artefact.includes(form));
}

describe('a secret value reaches the host and no artefact', () => {
  for (const secret of ["canary'4711 $(reboot)", 'x7#Q', '密码 канарейка']) {
    test(JSON.stringify(secret), async (t) => {
      const { gate, person, targets, sent, files, exchanges, responses } = await place(t);
      const asked = answers([
        { name: 'token', value: secret, secret: true },
        { name: 'unit', value: 'visible-value' },
      ]);
      const { report } = await gate.perform({ action: 'runCommand', targets, answers: asked });
      assert.ok(report);
      const [request] = sent();
      const content = Buffer.from(String(request?.params['CommandContent']), 'base64').toString();
      assert.ok(content.startsWith(`token='${secret.replaceAll("'", `'\\''`)}'\n`), content);
      const said = report.results.find(({ record }) => record?.output !== undefined)?.record?.output;
      assert.equal(
        Buffer.from(said?.bytes ?? [])
          .toString()
          .trim(),
        String(Buffer.byteLength(secret)),
      );

      const [plan] = person.asked;
      assert.ok(plan);
      const artefacts = {
        journal: [...files.files.values()].join('\n'),
        question: JSON.stringify(questionFor(plan, () => 'Alibaba Cloud')),
        findings: JSON.stringify(plan.groups.flatMap((g) => g.targets.map((one) => one.findings))),
        results: JSON.stringify(report.results.map(({ message, advice, note, code }) => [message, advice, note, code])),
        answersOfTheCloud: responses
          .list()
          .map(({ id }) => responses.text(id) ?? '')
          .join('\n'),
        calls: JSON.stringify(exchanges.map(({ body: _, ...exchange }) => exchange)),
      };
      for (const [name, artefact] of Object.entries(artefacts)) {
        assert.notEqual(artefact, '', name);
        assert.ok(!holds(artefact, secret), name);
      }
      assert.match(artefacts.journal, /token = secret, not shown, unit = \\"visible-value\\"/);

      // No hash that stands anywhere is one that a guess could be compared with.
      const hashes = [content, asked['script'] ?? '', secret].map((text) =>
        createHash('sha256').update(String(text)).digest('hex').slice(0, 12),
      );
      for (const [name, artefact] of Object.entries(artefacts))
        for (const hash of hashes) assert.ok(!artefact.includes(hash), name);
    });
  }

  test('the same plan under another secret has another hash, and the same in another session too', async (t) => {
    const hashOf = async (value: string, { gate, person, targets }: Awaited<ReturnType<typeof place>>) => {
      await gate.perform({ action: 'runCommand', targets, answers: answers([{ name: 'token', value, secret: true }]) });
      return person.asked.at(-1)?.hash;
    };
    const here = await place(t);
    const [first, again, other] = [
      await hashOf('a1b2c3', here),
      await hashOf('a1b2c3', here),
      await hashOf('d4', here),
    ];
    assert.equal(first, again);
    assert.notEqual(first, other);
    assert.notEqual(first, await hashOf('a1b2c3', await place(t)));
  });

  test('a retry of this session has it, and one of another session asks anew', async (t) => {
    const { gate, targets, sent, files, person } = await place(t);
    const secret = [{ name: 'token', value: 'canary-4711', secret: true }];
    const { report } = await gate.perform({ action: 'runCommand', targets, answers: answers(secret) });
    assert.ok(report);
    await gate.retry(report);
    const contents = sent().map(({ params }) => params['CommandContent']);
    assert.equal(contents.length, 2);
    assert.equal(contents[0], contents[1]);

    const later = await place(t);
    for (const [name, text] of files.files) later.files.files.set(`earlier-${name}`, text);
    const questions: string[] = [];
    later.person.ask = ({ input }) => {
      questions.push(input.name);
      return Promise.resolve(undefined);
    };
    await later.gate.retry(report);
    assert.deepEqual(questions, ['script']);
    assert.equal(later.sent().length, 0);
    assert.equal(person.told.length, 0);
  });
});
