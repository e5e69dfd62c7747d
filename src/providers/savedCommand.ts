import * as l10n from '@vscode/l10n';
import type { Item } from '../core/item';
import type { Field } from '../core/kind';
import type { ScriptLanguage, StoredScript } from '../core/script';
import type { State } from '../core/state';
import { sha256 } from '../util/hash';
import { languageName } from './runCommand';

/** The text of a stored script, and whether it is all of it, byte for byte. */
export interface StoredText {
  readonly text: string;
  readonly isExact: boolean;
}

/** Reads content that was asked for in Base64; a gateway that ignores that answers in plain text. */
export function storedText(content: string | undefined): StoredText {
  if (content === undefined) return { text: '', isExact: false };
  const packed = content.replace(/\s/g, '');
  const bytes = Buffer.from(packed, 'base64');
  const isBase64 = withoutPadding(bytes.toString('base64')) === withoutPadding(packed);
  if (!isBase64) return { text: content, isExact: true };
  const text = bytes.toString('utf8');
  return { text, isExact: Buffer.from(text, 'utf8').equals(bytes) };
}

function withoutPadding(base64: string): string {
  return base64.replaceAll('=', '');
}

/** A shell script can be one for another interpreter by its first line. */
export function languageBehind(language: ScriptLanguage | undefined, text: string): ScriptLanguage | undefined {
  return language === 'shell' && /^#![^\n]*\bpython/.test(text) ? 'python' : language;
}

const icons: Readonly<Record<ScriptLanguage, string>> = {
  shell: 'terminal-bash',
  powershell: 'terminal-powershell',
  batch: 'terminal-cmd',
  python: 'file-code',
};

/** What it is written in is what tells commands apart; they have no other state. */
export function commandState({ language }: StoredScript): State {
  if (language === undefined)
    return { token: 'unknown', label: () => l10n.t('Unknown type'), icon: 'question', tone: 'warning' };
  return { token: language, label: () => languageName(language), icon: icons[language], tone: 'muted' };
}

/** The system that such scripts run on. */
export function systemFor({ language }: StoredScript): string | undefined {
  if (language === undefined) return undefined;
  return language === 'powershell' || language === 'batch' ? 'windows' : 'linux';
}

/** "2 parameters"; undefined where there are none. */
export function parametersText({ parameters = [] }: StoredScript): string | undefined {
  if (parameters.length === 0) return undefined;
  return parameters.length === 1 ? l10n.t('1 parameter') : l10n.t('{0} parameters', parameters.length);
}

/** Scripts may hold secrets, so that records are kept with the hash of theirs. */
export function withoutContent(item: Item): Item {
  const { CommandContent, ...rest } = item;
  return typeof CommandContent === 'string' ? { ...rest, ContentSha256: contentHash(CommandContent) } : rest;
}

/** The same for the same script and no other. */
export function contentHash(content: string | undefined): string | undefined {
  return content === undefined ? undefined : sha256(storedText(content).text);
}

/** The script stands behind all other fields: it is the longest. */
export function scriptField(scriptOf: (item: Item) => StoredScript): Field {
  return { name: 'CommandContent', type: 'text', label: () => l10n.t('Script'), value: (item) => scriptOf(item).text };
}
