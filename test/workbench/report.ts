import { createServer, type AddressInfo, type Socket } from 'node:net';
import { createInterface } from 'node:readline';

/** What the tests inside the extension host tell the runner outside, one line of JSON each. */
export type HostEvent =
  | { readonly kind: 'started'; readonly vscode: string }
  | { readonly kind: 'passed'; readonly title: string; readonly ms: number }
  | { readonly kind: 'failed'; readonly title: string; readonly error: string }
  | { readonly kind: 'skipped'; readonly title: string }
  | { readonly kind: 'finished'; readonly error?: string };

/** The variables by which the runner reaches the module inside the extension host. */
export const reportPortVariable = 'CLOUD_ASSISTANT_TEST_REPORT';
export const grepVariable = 'CLOUD_ASSISTANT_TEST_GREP';

/** Receives the events of one run. */
export interface Report extends AsyncDisposable {
  readonly port: number;
  /** Settles with the last event; rejects when none comes for `silenceMs` or the extension host goes away. */
  readonly finished: Promise<void>;
}

export interface ReportOptions {
  readonly onEvent: (event: HostEvent) => void;
  readonly silenceMs: number;
}

export async function listenForReport(options: ReportOptions): Promise<Report> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const finished = receive(server, options);
  finished.catch(() => undefined); // Whoever waits later still sees it.
  const dispose = () => new Promise<void>((resolve) => server.close(() => resolve()));
  return { port: (server.address() as AddressInfo).port, finished, [Symbol.asyncDispose]: dispose };
}

function receive(server: ReturnType<typeof createServer>, options: ReportOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    const silent = () => reject(new Error(`The extension host was silent for ${options.silenceMs / 1000} s.`));
    const timer = setTimeout(silent, options.silenceMs);
    const settle = (error?: Error) => {
      clearTimeout(timer);
      return error ? reject(error) : resolve();
    };
    server.once('connection', (socket: Socket) => {
      createInterface({ input: socket }).on('line', (line) => {
        timer.refresh();
        const event = JSON.parse(line) as HostEvent;
        options.onEvent(event);
        if (event.kind === 'finished') {
          settle(event.error === undefined ? undefined : new Error(event.error));
        }
      });
      socket.on('error', settle);
      socket.once('close', () => settle(new Error('The extension host ended before its tests did.')));
    });
    server.once('close', () => clearTimeout(timer));
  });
}
