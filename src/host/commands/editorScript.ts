import * as l10n from '@vscode/l10n';
import type * as vscode from 'vscode';
import type { ScriptLanguage } from '../../core/commands';
import type { Script } from '../../core/script';
import { showModal } from '../ui/messages';

/** VS Code's language ids of what can be run. */
const languages: Readonly<Record<string, ScriptLanguage>> = {
  shellscript: 'shell',
  powershell: 'powershell',
  bat: 'batch',
  python: 'python',
};

export const languageIds: Readonly<Record<ScriptLanguage, string>> = {
  shell: 'shellscript',
  powershell: 'powershell',
  batch: 'bat',
  python: 'python',
};

/** What a document would be run as; undefined where it is no script. */
export function languageOf({ languageId }: vscode.TextDocument): ScriptLanguage | undefined {
  return Object.hasOwn(languages, languageId) ? languages[languageId] : undefined;
}

/** The script of a document, or of the part of it that is selected in an editor. */
export function scriptOf(document: vscode.TextDocument, selection?: vscode.Selection): Script | undefined {
  const language = languageOf(document);
  if (language === undefined) return undefined;
  const file = nameOf(document);
  if (selection === undefined || selection.isEmpty) return { language, name: file, text: document.getText() };
  const [first, last] = [selection.start.line + 1, selection.end.line + 1];
  const name = first === last ? l10n.t('{0}, line {1}', file, first) : l10n.t('{0}, lines {1}–{2}', file, first, last);
  return { language, name, text: document.getText(selection) };
}

export function nameOf({ uri }: vscode.TextDocument): string {
  return uri.path.split('/').at(-1) ?? uri.path;
}

/**
 * The script with the line ends that its system takes, once a person agreed; undefined when they turned away. What
 * runs is what was shown: nothing is changed silently.
 */
export async function withItsLineEnds(script: Script): Promise<Script | undefined> {
  const isUnix = script.language === 'shell' || script.language === 'python';
  if (!isUnix || !script.text.includes('\r')) return script;
  const convert = l10n.t('Convert to LF');
  const message = l10n.t('"{0}" has Windows line ends (CRLF).', script.name);
  const detail = l10n.t(
    'A shell takes them as part of words, so the script would fail in odd ways. The file itself stays as it is.',
  );
  if ((await showModal('warning', { message, detail }, convert)) !== convert) return undefined;
  return { ...script, text: script.text.replaceAll(/\r\n?/g, '\n') };
}
