import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Page } from 'playwright-core';
import type { RunningSandbox } from '../../workbench/sandbox';
import type { WorkbenchServer } from '../../workbench/server';
import { Dialog } from './dialog';
import { Editors } from './editors';
import { Notifications } from './notifications';
import { Output } from './output';
import { QuickInput } from './quickInput';
import { SideBar } from './sideBar';

const layersAtMost = 4;

/** What a test needs besides the page. */
export interface WorkbenchSurroundings {
  readonly server: WorkbenchServer;
  readonly sandbox: RunningSandbox | undefined;
  /** Where a failure leaves its traces. */
  readonly evidence: string;
  /** Errors the page has written to its console so far. */
  readonly consoleErrors: readonly string[];
}

/** A workbench in a browser, by the things a user sees. */
export class Workbench {
  readonly sideBar: SideBar;
  readonly quickInput: QuickInput;
  readonly dialog: Dialog;
  readonly notifications: Notifications;
  readonly editors: Editors;
  readonly output: Output;

  constructor(
    readonly page: Page,
    readonly surroundings: WorkbenchSurroundings,
  ) {
    this.sideBar = new SideBar(page);
    this.quickInput = new QuickInput(page);
    this.dialog = new Dialog(page);
    this.notifications = new Notifications(page);
    this.editors = new Editors(page);
    this.output = new Output(page, this.quickInput);
  }

  /** Opens the address and waits until the workbench is there. */
  async open(): Promise<void> {
    await this.page.goto(this.surroundings.server.address);
    await this.page.locator('.monaco-workbench .part.statusbar').waitFor({ timeout: 60_000 });
    await this.page.locator('.activitybar .action-item').first().waitFor({ timeout: 60_000 });
  }

  /** Reloads the window, as a crash of the extension host or a careless user does. */
  async reload(): Promise<void> {
    await this.page.reload();
    await this.page.locator('.monaco-workbench .part.statusbar').waitFor({ timeout: 60_000 });
    await this.page.locator('.activitybar .action-item').first().waitFor({ timeout: 60_000 });
  }

  /** Runs a command by its title in the command palette. */
  readonly runCommand = (title: string): Promise<void> => this.quickInput.runCommand(title);

  /** Closes menus, boxes and dialogs that a failed step has left open, so that the next one has a chance. */
  async leaveEverything(): Promise<void> {
    for (let layer = 0; layer < layersAtMost; layer++) await this.page.keyboard.press('Escape');
  }

  async screenshot(path: string): Promise<void> {
    await mkdir(dirname(path), { recursive: true });
    await this.page.screenshot({ path });
  }
}
