import * as vscode from 'vscode';
import { networkEnvironment, type NetworkSettings } from '../../core/networkSettings';

/**
 * How VS Code is told to reach the network. None of these settings can be made by a workspace. The same object until
 * one of them changes: connections are kept as long.
 */
export function createNetworkSettings(env: Readonly<Record<string, string | undefined>>) {
  let known: NetworkSettings | undefined;
  const watcher = vscode.workspace.onDidChangeConfiguration((change) => {
    if (change.affectsConfiguration('http')) known = undefined;
  });
  return {
    current: (): NetworkSettings => (known ??= read(env)),
    dispose: (): void => void watcher.dispose(),
  };
}

function read(env: Readonly<Record<string, string | undefined>>): NetworkSettings {
  const http = vscode.workspace.getConfiguration('http');
  const text = (name: string): string | undefined => {
    const value = http.get<unknown>(name);
    return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
  };
  const noProxy = http.get<unknown>('noProxy');
  return {
    proxy: text('proxy'),
    noProxy: Array.isArray(noProxy) ? noProxy.filter((entry): entry is string => typeof entry === 'string') : [],
    proxyAuthorization: text('proxyAuthorization'),
    strictSsl: http.get<unknown>('proxyStrictSSL') !== false,
    proxySupport: text('proxySupport') === 'off' ? 'off' : 'on',
    systemCertificates: http.get<unknown>('systemCertificates') !== false,
    environment: networkEnvironment(env),
  };
}
