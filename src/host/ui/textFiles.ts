import {
  Disposable,
  EventEmitter,
  FilePermission,
  FileSystemError,
  FileType,
  type Event,
  type FileChangeEvent,
  type FileStat,
  type FileSystemProvider,
  type Uri,
} from 'vscode';

/** The text behind one address and when it last changed. */
export interface TextFile {
  readonly text: string;
  /** Milliseconds since the epoch. */
  readonly changedAt: number;
}

/** Where the texts of one scheme come from. Every address has a text, if only one that says what is missing. */
export interface TextSource {
  read(uri: Uri): TextFile | Promise<TextFile>;
  readonly onDidChange: Event<FileChangeEvent[]>;
}

/** Read-only documents of one scheme, loaded when the first is opened. */
export class TextFiles implements FileSystemProvider, Disposable {
  private readonly changed = new EventEmitter<FileChangeEvent[]>();
  readonly onDidChangeFile = this.changed.event;
  private subscription: Disposable | undefined;

  constructor(private readonly load: () => Promise<TextSource>) {}

  watch(): Disposable {
    return new Disposable(() => undefined);
  }

  async stat(uri: Uri): Promise<FileStat> {
    const { text, changedAt } = await this.read(uri);
    const size = Buffer.byteLength(text);
    return { type: FileType.File, ctime: changedAt, mtime: changedAt, size, permissions: FilePermission.Readonly };
  }

  async readFile(uri: Uri): Promise<Uint8Array> {
    return Buffer.from((await this.read(uri)).text);
  }

  readDirectory(): [string, FileType][] {
    return [];
  }

  createDirectory(uri: Uri): void {
    throw FileSystemError.NoPermissions(uri);
  }

  writeFile(uri: Uri): void {
    throw FileSystemError.NoPermissions(uri);
  }

  delete(uri: Uri): void {
    throw FileSystemError.NoPermissions(uri);
  }

  rename(uri: Uri): void {
    throw FileSystemError.NoPermissions(uri);
  }

  dispose(): void {
    this.subscription?.dispose();
    this.changed.dispose();
  }

  private async read(uri: Uri): Promise<TextFile> {
    const source = await this.load();
    this.subscription ??= source.onDidChange((events) => this.changed.fire(events));
    return source.read(uri);
  }
}
