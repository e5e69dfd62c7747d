import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { CloudError } from '../../core/cloudError';
import { causeOf } from '../../services/views/errorCause';
import { oneLine } from '../../util/plainText';
import { afterTour } from './afterTour';
import { inLabel, inPrompt } from './plainText';

/** What a person answered in one step of several. */
export type Answer<T> = { readonly value: T } | 'back' | 'cancel';

/** One line to choose. Texts may come from the cloud: they are shown exactly. */
export interface Choice<T> {
  readonly label: string;
  readonly description?: string | undefined;
  readonly detail?: string | undefined;
  readonly icon?: string | undefined;
  /** Ticked beforehand, where many can be chosen. */
  readonly picked?: boolean | undefined;
  /** A heading above it, once for all that follow each other with the same. */
  readonly group?: string | undefined;
  /** A button on its line that is another answer. */
  readonly button?: { readonly icon: string; readonly label: string; readonly value: T } | undefined;
  readonly value: T;
}

export interface StepFrame {
  readonly title: string;
  readonly step?: number | undefined;
  readonly totalSteps?: number | undefined;
  /** Whether there is a step to go back to. */
  readonly back?: boolean | undefined;
}

export interface PickStep<T> extends StepFrame {
  readonly placeholder: string;
  /** Said in place of an empty list. */
  readonly empty: string;
  /** The choices; shown busy until they are there. A failure is shown in place, with Retry. */
  readonly load: (signal: AbortSignal) => Promise<readonly Choice<T>[]>;
  /** Where many can be chosen: none is an answer, too. */
  readonly orNone?: boolean | undefined;
  /** A button at the top that makes `load` worth another call. */
  readonly more?: (() => { readonly label: string; readonly run: () => Promise<void> } | undefined) | undefined;
}

export interface InputStep extends StepFrame {
  readonly prompt: string;
  readonly value?: string | undefined;
  readonly secret?: boolean | undefined;
  /** What is wrong with a value; undefined when nothing is. */
  readonly validate: (value: string) => string | undefined;
  /** Told of every keystroke. */
  readonly onType?: ((value: string) => void) | undefined;
}

/** Steps in order; each may go back to the one before it. False when the person turned away. */
export async function walk(steps: readonly (() => Promise<'next' | 'back' | 'cancel'>)[]): Promise<boolean> {
  let at = 0;
  while (at < steps.length) {
    const went = await steps[at]?.();
    if (went === 'cancel' || went === undefined) return false;
    at = went === 'next' ? at + 1 : Math.max(0, at - 1);
  }
  return true;
}

export async function pickOne<T>(step: PickStep<T>): Promise<Answer<T>> {
  const answer = await pick(step, false);
  if (answer === 'back' || answer === 'cancel') return answer;
  const [first] = answer.value;
  return first === undefined ? 'cancel' : { value: first.value };
}

/** Any number of choices, at least one unless none is an answer. Nothing is chosen beforehand that is not `picked`. */
export async function pickMany<T>(step: PickStep<T>): Promise<Answer<readonly T[]>> {
  const answer = await pick(step, true);
  if (answer === 'back' || answer === 'cancel') return answer;
  return answer.value.length === 0 && step.orNone !== true
    ? 'cancel'
    : { value: answer.value.map((choice) => choice.value) };
}

export function enterText(step: InputStep): Promise<Answer<string>> {
  const box = vscode.window.createInputBox();
  frame(box, step);
  box.prompt = inPrompt(step.prompt);
  box.password = step.secret === true;
  box.value = step.value ?? '';
  box.onDidChangeValue((value) => {
    box.validationMessage = undefined;
    step.onType?.(value);
  });
  return answered(box, step, (finish) => {
    const problem = step.validate(box.value);
    if (problem === undefined) finish({ value: box.value });
    else box.validationMessage = inPrompt(problem);
  });
}

/** A line of a box and the choice it stands for. */
export interface PickItem<T> extends vscode.QuickPickItem {
  readonly choice?: Choice<T>;
  readonly retry?: boolean;
}

function pick<T>(step: PickStep<T>, many: boolean): Promise<Answer<readonly Choice<T>[]>> {
  const box = vscode.window.createQuickPick<PickItem<T>>();
  frame(box, step);
  box.placeholder = step.placeholder;
  box.matchOnDescription = true;
  box.matchOnDetail = true;
  const abort = new AbortController();
  const load = (): void => void fill(box, step, { many, signal: abort.signal });
  box.onDidTriggerButton((button) => {
    const more = step.more?.();
    if (button === vscode.QuickInputButtons.Back || more === undefined) return;
    box.busy = true;
    void more.run().then(load, load);
  });
  load();
  const accept = (finish: (answer: Answer<readonly Choice<T>[]>) => void): void => {
    const chosen = box.selectedItems;
    if (chosen.some((item) => item.retry === true)) return load();
    const choices = chosen.flatMap((item) => (item.choice === undefined ? [] : [item.choice]));
    if (choices.length > 0 || (step.orNone === true && box.canSelectMany)) finish({ value: choices });
  };
  const press = (finish: (answer: Answer<readonly Choice<T>[]>) => void): void => {
    box.onDidTriggerItemButton(({ item: { choice } }) => {
      if (choice?.button !== undefined) finish({ value: [{ ...choice, value: choice.button.value }] });
    });
  };
  return answered(box, step, accept, press).finally(() => abort.abort());
}

async function fill<T>(
  box: vscode.QuickPick<PickItem<T>>,
  step: PickStep<T>,
  { many, signal }: { many: boolean; signal: AbortSignal },
): Promise<void> {
  box.busy = true;
  try {
    const choices = await step.load(signal);
    if (signal.aborted) return;
    box.canSelectMany = many && choices.length > 0;
    box.items = choices.length === 0 ? [{ label: step.empty, alwaysShow: true }] : itemsOf(choices);
    if (many) box.selectedItems = box.items.filter((item) => item.choice?.picked === true);
  } catch (error) {
    if (signal.aborted) return;
    box.canSelectMany = false;
    box.items = failure(error);
  } finally {
    box.busy = false;
  }
  const more = step.more?.();
  const back = step.back === true ? [vscode.QuickInputButtons.Back] : [];
  box.buttons =
    more === undefined ? back : [...back, { iconPath: new vscode.ThemeIcon('unfold'), tooltip: more.label }];
}

/** The choices with a heading wherever another group begins. */
function itemsOf<T>(choices: readonly Choice<T>[]): PickItem<T>[] {
  return choices.flatMap((choice, index) => {
    const begins = choice.group !== undefined && choice.group !== choices[index - 1]?.group;
    const heading = { label: choice.group ?? '', kind: vscode.QuickPickItemKind.Separator };
    return begins ? [heading, itemOf(choice)] : [itemOf(choice)];
  });
}

export function itemOf<T>(choice: Choice<T>): PickItem<T> {
  const { label, description, detail, icon, button } = choice;
  return {
    choice,
    ...(button && { buttons: [{ iconPath: new vscode.ThemeIcon(button.icon), tooltip: button.label }] }),
    label: `${icon === undefined ? '' : `$(${icon}) `}${inLabel(oneLine(label))}`,
    ...(description === undefined ? {} : { description: inLabel(oneLine(description, 200)) }),
    ...(detail === undefined ? {} : { detail: inLabel(oneLine(detail, 200)) }),
  };
}

function failure<T>(error: unknown): PickItem<T>[] {
  const said = CloudError.is(error) ? causeOf(error) : error instanceof Error ? error.message : String(error);
  const advice = CloudError.is(error) ? error.advice : undefined;
  return [
    {
      label: `$(error) ${inLabel(oneLine(said, 200))}`,
      alwaysShow: true,
      ...(advice === undefined ? {} : { detail: inLabel(advice) }),
    },
    { label: `$(refresh) ${l10n.t('Retry')}`, retry: true, alwaysShow: true },
  ];
}

export function frame(box: vscode.QuickInput, { title, step, totalSteps }: StepFrame): void {
  box.title = oneLine(title, 200);
  box.step = step;
  box.totalSteps = totalSteps;
  box.ignoreFocusOut = true;
}

type Box = (vscode.QuickPick<vscode.QuickPickItem> | vscode.InputBox) & { buttons: readonly vscode.QuickInputButton[] };

/** Shows the box until it is answered, left by Back, or closed. */
export function answered<T>(
  box: Box | vscode.InputBox,
  step: StepFrame,
  accept: (finish: (answer: Answer<T>) => void) => void,
  begin?: (finish: (answer: Answer<T>) => void) => void,
): Promise<Answer<T>> {
  if (step.back === true) box.buttons = [vscode.QuickInputButtons.Back];
  return new Promise((resolve) => {
    const finish = (answer: Answer<T>): void => {
      resolve(answer);
      box.dispose();
    };
    begin?.(finish);
    box.onDidAccept(() => accept(finish));
    box.onDidTriggerButton((button) => {
      if (button === vscode.QuickInputButtons.Back) finish('back');
    });
    box.onDidHide(() => finish('cancel'));
    afterTour(() => box.show());
  });
}
