import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { Transport } from '../../src/client/transport';
import type { HttpRequest } from '../../src/core/http';
import type { Target } from '../../src/core/target';
import type { KindNode } from '../../src/services/resources/nodes';
import { rowOf } from '../../src/services/resources/nodeTypes';
import type { RowContext } from '../../src/services/resources/rows';
import { hostOf, idOf, indexOf, pageSize } from './hosts';
import { median, report } from './measure';
import { createOneCloud, place } from './oneCloud';

/**
 * What the tree costs, in a process of its own. Answers come from a transport in memory that
 * takes no time, so that only our work is measured: decoding, checking, keeping, filtering, drawing.
 */
const list: KindNode = { type: 'kind', place, kind: 'managedInstance' };

setFlagsFromString('--expose-gc');
// Node's own collector, which only a new context sees after the flag was set.
const collect = runInNewContext('gc') as () => void;

async function main(): Promise<object> {
  const short = createTree(50);
  const shortRowsMs = await firstRows(short);
  short.dispose();
  const large = createTree(100_000);
  const largeRowsMs = await firstRows(large);
  large.dispose();
  const small = createTree(10_000);
  const firstRowsMs = await firstRows(small);
  // All rows are known, and as many are drawn as the view shows at first.
  await small.inventory.loadMore(place, 'managedInstance', 10_000);
  draw(small);
  const typed = await keystrokes(small);
  await small.view.setFilter(undefined);
  draw(small);
  const refreshRowMs = await refreshes(small);
  small.dispose();
  return { firstRowsMs, shortRowsMs, largeRowsMs, ...typed, refreshRowMs, ...(await heap()) };
}

type Tree = ReturnType<typeof createTree>;

/** From the moment the first answer is there to the first rows as the view draws them. */
async function firstRows({ model, context, server }: Tree): Promise<number> {
  const drawn = new Promise<number>((resolve) => {
    const subscription = model.onDidChange(() => {
      const rows = model.children(list).filter((node) => node.type === 'resource');
      if (rows.length === 0) return;
      rows.forEach((node) => rowOf(node, context));
      subscription.dispose();
      resolve(performance.now());
    });
  });
  model.children(list);
  return (await drawn) - server.firstAnswerAt();
}

/** Each keystroke filters all rows anew and draws those that fit, up to as many as the view shows at once. */
async function keystrokes(tree: Tree): Promise<{ keystrokeMs: number; worstKeystrokeMs: number }> {
  const times: number[] = [];
  // As the command does when it opens its box.
  await tree.model.lists.prepare();
  for (const text of ['h', 'ho', 'hos', 'host', 'host-', 'host-9', 'host-99', 'host-*7', '10.0', 'nothing', 'i']) {
    const start = performance.now();
    await tree.view.setFilter({ text });
    draw(tree);
    times.push(performance.now() - start);
  }
  return { keystrokeMs: median(times), worstKeystrokeMs: Math.max(...times) };
}

/** One record is read anew, our part of the call included; the one row that changed is drawn. */
async function refreshes({ model, inventory, context }: Tree): Promise<number> {
  const times: number[] = [];
  for (let i = 0; i < 50; i++) {
    const target: Target = { ...place, kind: 'managedInstance', id: idOf(i) };
    const drawn: string[] = [];
    const subscription = model.onDidChange((nodes) => nodes?.forEach((node) => drawn.push(rowOf(node, context).id)));
    const start = performance.now();
    await inventory.lookup(place, 'managedInstance', [target.id]);
    times.push(performance.now() - start);
    subscription.dispose();
    if (drawn.length !== 1) throw new Error(`${drawn.length} rows were drawn for one that changed.`);
  }
  return median(times);
}

/** The heap of 100,000 rows: what the list keeps of the records, and what the tree adds when all rows are drawn. */
async function heap(): Promise<{ heapPerNodeBytes: number; heapPerFilteredNodeBytes: number; recordBytes: number }> {
  const count = 100_000;
  const tree = createTree(count);
  const empty = used();
  await tree.inventory.list(place, 'managedInstance');
  await tree.inventory.loadMore(place, 'managedInstance', count);
  const known = used();
  scrollDown(tree);
  const drawn = tree.model.children(list).length;
  if (drawn !== count) throw new Error(`${drawn} of ${count} rows were drawn.`);
  const plain = used();
  // The worst case: every row passes and its text was looked at.
  await tree.view.setFilter({ text: 'h' });
  scrollDown(tree);
  const filtered = used();
  tree.dispose();
  return {
    heapPerNodeBytes: Math.round((plain - known) / count),
    heapPerFilteredNodeBytes: Math.round((filtered - known) / count),
    recordBytes: Math.round((known - empty) / count),
  };
}

/** As a user who scrolls to the end of a list that is known: each "more" row that comes into sight is drawn out. */
function scrollDown({ model }: Tree): void {
  for (;;) {
    const last = model.children(list).at(-1);
    if (last?.type !== 'more') return;
    model.showKnown(last);
  }
}

function used(): number {
  collect();
  collect();
  return process.memoryUsage().heapUsed;
}

/** What VS Code does after a change: asks for the rows below the list, and for each of them as it is drawn. */
function draw({ model, context }: Tree): void {
  rowOf(list, context);
  for (const node of model.children(list)) rowOf(node, context);
}

function createTree(count: number) {
  const server = createServer(count);
  const core = createOneCloud('http://127.0.0.1:9', server.transport);
  const { inventory, view, resourcesModel: model } = core;
  const context: RowContext = { ...core, model, canEdit: () => false };
  return { server, inventory, view, model, context, dispose: () => core.dispose() };
}

/** Answers list calls at once, by page number or by id. */
function createServer(count: number) {
  let answeredAt: number | undefined;
  const answer = ({ url, body }: HttpRequest): string => {
    const query = new URLSearchParams(`${new URL(url).search.slice(1)}&${body ?? ''}`);
    const id = query.get('InstanceId.1');
    const start = id === null ? (Number(query.get('PageNumber') ?? 1) - 1) * pageSize : indexOf(id);
    const length = id === null ? Math.max(0, Math.min(pageSize, count - start)) : 1;
    const Instances = Array.from({ length }, (_, i) => hostOf(start + i));
    return JSON.stringify({ RequestId: 'bench', TotalCount: count, Instances });
  };
  const transport: Transport = {
    send: (request) => {
      const text = answer(request);
      answeredAt ??= performance.now();
      return Promise.resolve({ status: 200, headers: { 'content-type': 'application/json' }, body: text });
    },
    close: () => Promise.resolve(),
  };
  return { transport, firstAnswerAt: () => answeredAt ?? Number.NaN };
}

void main().then(report);
