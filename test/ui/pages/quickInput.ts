import { errors, type Locator, type Page } from 'playwright-core';
import { until } from '../../workbench/until';

export interface QuickInputState {
  readonly title: string;
  readonly placeholder: string;
  readonly value: string;
  /** What is said below the box: a prompt, or why the value is refused. */
  readonly message: string;
}

const settledAfter = 6;
const settleMs = 2000;

/** How long a palette that is open is given to offer a command, in milliseconds. */
const offeredWithinMs = 4_000;

/** The box at the top in which VS Code lets choose and type. */
export class QuickInput {
  private readonly widget: Locator;
  private readonly box: Locator;

  constructor(private readonly page: Page) {
    this.widget = page.locator('.quick-input-widget:visible');
    this.box = this.widget.locator('.quick-input-filter input');
  }

  /** Waits until the box that asks for this is open; `asks` is its title, its placeholder or its message. */
  async waitFor(asks: string | RegExp): Promise<QuickInputState> {
    return until(`a quick input asks for ${asks}`, async () => {
      const state = await this.read();
      const texts = state ? [state.title, state.placeholder, state.message] : [];
      return texts.some((text) => (typeof asks === 'string' ? text.includes(asks) : asks.test(text)))
        ? state
        : undefined;
    });
  }

  /** The state of the box, if one is open. */
  async read(): Promise<QuickInputState | undefined> {
    if (!(await this.box.isVisible())) {
      return undefined;
    }
    const state = this.widget.evaluate(
      (widget) => ({
        title: (widget.querySelector('.quick-input-title')?.textContent ?? '').trim(),
        placeholder: widget.querySelector('.quick-input-filter input')?.getAttribute('placeholder') ?? '',
        value: widget.querySelector<HTMLInputElement>('.quick-input-filter input')?.value ?? '',
        message: (widget.querySelector('.quick-input-message')?.textContent ?? '').trim(),
      }),
      undefined,
      { timeout: settleMs },
    );
    // It may go while it is read.
    return state.catch(() => undefined);
  }

  /** The labels offered, as far as they are in sight. */
  async labels(): Promise<string[]> {
    await this.rows().first().waitFor();
    return this.rows().locator('.label-name').allInnerTexts();
  }

  /** Chooses the one item with this label. */
  async choose(label: string): Promise<void> {
    const row = await this.filterTo(label);
    await row.click();
    await until(`the choice of "${label}" is taken`, async () => !(await row.isVisible()));
  }

  /** Ticks the items with these labels and confirms. */
  async chooseMany(labels: readonly string[]): Promise<void> {
    for (const label of labels) {
      const row = await this.filterTo(label);
      if ((await row.getAttribute('aria-checked')) !== 'true') {
        await row.click();
      }
    }
    await this.box.fill('');
    await this.accept();
  }

  /** Unticks the items with these labels and confirms the others. */
  async untick(labels: readonly string[]): Promise<void> {
    for (const label of labels) {
      const row = await this.filterTo(label);
      await until(`"${label}" is unticked`, async () => {
        if ((await row.getAttribute('aria-checked')) !== 'true') return true;
        await row.click();
        return undefined;
      });
    }
    await this.box.fill('');
    await this.accept();
  }

  /** Replaces the text in the box. */
  async type(text: string): Promise<void> {
    await this.box.fill(text);
  }

  async accept(): Promise<void> {
    await this.box.press('Enter');
  }

  /** Accepts what is suggested, unless the box closed meanwhile. */
  async acceptIfOpen(): Promise<void> {
    await this.box.press('Enter', { timeout: 1000 }).catch((error: unknown) => {
      if (!(error instanceof errors.TimeoutError)) throw error;
    });
  }

  /** Leaves the box; another one may follow. */
  async cancel(): Promise<void> {
    const before = JSON.stringify(await this.read());
    await this.page.keyboard.press('Escape');
    await until('the quick input closes', async () => JSON.stringify(await this.read()) !== before);
  }

  /** Runs a command by its title in the command palette, for example "Cloud Assistant: Refresh". */
  async runCommand(title: string): Promise<void> {
    await until(`the command palette offers "${title}"`, async () => {
      await this.page.keyboard.press('F1');
      await until('the command palette opens', async () => (await this.read())?.value.startsWith('>'));
      const offered = await this.filterTo(`>${title}`, offeredWithinMs).catch(() => undefined);
      // The palette offers what there was when it opened; VS Code registers some commands a little late.
      if (offered === undefined) await this.page.keyboard.press('Escape');
      return offered;
    });
    await this.choose(`>${title}`);
  }

  /** The titles the command palette offers for a text. */
  async commandsFor(text: string): Promise<string[]> {
    await this.page.keyboard.press('F1');
    await until('the command palette opens', async () => (await this.read())?.value.startsWith('>'));
    await this.type(`>${text}`);
    const offered = await this.settledLabels();
    await this.cancel();
    return offered.filter((label) => label.toLowerCase().includes(text.toLowerCase()));
  }

  /** The labels once they stay the same: the palette adds similar commands a moment later. */
  private async settledLabels(): Promise<string[]> {
    let before = '';
    let same = 0;
    return until('the command palette is filtered', async () => {
      const labels = await this.labels();
      same = labels.join('\n') === before ? same + 1 : 0;
      before = labels.join('\n');
      return same >= settledAfter && labels;
    });
  }

  private async filterTo(text: string, withinMs?: number): Promise<Locator> {
    const label = text.replace(/^>/, '');
    await this.box.waitFor();
    const exact = this.rows()
      .filter({ has: this.page.locator('.label-name', { hasText: exactly(label) }) })
      .first();
    const offers = async (): Promise<boolean> => {
      if ((await this.box.inputValue()) !== text) {
        await this.box.fill(text);
      }
      return exact.isVisible();
    };
    await until(`the quick input offers "${label}"`, offers, withinMs);
    return exact;
  }

  private rows(): Locator {
    return this.widget.locator('.quick-input-list .monaco-list-row');
  }
}

function exactly(text: string): RegExp {
  return new RegExp(`^\\s*${text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}\\s*$`);
}
