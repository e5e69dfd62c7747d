import type { ProviderId } from '../../core/account';
import { allActionsOf, type Action, type ActionId } from '../../core/action';
import type { Answers } from '../../core/input';
import type { KindId } from '../../core/target';
import type { Clouds } from '../accounts/ports';

/** A call as the journal has it, as far as it tells which action it was. */
export interface WrittenCall {
  readonly provider: ProviderId | undefined;
  readonly kind: KindId | undefined;
  /** Absent in records of older versions, which knew one action a kind. */
  readonly does?: ActionId | undefined;
  /** The operation. */
  readonly action: string | undefined;
  readonly answers?: Answers | undefined;
}

/** The action that a written call was; undefined where this version does not know it. */
export function actionWritten(clouds: Pick<Clouds, 'all'>, call: WrittenCall): Action | undefined {
  // A newer version may have written down a cloud that this one does not know.
  const kind = clouds.all.find(({ id }) => id === call.provider)?.kinds.find(({ id }) => id === call.kind);
  if (kind === undefined) return undefined;
  const action = allActionsOf(kind).find(({ id, operation }) =>
    call.does === undefined ? operation.action === call.action : id === call.does,
  );
  return action?.under?.(call.answers ?? {}) ?? action;
}

/** The same for a record of the journal, whose targets are of one kind. */
export function actionOfCall(
  clouds: Pick<Clouds, 'all'>,
  call: Omit<WrittenCall, 'kind'> & { readonly targets: readonly { readonly kind: KindId }[] },
): Action | undefined {
  return actionWritten(clouds, { ...call, kind: call.targets[0]?.kind });
}
