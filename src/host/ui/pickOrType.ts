import * as vscode from 'vscode';
import { answered, frame, itemOf, type Answer, type Choice, type PickItem, type StepFrame } from './steps';

export interface PickOrTypeStep extends StepFrame {
  readonly placeholder: string;
  readonly choices: readonly Choice<string>[];
  /** The line that takes what was typed. */
  readonly typed: (text: string) => string;
}

/** One of the choices, or what was typed. */
export function pickOrType(step: PickOrTypeStep): Promise<Answer<string>> {
  const box = vscode.window.createQuickPick<PickItem<string>>();
  frame(box, step);
  box.placeholder = step.placeholder;
  const offered = step.choices.map(itemOf);
  const show = (text: string): void => {
    const isOffered = step.choices.some(({ value, label }) => value === text || label === text);
    const own = { ...itemOf({ label: step.typed(text), icon: 'edit', value: text }), alwaysShow: true };
    box.items = text === '' || isOffered ? offered : [...offered, own];
  };
  box.onDidChangeValue((value) => show(value.trim()));
  show('');
  return answered<string>(box, step, (finish) => {
    const choice = box.selectedItems[0]?.choice;
    if (choice !== undefined) finish({ value: choice.value });
  });
}
