import type { RegionPlan } from '../fleet';

export interface AlibabaRegionPlan extends RegionPlan {
  /** Managed instances and activations are not offered in every region. */
  readonly hybrid: boolean;
}

export const regionPlans: readonly AlibabaRegionPlan[] = [
  { id: 'cn-hangzhou', code: 'hz', share: 1, hybrid: true },
  { id: 'cn-beijing', code: 'bj', share: 0.75, hybrid: true },
  { id: 'cn-shanghai', code: 'sh', share: 0.5, hybrid: true },
  { id: 'cn-shenzhen', code: 'sz', share: 0.4, hybrid: true },
  { id: 'cn-chengdu', code: 'cd', share: 0, hybrid: true },
  { id: 'cn-hongkong', code: 'hk', share: 0.3, hybrid: true },
  { id: 'ap-southeast-1', code: 'sg', share: 0.3, hybrid: true },
  { id: 'us-west-1', code: 'us', share: 0.2, hybrid: true },
  { id: 'eu-central-1', code: 'de', share: 0.2, hybrid: false },
];

/** The region that holds the thousands when they are asked for. */
export const largeRegion = 'cn-shanghai';

/** A purpose that several hosts share: they were registered with one activation and carry its prefix. */
export interface Purpose {
  readonly prefix: string;
  readonly host: string;
  readonly windows?: boolean;
  readonly tags: readonly (readonly [string, string])[];
}

export const purposes: readonly [Purpose, ...Purpose[]] = [
  {
    prefix: 'edge-gateway',
    host: 'edge-gw',
    tags: [
      ['env', 'production'],
      ['team', 'iot'],
    ],
  },
  {
    prefix: '门店收银',
    host: 'POS',
    windows: true,
    tags: [
      ['env', 'production'],
      ['部门', '零售'],
    ],
  },
  {
    prefix: 'build-runner',
    host: 'runner',
    tags: [
      ['env', 'staging'],
      ['team', 'platform'],
    ],
  },
  { prefix: '机房监控', host: 'monitor', tags: [['部门', '运维']] },
  {
    prefix: 'warehouse-scanner',
    host: 'SCAN',
    windows: true,
    tags: [
      ['env', 'production'],
      ['site', 'warehouse-2'],
    ],
  },
  {
    prefix: 'db-replica',
    host: 'replica',
    tags: [
      ['env', 'production'],
      ['team', 'data'],
      ['backup', 'daily'],
    ],
  },
  { prefix: '研发测试机', host: 'dev', tags: [] },
  { prefix: 'render-node', host: 'render', tags: [['env', 'staging']] },
];

export const linuxVersions: readonly [string, ...string[]] = [
  'Linux_#1 SMP Debian 5.10.226-1 (2024-10-03)_x86_64',
  'Linux_#126-Ubuntu SMP Mon Jul 1 10:14:24 UTC 2024_x86_64',
  'Linux_#1 SMP Thu Sep 12 09:41:52 CST 2024_x86_64',
  'Linux_#41-Ubuntu SMP Fri Aug 2 20:27:51 UTC 2024_aarch64',
];

export const windowsVersions: readonly [string, ...string[]] = ['Windows_10.0.17763_amd64', 'Windows_10.0.20348_amd64'];

export const linuxAgents: readonly [string, ...string[]] = ['2.2.4.1015', '2.2.3.987', '2.2.3.857', '2.2.3.256'];
export const windowsAgents: readonly [string, ...string[]] = ['2.1.4.1015', '2.1.3.857', '2.1.3.189'];

export const resourceGroups: readonly [string, ...string[]] = ['', '', 'rg-acfm2sbxprod001', 'rg-acfm2sbxtest002'];

/** Names that break careless displays: they must appear exactly so everywhere. */
export const awkwardHosts = {
  markupHostname: '<img src=x onerror=alert(1)>',
  markdownName: '[click](command:x) **b**',
  longName: `archive-${'0123456789'.repeat(12)}`.slice(0, 128),
} as const;
