import { SandboxControls } from './sandboxControls';
import type { Tree } from './tree';
import type { Workbench } from './workbench';

/** Rows of the controls, by the labels that lead to them. */
export const alibaba = 'Alibaba Cloud Sandbox';
export const volcengine = 'Volcengine Sandbox';
export const hangzhou = [alibaba, 'China (Hangzhou)'] as const;
export const hosts = [...hangzhou, 'Managed Instances'] as const;
export const activations = [...hangzhou, 'Activations'] as const;
export const servers = [...hangzhou, 'ECS Instances'] as const;

/** What our tests look at in every workbench. */
export interface Stage {
  readonly workbench: Workbench;
  readonly resources: Tree;
  readonly operations: Tree;
  readonly controls: SandboxControls;
}

/** Shows our side bar. */
export async function openSideBar(workbench: Workbench): Promise<Stage> {
  await workbench.sideBar.open('Cloud Assistant');
  const { sideBar, surroundings } = workbench;
  return {
    workbench,
    resources: sideBar.tree('Resources'),
    operations: sideBar.tree('Operations'),
    controls: new SandboxControls(surroundings.sandbox),
  };
}
