import { Uri, window, type Disposable, type FileDecoration, type FileDecorationProvider } from 'vscode';
import type { AccountLevel } from '../../core/account';
import { levelWords } from '../../services/accounts/levelText';

const scheme = 'cloud-assistant-mark';

/** A badge at the end of every row below an account that is marked, so that nobody takes its hosts for others. */
export class MarkBadges implements FileDecorationProvider, Disposable {
  private readonly registration = window.registerFileDecorationProvider(this);

  /** The same address for all rows of a mark: VS Code asks once for each. */
  address(level: Exclude<AccountLevel, 'normal'>): Uri {
    return Uri.from({ scheme, path: `/${level}` });
  }

  provideFileDecoration({ scheme: asked, path }: Uri): FileDecoration | undefined {
    if (asked !== scheme) return undefined;
    const { label, badge } = levelWords(path === '/production' ? 'production' : 'readOnly');
    return { badge, tooltip: label };
  }

  dispose(): void {
    this.registration.dispose();
  }
}
