/** What is pressed and read on the way to a picture. */
export interface Words {
  readonly container: string;
  readonly resources: string;
  readonly operations: string;
  readonly hosts: readonly string[];
  readonly chosen: readonly (readonly string[])[];
  readonly deregister: string;
  readonly deregisterButton: string;
  readonly details: string;
  readonly shown: string;
  readonly release: string;
  readonly no: string;
  readonly review: string;
  readonly plan: string;
}

const english: Words = {
  container: 'Cloud Assistant',
  resources: 'Resources',
  operations: 'Operations',
  hosts: ['Alibaba Cloud Sandbox', 'China (Shanghai)', 'Managed Instances'],
  chosen: [
    ['Alibaba Cloud Sandbox', 'China (Hangzhou)', 'ECS Instances', 'win-jumpbox'],
    ['Alibaba Cloud Sandbox', 'China (Hangzhou)', 'ECS Instances', 'web-01'],
  ],
  deregister: 'Deregister Managed Instance…',
  deregisterButton: 'Deregister',
  details: 'Show Details',
  shown: 'build-runner-001',
  release: 'Release or Delete Instance…',
  no: 'Leave Out',
  review: 'Review Plan',
  plan: 'Deletion plan',
};

const chinese: Words = {
  container: '云助手',
  resources: '资源',
  operations: '操作记录',
  hosts: ['阿里云沙箱', '华东2（上海）', '托管实例'],
  chosen: [
    ['阿里云沙箱', '华东1（杭州）', 'ECS 实例', 'win-jumpbox'],
    ['阿里云沙箱', '华东1（杭州）', 'ECS 实例', 'web-01'],
  ],
  deregister: '注销托管实例…',
  deregisterButton: '注销',
  details: '查看详情',
  shown: '门店收银-001',
  release: '释放（删除）实例…',
  no: '排除',
  review: '查看计划',
  plan: '删除计划',
};

export const languages = [
  { locale: undefined, suffix: '', words: english },
  { locale: 'zh-cn', suffix: '.zh-cn', words: chinese },
] as const;
