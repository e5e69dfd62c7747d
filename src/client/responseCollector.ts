import type { Dispatcher } from 'undici';
import type { HttpResponse } from '../core/http';
import { decoded } from '../platform/contentCoding';
import { decodeText } from '../util/decodeText';

type AnswerHeaders = Dispatcher.ResponseData['headers'];

/**
 * Gathers one answer. undici's `request` would wrap it into a stream, which costs more than everything else that
 * happens to a call here, and it does not tell when a request got its connection.
 */
export class ResponseCollector implements Dispatcher.DispatchHandler {
  /** Rejects when the request failed, or was cancelled before it had a connection: people need not wait for one. */
  readonly whole: Promise<HttpResponse>;
  /** From here on the request may have been written. */
  begun = false;
  private status = 0;
  private headers: Record<string, string> = {};
  private readonly parts: Buffer[] = [];
  private resolve!: (response: HttpResponse) => void;
  private reject!: (error: unknown) => void;
  private controller: Dispatcher.DispatchController | undefined;

  constructor(
    private readonly signal: AbortSignal | undefined,
    private readonly maxBytes: number,
  ) {
    this.whole = new Promise((resolve, reject) => {
      this.resolve = resolve;
      this.reject = reject;
    });
    signal?.addEventListener('abort', this.cancel, { once: true });
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    // undici writes nothing for a request that is aborted here.
    if (this.signal?.aborted === true) return controller.abort(new Error('aborted'));
    this.begun = true;
    this.controller = controller;
  }

  /** Called for interim answers, too; the last one counts. */
  onResponseStart(_controller: Dispatcher.DispatchController, status: number, headers: AnswerHeaders): void {
    this.status = status;
    this.headers = flatHeaders(headers);
  }

  onResponseData(_controller: Dispatcher.DispatchController, part: Buffer): void {
    this.parts.push(part);
  }

  onResponseEnd(): void {
    const [first, ...more] = this.parts;
    const bytes = more.length > 0 ? Buffer.concat(this.parts) : first;
    const coding = this.headers['content-encoding'];
    if (coding === undefined || bytes === undefined) return this.end(bytes);
    decoded(bytes, coding, this.maxBytes).then((plain) => this.end(plain), this.reject);
  }

  private end(bytes: Buffer | undefined): void {
    const body = bytes === undefined ? '' : decodeText(bytes);
    this.resolve({ status: this.status, headers: this.headers, body });
  }

  onResponseError(_controller: Dispatcher.DispatchController | undefined, error: Error): void {
    this.reject(error);
  }

  /** To be called when nobody waits any more. */
  release(): void {
    this.signal?.removeEventListener('abort', this.cancel);
  }

  private readonly cancel = (): void => {
    const reason = new Error('aborted');
    if (this.controller === undefined) this.reject(reason);
    else this.controller.abort(reason);
  };
}

function flatHeaders(headers: AnswerHeaders): Record<string, string> {
  const flat: Record<string, string> = {};
  for (const name in headers) {
    const value = headers[name];
    if (value !== undefined) flat[name] = typeof value === 'string' ? value : value.join(', ');
  }
  return flat;
}
