import { toSeconds } from '../times';
import type { SavedCommand } from './commandRecords';
import type { VolcengineRegion } from './region';

const plans: readonly (Partial<SavedCommand> & { readonly script: string })[] = [
  { CommandId: 'cmd-sandbox0nginx', Name: 'nginx-state', script: '#!/bin/bash\nsystemctl is-active nginx\n' },
  { CommandId: 'cmd-sandbox0disk', Name: '磁盘用量', script: '#!/bin/bash\ndf -P\n' },
  { CommandId: 'cmd-sandbox0public', Name: 'ShowUptime', Provider: 'Volcengine', script: '#!/bin/bash\nuptime\n' },
];

/** Saved commands that a region has from the beginning. */
export function addCommands({ commands }: VolcengineRegion, now: Date): void {
  for (const { script, ...plan } of plans) {
    const command: SavedCommand = {
      CommandId: '',
      Name: '',
      Type: 'Shell',
      CommandContent: Buffer.from(script).toString('base64'),
      Description: '',
      Provider: '',
      EnableParameter: false,
      ParameterDefinitions: null,
      Timeout: 60,
      WorkingDir: '/home',
      Username: 'root',
      InvocationTimes: 0,
      CreatedAt: toSeconds(now),
      UpdatedAt: toSeconds(now),
      ProjectName: 'default',
      Tags: null,
      ...plan,
    };
    commands.add(command.CommandId, command);
  }
}
