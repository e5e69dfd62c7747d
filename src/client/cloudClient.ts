import type { Exchange } from '../core/exchange';
import type { Operation, ValueOf } from '../core/operation';
import type { CallEngine, CallRequest } from './callEngine';

/** A read of the cloud with the answer's type. */
export interface ReadResult<O extends Operation> {
  readonly value: ValueOf<O>;
  readonly exchange: Exchange;
  /** The mark of the keys that signed it. */
  readonly signer: string;
}

/** The shared client for everything that only reads. It cannot be made to change anything. */
export class CloudClient {
  constructor(private readonly engine: CallEngine) {}

  /**
   * Sends one read and resolves with the checked answer. Repeats it by itself on network failure, throttling and
   * server errors. Rejects with `CloudError`.
   */
  async read<O extends Operation>(request: CallRequest<O>): Promise<ReadResult<O>> {
    if (request.operation.effect !== 'read') {
      throw new TypeError(`${request.operation.action} is not a read; only a confirmed plan can run it.`);
    }
    const { value, exchange, signer } = await this.engine.call(request);
    // The engine checked the value with this operation's own response schema.
    return { value: value as ValueOf<O>, exchange, signer };
  }
}
