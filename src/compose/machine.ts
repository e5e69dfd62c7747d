import { randomUUID } from 'node:crypto';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { createTransport, defaultTransportOptions, type Inspector, type Transport } from '../client/transport';
import type { NetworkSettings } from '../core/networkSettings';
import { createJournalFiles, journalFileName } from '../platform/journalFiles';
import { readOptionalFile } from '../platform/optionalFile';
import { createSharedFiles } from '../platform/sharedFiles';
import { levelKeys } from '../services/accounts/accountLevels';
import { FollowedMemory } from '../services/accounts/followedMemory';
import type { Memory } from '../services/accounts/ports';
import { storedKeys } from '../services/accounts/storedAccounts';
import { checkSafetyPolicy } from '../services/actions/safetyPolicy';
import { systemClock } from '../util/clock';
import type { DisposableStore } from '../util/lifecycle';
import type { AccountOptions } from './accounts';
import type { CoreOptions, AccountSet } from './core';
import type { GateParts } from './gate';

/** How long a cloud may stay silent, in milliseconds. */
export const timeoutMs = 30_000;
const callsInFlight = 10;

/** Clock, chance, names and rules of the machine we run on. */
export function machineParts(
  policy: GateParts['policy'],
): Pick<CoreOptions<AccountSet>, 'clock' | 'nonce' | 'newId' | 'random' | 'timeoutMs' | 'maxInFlight' | 'policy'> {
  return {
    clock: systemClock,
    nonce: randomUUID,
    newId: randomUUID,
    random: Math.random,
    timeoutMs,
    maxInFlight: callsInFlight,
    policy,
  };
}

/** Whose files and variables name accounts. */
export const userPlace: Pick<AccountOptions, 'env' | 'home' | 'windows'> = {
  env: process.env,
  home: homedir(),
  windows: process.platform === 'win32',
};

/** The safety policy that a command-line tool keeps in its folder, read anew each time. */
export function policyIn(folder: string): GateParts['policy'] {
  const file = { read: () => readOptionalFile(join(folder, 'safety-policy.json')), env: process.env };
  return (product, action) => checkSafetyPolicy(file, product, action);
}

/** One file for each window, named so that names sort by time. */
export function journalIn(folder: string, unique: string): CoreOptions<AccountSet>['journal'] {
  return { files: createJournalFiles(join(folder, 'journal')), fileName: journalFileName(systemClock.now(), unique) };
}

/** A memory whose accounts and marks follow other windows. */
export function followWindows(folder: string, memory: Memory): FollowedMemory {
  const shared = createSharedFiles(join(folder, 'shared'), randomUUID);
  return new FollowedMemory(memory, shared, [...levelKeys, ...storedKeys]);
}

/** The one way to the network, closed with the store. */
export function openTransport(store: DisposableStore, network: () => NetworkSettings): Transport & Inspector {
  const transport = createTransport({ ...defaultTransportOptions, network });
  store.add({ dispose: () => void transport.close() });
  return transport;
}
