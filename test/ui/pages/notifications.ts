import type { Locator, Page } from 'playwright-core';

export interface NotificationText {
  readonly message: string;
  readonly buttons: readonly string[];
  readonly severity: 'info' | 'warning' | 'error' | 'unknown';
  /** Whether a bar shows that something goes on. */
  readonly progress: boolean;
}

/** The messages at the lower right. */
export class Notifications {
  constructor(private readonly page: Page) {}

  /** Waits for a message that contains the text. */
  async waitFor(text: string | RegExp): Promise<NotificationText> {
    const item = this.item(text);
    await item.waitFor();
    return read(item);
  }

  async waitForNone(text: string | RegExp): Promise<void> {
    await this.item(text).waitFor({ state: 'hidden' });
  }

  /** All messages shown at the moment. */
  async list(): Promise<NotificationText[]> {
    return Promise.all((await this.items().all()).map(read));
  }

  /** Presses a button of a message; a progress message has "Cancel". */
  async press(text: string | RegExp, button: string): Promise<void> {
    const buttons = this.item(text).locator('.notification-list-item-buttons-container .monaco-button');
    await buttons.getByText(button, { exact: true }).click();
  }

  async dismiss(text: string | RegExp): Promise<void> {
    const item = this.item(text);
    await item.hover();
    await item.locator('.codicon-notifications-clear').click();
    await item.waitFor({ state: 'hidden' });
  }

  async dismissAll(): Promise<void> {
    for (const { message } of await this.list()) await this.dismiss(message);
  }

  private item(text: string | RegExp): Locator {
    return this.items()
      .filter({ has: this.page.locator('.notification-list-item-message', { hasText: text }) })
      .first();
  }

  private items(): Locator {
    return this.page.locator('.notifications-toasts .monaco-list-row:visible');
  }
}

async function read(item: Locator): Promise<NotificationText> {
  const severity = await item
    .locator('.notification-list-item-icon')
    .evaluate((icon) => /codicon-(info|warning|error)/.exec(icon.getAttribute('class') ?? '')?.[1]);
  return {
    message: await item.locator('.notification-list-item-message').innerText(),
    buttons: await item.locator('.notification-list-item-buttons-container .monaco-button').allInnerTexts(),
    severity: (severity ?? 'unknown') as NotificationText['severity'], // The pattern admits no other.
    progress: (await item.locator('.monaco-progress-container.active').count()) > 0,
  };
}
