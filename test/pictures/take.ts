import { join } from 'node:path';
import type { Tree } from '../ui/pages/tree';
import { withWorkbench } from '../ui/pages/withWorkbench';
import type { Workbench } from '../ui/pages/workbench';
import { repository } from '../workbench/paths';
import { languages, type Words } from './words';

/** The pictures of the README, taken from a real VS Code with the sandbox: `npm run pictures`. Look at each of them. */
const size = { width: 1280, height: 760 };
/** High enough for a whole question. */
const tall = { width: 1280, height: 820 };
const margin = 24;
/** A Chinese VS Code knows these characters; the one of the tests speaks Chinese only where we do. */
const settings = { 'editor.unicodeHighlight.ambiguousCharacters': false };

interface Scene {
  readonly workbench: Workbench;
  readonly resources: Tree;
  readonly words: Words;
  readonly path: (name: string) => string;
}

async function main(): Promise<void> {
  for (const { locale, suffix, words } of languages) {
    const options = { name: `pictures${suffix}`, version: 'newest', size, locale, settings } as const;
    await withWorkbench(options, async (workbench) => {
      await workbench.sideBar.open(words.container);
      const resources = workbench.sideBar.tree(words.resources);
      const path = (name: string): string => join(repository, 'media', `${name}${suffix}.png`);
      const scene = { workbench, resources, words, path };
      await takeOverview(scene, workbench.sideBar.tree(words.operations));
      await takeQuestionAndPlan(scene);
    });
  }
}

/** The tree, what was done, and the details of one instance. */
async function takeOverview({ workbench, resources, words, path }: Scene, operations: Tree): Promise<void> {
  const { page, dialog, notifications } = workbench;
  await setSideBar(workbench, 470);
  await resources.row([...words.hosts, 'edge-gateway-001']);
  await resources.chooseFromMenu([...words.hosts, 'edge-gateway-001'], words.deregister);
  await dialog.press(words.deregisterButton);
  await resources.waitForNoRow([...words.hosts, 'edge-gateway-001']);
  await notifications.dismissAll();
  const [, run] = (await operations.rows()).filter(({ level }) => level === 1);
  await operations.expand([run?.label ?? '']);
  await resources.click([...words.hosts, words.shown]);
  await resources.chooseFromMenu([...words.hosts, words.shown], words.details);
  await workbench.editors.webview().locator('h1').filter({ hasText: words.shown }).waitFor();
  await resources.openMenu(words.hosts.slice(0, 1)).then((menu) => menu.close());
  await page.mouse.move(size.width - margin, size.height / 2);
  await workbench.screenshot(path('overview'));
  await operations.collapse([run?.label ?? '']);
}

/** The question before an instance goes while another is refused, and the plan behind it. */
async function takeQuestionAndPlan({ workbench, resources, words, path }: Scene): Promise<void> {
  const { page, dialog, editors } = workbench;
  await page.setViewportSize(tall);
  await setSideBar(workbench, 300);
  await resources.select(...words.chosen);
  await resources.chooseFromMenu(words.chosen.at(-1) ?? [], words.release);
  await dialog.press(words.no);
  await dialog.read();
  const box = await boxOf(workbench, '.monaco-dialog-box');
  const clip = {
    x: box.x - margin,
    y: box.y - margin,
    width: box.width + 2 * margin,
    height: box.height + 2 * margin,
  };
  await page.screenshot({ path: path('question'), clip });
  await dialog.press(words.review);
  await editors.waitForActive(new RegExp(`^${words.plan}`));
  await page.locator('.codelens-decoration').first().waitFor();
  await page.mouse.move(tall.width - margin, tall.height - 2 * margin);
  await page.screenshot({ path: path('plan'), clip: await boxOf(workbench, '.part.editor') });
}

/** Drags the edge of the side bar. */
async function setSideBar(workbench: Workbench, width: number): Promise<void> {
  const { mouse } = workbench.page;
  const box = await boxOf(workbench, '.part.sidebar');
  const y = box.y + box.height / 2;
  await mouse.move(box.x + box.width + 1, y);
  await mouse.down();
  await mouse.move(box.x + width, y, { steps: 5 });
  await mouse.up();
}

async function boxOf({ page }: Workbench, selector: string) {
  const box = await page.locator(selector).boundingBox();
  if (box === null) throw new Error(`${selector} is not in sight.`);
  return box;
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
