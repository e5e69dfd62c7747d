import type { Target } from '../../core/target';
import type { Clouds } from '../accounts/ports';
import type { Responses } from './exchangeLog';

/** The newest kept answer in which a list or a look-up showed this resource; undefined when none is kept. */
export function responseOf(
  target: Target,
  from: { readonly responses: Responses; readonly clouds: Clouds },
): string | undefined {
  const action = from.clouds.kind(target.provider, target.kind)?.list.operation.action;
  const names = [`"${target.id}"`, `>${target.id}<`];
  const found = from.responses
    .list()
    .find(
      ({ accountId, region, action: called, error, body = '' }) =>
        accountId === target.accountId &&
        region === target.region &&
        called === action &&
        error === undefined &&
        names.some((name) => body.includes(name)),
    );
  return found?.id;
}
