/**
 * The records of Alibaba Cloud in its own spelling: what a list answers is what is stored.
 * Behaviour that no field shows (what refuses a release) stands beside the records, never in them.
 */

export interface AlibabaTag {
  TagKey: string;
  TagValue: string;
}

export interface ManagedInstance {
  InstanceId: string;
  InstanceName: string;
  Hostname: string;
  ActivationId: string;
  Connected: boolean;
  OsType: string;
  OsVersion: string;
  AgentVersion: string;
  MachineId: string;
  InternetIp: string;
  IntranetIp: string;
  InvocationCount: number;
  /** Missing or empty on a host that never ran a command; the cloud does both. */
  LastInvokedTime?: string;
  RegistrationTime: string;
  ResourceGroupId: string;
  Tags: AlibabaTag[];
}

export interface Activation {
  ActivationId: string;
  InstanceName: string;
  Description: string;
  CreationTime: string;
  TimeToLiveInHours: number;
  InstanceCount: number;
  RegisteredCount: number;
  DeregisteredCount: number;
  IpAddressRange: string;
  Disabled: boolean;
  ResourceGroupId: string;
  Tags: AlibabaTag[];
}

/** The fields of an ECS instance that behaviour reads; the record has all the others too. */
export interface EcsInstance {
  InstanceId: string;
  InstanceName: string;
  Status: string;
  InstanceChargeType: string;
  ExpiredTime: string;
  DeletionProtection: boolean;
  OperationLocks: { LockReason: { LockReason: string; LockMsg?: string }[] };
  Tags?: { Tag: AlibabaTag[] };
  [field: string]: unknown;
}

/** What else uses an instance, by the code the cloud refuses its release with. */
export type Dependency =
  'DependencyViolation.SLBConfiguring' | 'DependencyViolation.RouteEntry' | 'InvalidOperation.EniLinked';
