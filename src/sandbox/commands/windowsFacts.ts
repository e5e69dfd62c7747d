import type { HostFacts } from './execution';
import type { Record_ } from './powershellValues';

const service = (Name: string, Status: string, DisplayName: string, StartType = 'Automatic'): Record_ => ({
  Status,
  Name,
  DisplayName,
  StartType,
});

const uninstall = 'software\\microsoft\\windows\\currentversion\\uninstall\\*';

/** What a made-up Windows host says of itself. Hosts of one kind say the same, but for their names and addresses. */
export function windowsFacts({ hostname, osVersion, agentVersion }: HostFacts) {
  return {
    services: [
      service('AliyunService', 'Running', 'Aliyun Assist Service'),
      service('Dhcp', 'Running', 'DHCP Client'),
      service('EventLog', 'Running', 'Windows Event Log'),
      service('MapsBroker', 'Stopped', 'Downloaded Maps Manager', 'Manual'),
      service('Spooler', 'Stopped', 'Print Spooler'),
      service('W32Time', 'Running', 'Windows Time'),
    ],
    processes: [{ ProcessName: 'explorer' }, { ProcessName: 'svchost' }] as readonly Record_[],
    hotfixes: [{ HotFixID: 'KB5031364' }, { HotFixID: 'KB5032198' }] as readonly Record_[],
    connections: [
      { LocalAddress: '0.0.0.0', LocalPort: 135, State: 'Listen' },
      { LocalAddress: '0.0.0.0', LocalPort: 3389, State: 'Listen' },
    ] as readonly Record_[],
    events: [{ Message: 'The made-up service entered the running state.' }] as readonly Record_[],
    administrators: [{ Name: `${hostname.toUpperCase()}\\Administrator`, ObjectClass: 'User' }] as readonly Record_[],
    classes: {
      win32_logicaldisk: [{ DeviceID: 'C:', Size: 42_000_000_000, FreeSpace: 21_000_000_000, DriveType: 3 }],
      win32_operatingsystem: [
        {
          Version: osVersion,
          BuildNumber: '20348',
          TotalVisibleMemorySize: 8_010_000,
          FreePhysicalMemory: 6_100_000,
          LastBootUpTime: new Date(Date.UTC(2026, 10, 16)),
        },
      ],
      win32_processor: [{ LoadPercentage: 8, NumberOfLogicalProcessors: 2 }],
      win32_pagefileusage: [],
    } as Readonly<Record<string, readonly Record_[]>>,
    registry: {
      [`hklm:\\${uninstall}`]: [{ DisplayName: 'OpenSSL 3', DisplayVersion: '3.0.13' }],
      [`hklm:\\software\\wow6432node\\${uninstall.slice('software\\'.length)}`]: [],
      'hkcu:\\software\\microsoft\\windows\\currentversion\\internet settings': [{ ProxyEnable: 0, ProxyServer: '' }],
    } as Readonly<Record<string, readonly Record_[]>>,
    folders: {
      'c:\\programdata\\aliyun\\assist': [{ Name: agentVersion, PSIsContainer: true }],
      'cert:\\localmachine\\my': [{ Subject: 'CN=site', Thumbprint: 'AB12', NotAfter: new Date(Date.UTC(2099, 0, 1)) }],
    } as Readonly<Record<string, readonly Record_[]>>,
  };
}
