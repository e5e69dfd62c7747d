import { volcengine as provider } from '../../providers/volcengine/provider';
import type { SandboxCloud } from '../cloud';
import { attributeHandlers } from './attributeHandlers';
import { authenticate, requireSignature } from './authenticate';
import { owns, readCall } from './call';
import { commandHandlers } from './commandHandlers';
import { envelope } from './envelope';
import { buildFleet } from './fleet';
import { instanceHandlers } from './instanceHandlers';
import { powerHandlers } from './powerHandlers';
import { refusals } from './refusals';
import type { VolcengineRegion } from './region';
import { regionHandlers } from './regionHandlers';
import { savedCommandHandlers } from './savedCommandHandlers';

export const volcengine = {
  provider,
  keyPrefixes: { lasting: 'AKLTSANDBOX', temporary: 'AKTPSANDBOX' },
  announce: ({ endpoint, accessKeyId, accessKeySecret: secretAccessKey }) => ({
    endpoint,
    accessKeyId,
    secretAccessKey,
  }),
  owns,
  read: readCall,
  authenticate,
  requireSignature,
  formats: ['json'],
  newRequestId: (randomBytes, now) => {
    const hex = randomBytes(16).toString('hex').toUpperCase();
    return `${now.toISOString().replace(/\D/g, '').slice(0, 14)}${hex.slice(0, 18)}`;
  },
  ...envelope,
  refusals,
  buildFleet,
  handlers: [
    ...regionHandlers,
    ...instanceHandlers,
    ...powerHandlers,
    ...attributeHandlers,
    ...commandHandlers,
    ...savedCommandHandlers,
  ],
} satisfies SandboxCloud<VolcengineRegion>;
