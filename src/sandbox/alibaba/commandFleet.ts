import { toMinutes } from '../times';
import type { SavedCommand } from './commandRecords';
import type { AlibabaRegion } from './region';

const own: Partial<SavedCommand> = { Provider: '', Category: '' };
const vendor: Partial<SavedCommand> = { Provider: 'AlibabaCloud.ECS.GuestOS', Category: 'ECS' };

const plans: readonly (Partial<SavedCommand> & { readonly script: string })[] = [
  {
    ...own,
    CommandId: 'c-sandbox0nginxstate',
    Name: 'nginx-state',
    Description: 'Is nginx running?',
    script: 'systemctl is-active nginx\n',
  },
  {
    ...own,
    CommandId: 'c-sandbox0greeting00',
    Name: '问候',
    Description: '带参数的命令',
    EnableParameter: true,
    ParameterNames: { ParameterName: ['name'] },
    script: 'echo "hello {{name}}"\n',
  },
  {
    ...own,
    CommandId: 'c-sandbox0winservice',
    Name: 'windows-services',
    Type: 'RunPowerShellScript',
    script: 'Get-Service\n',
  },
  {
    ...vendor,
    CommandId: 'cmd-ACS-ECS-ShowUptime-linux.sh',
    Name: 'ACS-ECS-ShowUptime-linux.sh',
    Description: 'Shows how long the system has been up.',
    script: 'uptime\n',
  },
];

/** Saved commands that a region has from the beginning. */
export function addCommands({ commands }: AlibabaRegion, now: Date): void {
  for (const { script, ...plan } of plans) {
    const command: SavedCommand = {
      CommandId: '',
      Name: '',
      Description: '',
      Type: 'RunShellScript',
      CommandContent: Buffer.from(script).toString('base64'),
      WorkingDir: '',
      Timeout: 60,
      CreationTime: toMinutes(now),
      Category: '',
      Provider: '',
      Launcher: '',
      ResourceGroupId: '',
      InvokeTimes: 0,
      Version: 1,
      Latest: true,
      EnableParameter: false,
      ParameterNames: { ParameterName: [] },
      ...plan,
    };
    commands.add(command.CommandId, command);
  }
}
