import { EventEmitter, Uri, window, type Disposable, type FileDecorationProvider } from 'vscode';

const scheme = 'cloud-assistant-row';

/**
 * Tells when a row comes into sight. VS Code has no event for it, but it asks for the decoration of a row's address
 * when it draws the row and not before. Where decorations are switched off nothing is told, and a click does the same.
 */
export class SeenRows<N extends object> implements FileDecorationProvider, Disposable {
  private readonly rows = new Map<string, N>();
  private readonly saw = new EventEmitter<N>();
  readonly onDidSee = this.saw.event;
  private readonly registration = window.registerFileDecorationProvider(this);

  /** An address for a row, which is told once. */
  watch(node: N, key: string): Uri {
    const uri = Uri.from({ scheme, path: `/${encodeURIComponent(key)}` });
    this.rows.set(uri.toString(), node);
    return uri;
  }

  provideFileDecoration(uri: Uri): undefined {
    if (uri.scheme !== scheme) return undefined;
    const key = uri.toString();
    const node = this.rows.get(key);
    this.rows.delete(key);
    if (node !== undefined) this.saw.fire(node);
    return undefined;
  }

  dispose(): void {
    this.registration.dispose();
    this.saw.dispose();
  }
}
