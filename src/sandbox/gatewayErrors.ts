import type { ProviderId } from '../core/account';
import { commonErrors as alibabaErrors } from '../providers/alibaba/api/errors';
import { commonErrors as volcengineErrors } from '../providers/volcengine/api/errors';

interface WireFacts {
  readonly status: number;
  readonly message: string;
}

/** Failures of each cloud as a whole: what its catalogue declares, and what only a broken client ever meets. */
export const gatewayErrors: Readonly<Record<ProviderId, Readonly<Record<string, WireFacts>>>> = {
  alibabaCloud: {
    RequestEntityTooLarge: { status: 413, message: 'The request body is too large.' },
    ...alibabaErrors,
  },
  volcengine: {
    RequestEntityTooLarge: { status: 413, message: 'The request body is too large.' },
    ...volcengineErrors,
  },
};
