import Module, { createRequire } from 'node:module';
import { join } from 'node:path';

/** One message or box that was shown, as far as tests look at it. */
export interface Shown {
  readonly how: 'warning' | 'information' | 'error' | 'input';
  readonly message: string;
  readonly modal: boolean;
  readonly detail: string;
  readonly buttons: readonly string[];
}

/** A box for text, which the test answers. */
export interface FakeBox {
  password: boolean;
  value: string;
  accept(value: string): void;
}

/** The parts of VS Code that ask people something; a test answers for them. */
export class FakeVscode {
  readonly shown: Shown[] = [];
  readonly boxes: FakeBox[] = [];
  /** What is answered to each question; undefined is Escape, as pressing Cancel is. */
  answer: (shown: Shown) => string | undefined = () => undefined;
  /** Presses Cancel on the progress that is shown. */
  cancelProgress: () => void = () => undefined;

  /** Called whenever progress begins to be shown. */
  onProgress: () => void = () => undefined;

  readonly ProgressLocation = { Notification: 15 };
  readonly QuickInputButtons = { Back: {} };
  readonly EventEmitter = class {
    readonly event = (): void => undefined;
    fire = (): void => undefined;
    dispose = (): void => undefined;
  };
  readonly Uri = { from: (parts: object): object => parts };

  readonly window = {
    tabGroups: { activeTabGroup: { activeTab: undefined } },
    showWarningMessage: this.message('warning'),
    showInformationMessage: this.message('information'),
    showErrorMessage: this.message('error'),
    showInputBox: ({ prompt }: { readonly prompt: string }) =>
      this.ask({ how: 'input', message: prompt, modal: true, detail: '', buttons: [] }),
    withProgress: (_: object, task: (bar: object, token: object) => Promise<unknown>) => {
      const token = {
        onCancellationRequested: (cancel: () => void) => {
          this.cancelProgress = cancel;
          this.onProgress();
          return { dispose: () => undefined };
        },
      };
      return task({ report: () => undefined }, token);
    },
    createInputBox: () => this.box(),
  };

  /** A button is its title, or an item with one; what is answered is the same. */
  private message(how: Shown['how']) {
    return async (
      message: string,
      options: { readonly modal?: boolean; readonly detail?: string },
      ...items: readonly (string | { readonly title: string })[]
    ) => {
      const buttons = items.map((item) => (typeof item === 'string' ? item : item.title));
      const shown = { how, message, modal: options.modal === true, detail: options.detail ?? '', buttons };
      const answer = await this.ask(shown);
      return items.find((item) => typeof item !== 'string' && item.title === answer) ?? answer;
    };
  }

  private async ask(shown: Shown): Promise<string | undefined> {
    this.shown.push(shown);
    // A person takes a while: whoever does not wait goes on without an answer.
    await new Promise((resolve) => setImmediate(resolve));
    return this.answer(shown);
  }

  private box(): object {
    let accepted: () => void = () => undefined;
    const nothing = (): void => undefined;
    const box = {
      password: false,
      value: '',
      onDidAccept: (listener: () => void) => (accepted = listener),
      onDidChangeValue: nothing,
      onDidTriggerButton: nothing,
      onDidHide: nothing,
      show: nothing,
      dispose: nothing,
      accept: (value: string) => {
        box.value = value;
        accepted();
      },
    };
    this.boxes.push(box);
    return box;
  }
}

/** Loads a module below `src/host` with `vscode` replaced. */
export function requireWith<T>(vscode: FakeVscode, name: string): T {
  // Node's loader as it is; it has no types for this.
  const loader = Module as unknown as { _load(request: string, ...rest: unknown[]): unknown };
  const load = loader._load.bind(loader);
  const require = createRequire(__filename);
  for (const file of Object.keys(require.cache)) if (/[\\/]src[\\/]host[\\/]/.test(file)) delete require.cache[file];
  loader._load = (request, ...rest) => (request === 'vscode' ? vscode : load(request, ...rest));
  try {
    // The caller names the type of the module it names.
    return require(join(__dirname, '..', '..', '..', 'src', 'host', name)) as T;
  } finally {
    loader._load = load;
  }
}
