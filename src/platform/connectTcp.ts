import type { LookupAddress } from 'node:dns';
import net, { type Socket } from 'node:net';
import { bareHost } from '../util/loopback';
import { lookupHost } from './resolveHost';

type Connected = (...outcome: [error: Error, socket: null] | [error: null, socket: Socket]) => void;

/** How long an address has before the next one is tried beside it; it is not given up for that. */
const aloneMs = 2_500;

/** What undici gives the connections it makes itself. */
const socketOptions = { noDelay: true, keepAlive: true, keepAliveInitialDelay: 60_000, highWaterMark: 64 * 1024 };

/**
 * Opens connections. Where a host has several addresses, the next is tried when one has failed, or beside one that
 * takes its time. Whichever is there first is kept, the others are closed before anything is written to them: neither
 * a slow address nor a dead one in front costs the call. Node's own way gives up one address for the next.
 */
export class TcpConnector {
  /** The address of each host that was there last: it comes first, so that a dead one in front is waited for once. */
  private readonly good = new Map<string, string>();

  /** Calls back once, or never when aborted. */
  connect(host: string, port: number, signal: AbortSignal, connected: Connected): void {
    lookupHost(bareHost(host), { all: true }, (error, found) => {
      if (signal.aborted) return;
      if (error !== null) return connected(error, null);
      const addresses = typeof found === 'string' ? [{ address: found, family: net.isIP(found) }] : found;
      const race = new Race(inOrder(addresses, this.good.get(host)), port, (outcome) => {
        signal.removeEventListener('abort', stop);
        if (outcome instanceof Error) return connected(outcome, null);
        this.good.set(host, outcome.address);
        connected(null, outcome.socket);
      });
      const stop = (): void => race.close();
      signal.addEventListener('abort', stop, { once: true });
      race.tryNext();
    });
  }
}

interface Winner {
  readonly socket: Socket;
  readonly address: string;
}

/** One connection that is being made. */
class Race {
  private readonly open = new Set<Socket>();
  private readonly failures: Error[] = [];
  private readonly waiting: LookupAddress[];
  private timer: NodeJS.Timeout | undefined;

  constructor(
    addresses: readonly LookupAddress[],
    private readonly port: number,
    private readonly ended: (outcome: Error | Winner) => void,
  ) {
    this.waiting = [...addresses];
  }

  tryNext(): void {
    clearTimeout(this.timer);
    const next = this.waiting.shift();
    if (next === undefined) return this.isLost();
    const socket = net.connect({ host: next.address, port: this.port, ...socketOptions });
    this.open.add(socket);
    // Stays for good: nobody else hears the errors of a connection that was not taken, or that TLS is spoken over.
    socket.on('error', (error) => {
      this.failures.push(error);
      if (this.open.delete(socket)) this.tryNext();
    });
    socket.once('connect', () => {
      if (!this.open.delete(socket)) return;
      this.close();
      this.ended({ socket, address: next.address });
    });
    if (this.waiting.length > 0) this.timer = setTimeout(() => this.tryNext(), aloneMs);
  }

  close(): void {
    clearTimeout(this.timer);
    for (const socket of this.open) socket.destroy();
    this.open.clear();
  }

  private isLost(): void {
    if (this.open.size > 0) return;
    const [first = Object.assign(new Error('no address'), { code: 'ENOTFOUND' }), ...more] = this.failures;
    this.ended(more.length > 0 ? new AggregateError(this.failures) : first);
  }
}

/** The one that was good first; then the families by turns, as the resolver has them: often only one of the two works. */
function inOrder(addresses: readonly LookupAddress[], good: string | undefined): LookupAddress[] {
  const [first] = addresses;
  const same = addresses.filter(({ family }) => family === first?.family);
  const other = addresses.filter(({ family }) => family !== first?.family);
  const turns = addresses.flatMap((_, index) => [...same.slice(index, index + 1), ...other.slice(index, index + 1)]);
  return turns.sort((a, b) => Number(b.address === good) - Number(a.address === good));
}
