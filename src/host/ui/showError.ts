import * as vscode from 'vscode';
import { CloudError } from '../../core/cloudError';
import type { Exchange } from '../../core/exchange';
import type { Responses } from '../../services/exchanges/exchangeLog';
import { copyPolicyStatement, type PolicyFor } from './copyPolicy';
import { errorLogText, errorText, isPage, offerLabel, type ErrorOffer } from './errorText';
import { notify } from './messages';

export interface ErrorDeps {
  readonly log: vscode.LogOutputChannel;
  readonly responses: Pick<Responses, 'get'>;
  readonly openResponse: (exchange: Exchange) => Promise<void>;
  readonly policyFor: PolicyFor;
}

/** Logs an error and shows it once, with what helps. Never rejects. */
export async function showError(error: unknown, deps: ErrorDeps): Promise<void> {
  const said = errorText(error);
  if (said === undefined) return;
  deps.log.error(errorLogText(error));
  const offers = new Map(said.offers.map((offer) => [offerLabel(offer), offer]));
  const chosen = await notify('error', said.message, ...offers.keys());
  const offer = chosen === undefined ? undefined : offers.get(chosen);
  if (offer !== undefined)
    await carryOut(offer, error, deps).catch((failure: unknown) => deps.log.error(errorLogText(failure)));
}

async function carryOut(offer: ErrorOffer, error: unknown, deps: ErrorDeps): Promise<void> {
  if (offer === 'showLog') return deps.log.show();
  if (!CloudError.is(error)) return;
  const exchange = error.exchangeId === undefined ? undefined : deps.responses.get(error.exchangeId);
  switch (offer) {
    case 'openResponse':
      if (exchange !== undefined) await deps.openResponse(exchange);
      return;
    case 'copyRequestId':
      return vscode.env.clipboard.writeText(error.requestId ?? '');
    case 'copyPolicy':
      if (exchange === undefined || error.permission === undefined) return;
      return copyPolicyStatement(deps.policyFor, { provider: exchange.provider, permission: error.permission });
    case 'openPage':
      if (isPage(error.recommend)) await vscode.env.openExternal(vscode.Uri.parse(error.recommend, true));
      return;
    default: {
      const never: never = offer;
      return never;
    }
  }
}
