import * as l10n from '@vscode/l10n';
import { enterText } from '../ui/steps';

/** A filter with a text among its parts, which rows follow while it is typed. */
interface TextFiltered<F extends { readonly text?: string | undefined }> {
  readonly filter: F | undefined;
  preview(filter: F | undefined): void;
  setFilter(filter: F | undefined): Promise<void>;
}

export function textHint(): string {
  return l10n.t('Name, ID, host name or address; * and ? stand for anything');
}

/** Asks for the text; the other parts stay, and whoever turns away has the filter of before. */
export async function askFilterText<F extends { readonly text?: string | undefined }>(
  view: TextFiltered<F>,
  withText: (before: F | undefined, text: string) => F,
): Promise<'next' | 'back' | 'cancel'> {
  const before = view.filter;
  const answer = await enterText({
    title: l10n.t('Filter by text'),
    prompt: l10n.t('Name, ID, host name or address; * and ? stand for anything. Empty shows all.'),
    value: before?.text,
    back: true,
    validate: (text) => (text.length > 200 ? l10n.t('At most 200 characters.') : undefined),
    onType: (text) => view.preview(withText(before, text)),
  });
  if (answer === 'back' || answer === 'cancel') {
    view.preview(before);
    return answer;
  }
  await view.setFilter(withText(before, answer.value));
  return 'next';
}
