import type { Locator, Page } from 'playwright-core';
import { until } from '../../workbench/until';
import { ContextMenu } from './contextMenu';
import { readRows, rowAt, type TreeRow } from './treeRows';

type Path = readonly string[];

const rowHeight = 22;
const hoverMs = 3000;
const settleMs = 3000;
/** VS Code scrolls 50 pixels for a wheel event of 120. */
const wheelPerPixel = 120 / 50;

/** A tree view of the side bar. Rows are named by the labels that lead to them. */
export class Tree {
  private readonly list: Locator;

  constructor(
    private readonly page: Page,
    private readonly view: string,
  ) {
    this.list = page.locator(`.part.sidebar [role="tree"][aria-label^=${JSON.stringify(view)}]`);
  }

  /** All rows from top to bottom, those scrolled out of sight included. */
  async rows(): Promise<TreeRow[]> {
    await this.list.waitFor();
    const known = new Map<number, TreeRow>();
    let visible = await this.scrollToTop();
    for (;;) {
      visible.forEach((row) => known.set(row.index, row));
      const lowest = visible.at(-1);
      if (lowest === undefined || lowest.last) {
        return [...known.values()].sort((a, b) => a.index - b.index);
      }
      await this.wheel(await this.pageHeight());
      visible = await until('the tree scrolls', async () => {
        const rows = await this.visible();
        return rows.at(-1)?.index !== lowest.index || rows.at(-1)?.last ? rows : undefined;
      });
    }
  }

  /** Waits until there are so many roots; returns their labels. */
  async firstLabels(count: number): Promise<string[]> {
    return until(`the view "${this.view}" has ${count} roots`, async () => {
      const roots = (await this.rows()).filter(({ level }) => level === 1);
      return roots.length >= count && roots.map(({ label }) => label);
    });
  }

  /** Waits for a row, expanding what leads to it. */
  async row(path: Path): Promise<TreeRow> {
    const there = rowAt(await this.rows(), path);
    if (there !== undefined) return there;
    for (let depth = 1; depth < path.length; depth++) {
      await this.setExpanded(path.slice(0, depth), true);
    }
    return this.shown(path);
  }

  async waitForNoRow(path: Path): Promise<void> {
    await until(`the row ${name(path)} goes`, async () => rowAt(await this.rows(), path) === undefined);
  }

  async waitForDescription(path: Path, description: string | RegExp): Promise<TreeRow> {
    return until(`the row ${name(path)} says ${description}`, async () => {
      const row = rowAt(await this.rows(), path);
      return row && matches(row.description, description) ? row : undefined;
    });
  }

  async expand(path: Path): Promise<void> {
    await this.row(path);
    await this.setExpanded(path, true);
  }

  async collapse(path: Path): Promise<void> {
    await this.setExpanded(path, false);
  }

  async click(path: Path): Promise<void> {
    await (await this.reveal(path)).click();
  }

  /** Selects exactly these rows, with Ctrl held. */
  async select(...paths: Path[]): Promise<void> {
    await this.list.focus();
    await this.page.keyboard.press('Escape');
    for (const path of paths) {
      await (await this.reveal(path)).click({ modifiers: ['ControlOrMeta'] });
    }
  }

  /** Selects from one row to another, with Shift held. */
  async selectRange(from: Path, to: Path): Promise<void> {
    await this.select(from);
    await (await this.reveal(to)).click({ modifiers: ['Shift'] });
  }

  /** Opens the context menu of a row, and of the other selected rows if it is one of them. */
  async openMenu(path: Path): Promise<ContextMenu> {
    const menu = new ContextMenu(this.page);
    await (await this.reveal(path)).click({ button: 'right' });
    await menu.items();
    return menu;
  }

  async chooseFromMenu(path: Path, ...titles: string[]): Promise<void> {
    const [first = ''] = titles;
    // A row that was worked on a moment ago offers it once it is drawn anew.
    const menu = await until(`the menu of ${name(path)} has "${first}"`, async () => {
      const opened = await this.openMenu(path);
      if ((await opened.items()).includes(first)) return opened;
      await opened.close();
      return undefined;
    });
    await menu.choose(...titles);
  }

  /** Presses a button at the end of a row. */
  async pressAction(path: Path, title: string): Promise<void> {
    const button = `.actions .action-label[aria-label^=${JSON.stringify(title)}]`;
    // Rows can come above it meanwhile.
    await until(`"${title}" of ${name(path)} is pressed`, async () => {
      const row = await this.reveal(path);
      return row
        .hover({ timeout: 1_000 })
        .then(() => row.locator(button).click({ timeout: 1_000 }))
        .then(
          () => true,
          () => false,
        );
    });
  }

  /** What hovering over a row shows. */
  async tooltip(path: Path): Promise<string> {
    const row = await this.reveal(path);
    const hover = this.page.locator('.workbench-hover-container .monaco-hover:visible').last();
    // A hover comes only to a pointer that rests, and never to one that was there before.
    return until(`the row ${name(path)} shows a tooltip`, async () => {
      await this.page.mouse.move(0, 0);
      await hover.waitFor({ state: 'hidden' });
      await row.locator('.monaco-icon-label').hover();
      const shown = hover.waitFor({ timeout: hoverMs });
      return shown.then(
        () => hover.innerText(),
        () => undefined,
      );
    });
  }

  private async setExpanded(path: Path, expanded: boolean): Promise<void> {
    await this.shown(path);
    await until(`the row ${name(path)} changes`, async () => {
      if (await this.isExpanded(path, expanded)) return true;
      const { index, label } = await this.shown(path);
      const row = await this.inSight(path, index);
      // Rows that arrive meanwhile push the others away from under the pointer.
      if ((await row.locator('.label-name').textContent()) !== label) return undefined;
      await row.locator('.monaco-tl-twistie').click();
      const changed = until('it changes', () => this.isExpanded(path, expanded), settleMs);
      return changed.catch(() => undefined);
    });
  }

  private async isExpanded(path: Path, expanded: boolean): Promise<boolean> {
    const row = await this.shown(path);
    if (row.expanded === undefined) {
      throw new Error(`The row ${name(path)} cannot be expanded.`);
    }
    return row.expanded === expanded;
  }

  private shown(path: Path): Promise<TreeRow> {
    return until(`the view "${this.view}" shows ${name(path)}`, async () => rowAt(await this.rows(), path));
  }

  /** Scrolls until a row is wholly in sight. */
  private async reveal(path: Path): Promise<Locator> {
    const { index } = await this.row(path);
    return this.inSight(path, index);
  }

  private inSight(path: Path, index: number): Promise<Locator> {
    const element = this.element(index);
    return until(`the row ${name(path)} is in sight`, async () => {
      const step = await this.wayTo(index);
      if (step === 0) {
        return element;
      }
      await this.wheel(step);
      return undefined;
    });
  }

  /** How far to scroll down before the row is in sight; negative to scroll up. */
  private async wayTo(index: number): Promise<number> {
    const [frame, row] = await Promise.all([this.list.boundingBox(), this.boxOf(index)]);
    if (frame === null) {
      throw new Error(`The view "${this.view}" is not in sight.`);
    }
    if (row === null) {
      const first = (await this.visible())[0];
      return first === undefined || first.index > index ? -frame.height / 2 : frame.height / 2;
    }
    const above = Math.round(frame.y - row.y);
    const below = Math.round(row.y + row.height - frame.y - frame.height);
    return above > 0 ? -above : Math.max(0, below);
  }

  private async pageHeight(): Promise<number> {
    const frame = await this.list.boundingBox();
    return Math.max(rowHeight, (frame?.height ?? 0) - rowHeight);
  }

  private async boxOf(index: number): Promise<{ y: number; height: number } | null> {
    const element = this.element(index);
    return (await element.count()) === 0 ? null : element.boundingBox();
  }

  private scrollToTop(): Promise<Awaited<ReturnType<Tree['visible']>>> {
    return until('the tree scrolls to its top', async () => {
      const rows = await this.visible();
      if (rows[0] === undefined || rows[0].index === 0) {
        return rows;
      }
      await this.wheel(-100_000);
      return undefined;
    });
  }

  /** Scrolls without the mouse: a real wheel loses events when the row under the pointer goes. */
  private async wheel(pixels: number): Promise<void> {
    const deltaY = Math.round(pixels * wheelPerPixel);
    // VS Code reads `wheelDeltaY`, which Chromium takes but the standard's type does not know.
    const init = { deltaY, wheelDeltaY: -deltaY, bubbles: true, cancelable: true };
    const area = this.list.locator('.monaco-scrollable-element').first();
    await area.evaluate((element, event) => void element.dispatchEvent(new WheelEvent('wheel', event)), init);
  }

  private visible() {
    return this.list.locator('.monaco-list-rows > .monaco-list-row').evaluateAll(readRows);
  }

  private element(index: number): Locator {
    return this.list.locator(`.monaco-list-rows > .monaco-list-row[data-index="${index}"]`);
  }
}

function name(path: Path): string {
  return `"${path.join(' > ')}"`;
}

function matches(text: string, wanted: string | RegExp): boolean {
  return typeof wanted === 'string' ? text === wanted : wanted.test(text);
}
