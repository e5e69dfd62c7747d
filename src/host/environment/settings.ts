import * as vscode from 'vscode';
import type { ProviderId } from '../../core/account';
import type { AnswerFormat } from '../../core/wire';
import { parseEndpoint, type EndpointSetting } from '../../services/accounts/endpointSetting';
import type { GateSettings } from '../../services/actions/ports';
import { joinPath } from '../../util/paths';
import { endpointSettings, settings, type SettingId } from '../contract/contributions';

/** The user's settings, read anew on each call: a change counts from the next call on. */
export interface Settings extends GateSettings {
  endpoint(provider: ProviderId): EndpointSetting;
  answerFormat(): AnswerFormat;
  /** The folder where the user keeps scripts; undefined where none is set. */
  commandsFolder(): string | undefined;
  readonly onDidChangeEndpoints: vscode.Event<void>;
}

export interface SettingsOptions {
  /** This runs on a remote machine or in a container, whose own settings count. */
  readonly elsewhere: boolean;
  /** The person's own folder. */
  readonly home: string;
}

/** Whether this runs away from the person's own VS Code, which keeps the secrets. */
export function runsElsewhere({ extension }: vscode.ExtensionContext): boolean {
  return vscode.env.remoteName !== undefined && extension.extensionKind === vscode.ExtensionKind.Workspace;
}

const defaultTypedAbove = 10;

export function createSettings({ elsewhere, home }: SettingsOptions): Settings & vscode.Disposable {
  const endpoints = new vscode.EventEmitter<void>();
  const watcher = vscode.workspace.onDidChangeConfiguration((change) => {
    if (Object.values(endpointSettings).some((id) => change.affectsConfiguration(id))) endpoints.fire();
  });
  return {
    endpoint: (provider) => {
      const setting = parseEndpoint(textOf(endpointSettings[provider]));
      return setting.ok ? { ...setting, elsewhere } : setting;
    },
    answerFormat: () => (read(settings.answerFormat) === 'xml' ? 'xml' : 'json'),
    commandsFolder: () => folderOf(read(settings.commandsFolder), home),
    typedConfirmationAbove: () => countOf(read(settings.typedAbove)),
    onDidChangeEndpoints: endpoints.event,
    dispose: () => {
      watcher.dispose();
      endpoints.dispose();
    },
  };
}

function read(id: SettingId): unknown {
  return vscode.workspace.getConfiguration().get<unknown>(id);
}

function textOf(id: SettingId): string | undefined {
  const value = read(id);
  // A value of another type is shown as what it is: it must stop calls, not be taken for "empty".
  return value === undefined || typeof value === 'string' ? value : JSON.stringify(value);
}

/** With the person's own folder in place of `~`; a value that is no text is shown as what it is. */
function folderOf(value: unknown, home: string): string | undefined {
  const text = typeof value === 'string' || value === undefined ? (value ?? '').trim() : JSON.stringify(value);
  if (text === '') return undefined;
  return /^~(?:[\\/]|$)/.test(text) ? joinPath(home, `.${text.slice(1)}`) : text;
}

/** A value that is no count asks for typing always: what cannot be read must not make deleting easier. */
function countOf(value: unknown): number {
  if (value === undefined) return defaultTypedAbove;
  return typeof value === 'number' && value >= 0 ? value : 0;
}
