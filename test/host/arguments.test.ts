import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { callCommand, type Ending } from './support/commands';
import { extension } from './support/extension';
import { watchRejections } from './support/rejections';
import { sandbox } from './support/sandbox';

const refused = /not a resource of the Cloud Assistant views\. Nothing was sent\./;

/** Called with these, a command must refuse them in words; nobody meant any of them. */
const garbage: Readonly<Record<string, () => unknown[]>> = {
  'a number': () => [42],
  'not a number': () => [Number.NaN],
  'a big number': () => [10n ** 30n],
  'a boolean': () => [true],
  'empty text': () => [''],
  'an id alone': () => ['mi-hz015i03nac95'],
  'a symbol': () => [Symbol('row')],
  'a function': () => [() => undefined],
  'an empty object': () => [{}],
  'an object without a prototype': () => [Object.create(null) as object],
  'a date': () => [new Date(0)],
  'another extension’s address': () => [vscode.Uri.parse('file:///etc/passwd')],
  'an error': () => [new Error('row')],
  'a list of nothing known': () => [[undefined, null, 1, {}]],
  'a list in a list': () => [[[targetOf({})]]],
  'a list with a hole': () => [new Array(3)],
  'a known row and an unknown one': () => [[{ type: 'resource', target: targetOf({}) }, { type: 'resource' }]],
  'a known row, clicked in a selection of unknown ones': () => [targetOf({}), [{}]],
  'a deep object': () => [deep(5_000)],
  'an object that holds itself': () => [cycle()],
  'a row of an unknown type': () => [{ type: 'disk', target: targetOf({}) }],
  'a resource without a target': () => [{ type: 'resource' }],
  'a kind there is not': () => [targetOf({ kind: 'bucket' })],
  'a cloud there is not': () => [targetOf({ provider: 'aws' })],
  'an id that is a list': () => [targetOf({ id: ['mi-1', 'mi-2'] })],
  'an empty id': () => [targetOf({ id: '' })],
  'an endless id': () => [targetOf({ id: 'x'.repeat(10_000) })],
  'a target from a polluting text': () => [
    JSON.parse('{"__proto__":{"type":"resource"},"constructor":{"prototype":1}}') as object,
  ],
  'a target only by its prototype': () => [JSON.parse(`{"__proto__":${JSON.stringify(targetOf({}))}}`) as object],
  'a proxy that throws': () => [throwing({})],
  'a list that throws': () => [throwing([1])],
  'a revoked proxy': () => [revoked()],
  'a list with a map of its own': () => [
    Object.assign([{}], { map: () => [{ type: 'resource', target: targetOf({}) }] }),
  ],
};

/** They read their arguments as rows; the others take none. */
const takesRows = [
  'deregisterManagedInstance',
  'deleteActivation',
  'deleteInstances',
  'reviewPlan',
  'showDetails',
  'openResponse',
  'refresh',
  'removeAccount',
  'renameAccount',
  'changeAccountLevel',
  'reenterKeys',
  'retry',
  'loadMore',
  'loadAll',
  'copyId',
  'copyName',
  'copyRecipe',
  'openResult',
  'retryFailed',
  'checkRun',
].map((name) => `cloudAssistant.${name}`);

describe('a command called by another extension', () => {
  const rejections = watchRejections();
  before(() => sandbox.reset());
  after(() => rejections.dispose());

  for (const [what, args] of Object.entries(garbage)) {
    it(`refuses ${what}`, async () => {
      const endings: [string, Ending][] = [];
      for (const id of takesRows) endings.push([id, await callCommand(id, ...args())]);
      for (const [id, ending] of endings) assert.match(JSON.stringify(ending), refused, id);
    });
  }

  it('asks a person when it is given nothing', async () => {
    for (const id of takesRows.slice(0, 6)) assert.deepEqual(await callCommand(id), { resolved: true }, id);
    for (const args of [[undefined], [null, undefined], [[]], [undefined, []]])
      assert.deepEqual(await callCommand('cloudAssistant.deleteInstances', ...args), { resolved: true });
  });

  it('ignores what it has no use for', async () => {
    assert.deepEqual(await callCommand('cloudAssistant.addAccount', throwing({})), { resolved: true });
    assert.deepEqual(await callCommand('cloudAssistant.refreshAll', 1, {}), { resolved: true });
    assert.deepEqual(await callCommand('cloudAssistant.runPlan', { scheme: 'cloud-assistant-plan' }), {
      resolved: true,
    });
  });

  it('survives garbage even where it takes no rows, and says so where it does', async () => {
    // They change what the other tests need, or open what only a person closes.
    const left = ['trySandbox', 'stopSandbox', 'exportJournal'].map((name) => `cloudAssistant.${name}`);
    const others = contributed().filter((id) => !takesRows.includes(id) && !left.includes(id));
    assert.equal(contributed().length, takesRows.length + left.length + others.length, 'a command here has gone');
    for (const id of others)
      for (const args of [[42], [{}], [throwing({})], [deep(50)]]) {
        const ending = await callCommand(id, ...args);
        if ('rejected' in ending) assert.match(ending.rejected, refused, id);
      }
    // Some hundred calls: a busy machine needs more than a test's usual time.
  }).timeout(90_000);

  it('has sent nothing that deletes, and left no failure behind', async () => {
    assert.deepEqual(await sandbox.destructive(), []);
    assert.deepEqual(rejections.seen, []);
    assert.equal(({} as Record<string, unknown>)['type'], undefined);
  });
});

function contributed(): string[] {
  // VS Code types a manifest as any.
  const manifest = extension().packageJSON as { contributes: { commands: { command: string }[] } };
  return manifest.contributes.commands.map(({ command }) => command);
}

function targetOf(change: Readonly<Record<string, unknown>>) {
  const accountId = 'sandbox:alibabaCloud';
  const place = { provider: 'alibabaCloud', accountId, region: 'cn-hangzhou' };
  return { ...place, kind: 'managedInstance', id: 'mi-hz015i03nac95', ...change };
}

function deep(levels: number): object {
  let inner: object = { type: 'resource' };
  for (let i = 0; i < levels; i++) inner = { target: inner, place: inner };
  return inner;
}

function cycle(): object {
  const row: Record<string, unknown> = { type: 'message' };
  row['parent'] = row;
  return row;
}

function throwing(target: object): object {
  const fail = (): never => {
    throw new RangeError('Nobody may look inside.');
  };
  return new Proxy(target, {
    get: fail,
    has: fail,
    ownKeys: fail,
    getOwnPropertyDescriptor: fail,
    getPrototypeOf: fail,
  });
}

function revoked(): object {
  const { proxy, revoke } = Proxy.revocable([], {});
  revoke();
  return proxy;
}
