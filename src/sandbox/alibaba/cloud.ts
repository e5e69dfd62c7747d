import { alibabaCloud as provider } from '../../providers/alibaba/provider';
import type { SandboxCloud } from '../cloud';
import { accountHandlers } from './accountHandlers';
import { activationHandlers } from './activationHandlers';
import { attributeHandlers } from './attributeHandlers';
import { authenticate, requireSignature } from './authenticate';
import { owns, readCall } from './call';
import { commandHandlers } from './commandHandlers';
import { envelope } from './envelope';
import { buildFleet, grow } from './fleet';
import { instanceHandlers } from './instanceHandlers';
import { managedInstanceHandlers } from './managedInstanceHandlers';
import { powerHandlers } from './powerHandlers';
import { refusals } from './refusals';
import type { AlibabaRegion } from './region';
import { savedCommandHandlers } from './savedCommandHandlers';

export const alibabaCloud = {
  provider,
  keyPrefixes: { lasting: 'LTAISANDBOX', temporary: 'STS.SANDBOX' },
  announce: ({ endpoint, accessKeyId, accessKeySecret }) => ({ endpoint, accessKeyId, accessKeySecret }),
  owns,
  read: readCall,
  authenticate,
  requireSignature,
  formats: ['json', 'xml'],
  newRequestId: (randomBytes) => {
    const hex = randomBytes(16).toString('hex').toUpperCase();
    return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
  },
  ...envelope,
  refusals,
  buildFleet,
  grow,
  handlers: [
    ...accountHandlers,
    ...managedInstanceHandlers,
    ...activationHandlers,
    ...instanceHandlers,
    ...powerHandlers,
    ...commandHandlers,
    ...savedCommandHandlers,
    ...attributeHandlers,
  ],
} satisfies SandboxCloud<AlibabaRegion>;
