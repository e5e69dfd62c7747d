import type { Transport } from '../../../src/client/transport';
import type { Account } from '../../../src/core/account';
import { FakeCloud, fakeAccount, fakeProvider, type FakeRequest } from './fakeCloud';
import { settled } from './manualClock';
import { createWorkplace } from './workplace';

/** A request on its way; it reaches the cloud when the test lets it go. */
export interface Held {
  readonly request: FakeRequest;
  go(): Promise<void>;
}

/** A workplace over a cloud whose requests wait until the test lets them through, in any order it likes. */
export function createHeldCloud(accounts: Account[] = [fakeAccount('a')]) {
  const cloud = new FakeCloud();
  const held: Held[] = [];
  let holding = false;
  const transport: Transport = {
    send: async (http, options) => {
      // Written by the wire of the cloud in memory.
      const request = JSON.parse(http.body ?? '{}') as FakeRequest;
      if (holding) await new Promise<void>((resolve) => held.push({ request, go: () => (resolve(), settled()) }));
      return cloud.transport.send(http, options);
    },
    close: () => Promise.resolve(),
  };
  const place = createWorkplace(accounts, {}, { providers: [fakeProvider], transport });
  return {
    ...place,
    cloud,
    held,
    hold: (): void => {
      holding = true;
    },
    /** Lets everything through that waits, and what comes afterwards. */
    letGo: async (): Promise<void> => {
      holding = false;
      for (const one of held.splice(0)) await one.go();
    },
  };
}
