import type { Transport } from '../client/transport';
import type { Provider } from '../core/provider';
import type { Accounts, Clouds } from '../services/accounts/ports';
import type { AccountProblem } from '../services/accounts/ports';
import { BusyTargets } from '../services/actions/busyTargets';
import { RecordedRuns } from '../services/commands/recordedRuns';
import { Responses } from '../services/exchanges/exchangeLog';
import { FleetModel } from '../services/fleet/fleetModel';
import type { OwnerBook } from '../services/inventory/accountFacts';
import { AccountOwners } from '../services/inventory/accountOwners';
import { forgetRemoved } from '../services/inventory/forgetRemoved';
import { Inventory } from '../services/inventory/inventory';
import { TransientRows } from '../services/inventory/transientRows';
import { Journal, type JournalOptions } from '../services/journal/journal';
import { OperationsModel } from '../services/operations/operationsModel';
import { OwnRuns } from '../services/operations/ownRuns';
import { TreeModel } from '../services/resources/treeModel';
import type { TreeModelOptions } from '../services/resources/treeParts';
import { RowView, type RowViewOptions } from '../services/resources/viewState';
import type { Clock } from '../util/clock';
import { DisposableStore } from '../util/lifecycle';
import type { AccountParts } from './accounts';
import { composeCalls, type CallOptions, type Calls } from './calls';
import { cloudsOf } from './clouds';
import { composeGate, guardOf, type Gated, type GateParts } from './gate';

/** The accounts there are; a composition may know more of them. */
export interface AccountSet {
  readonly accounts: Accounts & { problems?(): readonly AccountProblem[] };
  /** Keeps whose keys each account has. */
  readonly owners?: OwnerBook;
  dispose?(): void;
}

/** Everything outside: clouds, network, files, clock, chance, and the person who is asked. */
export interface CoreOptions<A extends AccountSet> extends CallOptions, GateParts {
  readonly providers: readonly Provider[];
  readonly accounts: (parts: AccountParts) => A;
  /** The user's language, as VS Code names it. */
  readonly language: string;
  readonly journal: Omit<JournalOptions, 'clock'>;
  readonly memory: RowViewOptions;
  /** Which targets are being worked on; those of the gate unless told otherwise. */
  readonly busy?: TreeModelOptions['busy'];
}

export interface Core<A extends AccountSet> extends Gated {
  readonly known: A;
  readonly accounts: A['accounts'];
  readonly clouds: Clouds;
  readonly calls: Calls;
  readonly transport: Transport;
  readonly responses: Responses;
  readonly inventory: Inventory;
  /** Whose the accounts are. */
  readonly owners: AccountOwners;
  readonly journal: Journal;
  readonly busy: TreeModelOptions['busy'];
  /** What the user wants to see of the resources. */
  readonly view: RowView;
  readonly resourcesModel: TreeModel;
  /** The flat list of hosts. */
  readonly fleet: FleetModel;
  readonly operationsModel: OperationsModel;
  /** What the clouds keep of runs. */
  readonly recordedRuns: RecordedRuns;
  /** Which of the clouds' runs are ours. */
  readonly ownRuns: OwnRuns;
  readonly clock: Clock;
  readonly language: string;
  dispose(): void;
}

/** The extension without VS Code: the application, its tests and its benchmarks are built by this. */
export function composeCore<A extends AccountSet>(options: CoreOptions<A>): Core<A> {
  const { clock, language } = options;
  const store = new DisposableStore();
  const responses = new Responses();
  const clouds = cloudsOf(options.providers);
  const calls = composeCalls({ ...options, onDidCall: kept(responses, options.onDidCall) }, clouds);
  const { client } = calls;
  const known = options.accounts({ clouds, client, transport: options.transport });
  store.add({ dispose: () => known.dispose?.() });
  const { accounts } = known;
  const { everywhere } = options.memory;
  const inventory = new Inventory({
    accounts,
    clouds,
    client,
    clock,
    language,
    memory: everywhere,
    owners: known.owners,
  });
  store.add(forgetRemoved(accounts, inventory));
  const owners = store.add(new AccountOwners({ accounts, inventory, memory: everywhere }));
  const journal = store.add(new Journal({ ...options.journal, clock }));
  const gated = composeGate({ accounts, clouds, inventory, journal }, calls, options);
  const busy = options.busy ?? store.add(new BusyTargets(gated.gate));
  const view = store.add(new RowView(options.memory));
  const ownRuns = store.add(new OwnRuns({ journal, clouds }));
  const shared = { accounts, clouds, inventory, owners, busy, view, clock, language, journal, responses, ownRuns };
  const { workspace } = options.memory;
  const resourcesModel = store.add(
    new TreeModel({ ...shared, workspace, problems: () => accounts.problems?.() ?? [] }),
  );
  store.add(new TransientRows({ ...shared, sight: resourcesModel.sight }));
  const fleet = store.add(new FleetModel({ ...shared, rows: view, workspace }));
  const operationsModel = store.add(new OperationsModel(shared));
  const recordedRuns = new RecordedRuns({ ...shared, client, newGuard: guardOf(shared) });
  const { transport } = options;
  const dispose = (): void => store.dispose();
  return {
    ...shared,
    ...gated,
    known,
    calls,
    transport,
    resourcesModel,
    fleet,
    operationsModel,
    recordedRuns,
    dispose,
  };
}

/** Answers are kept before anybody else is told of them. */
function kept(responses: Responses, next: CallOptions['onDidCall']): CallOptions['onDidCall'] {
  return (exchange, secrets) => {
    responses.add(exchange, secrets);
    next(exchange, secrets);
  };
}
