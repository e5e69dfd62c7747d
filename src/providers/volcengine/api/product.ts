import type { Product } from '../../../core/operation';

/** Elastic Compute Service of Volcengine; every operation we call belongs to it. */
export const ecs: Product = { provider: 'volcengine', code: 'ecs', version: '2020-04-01' };

/** The vendor's pages of ECS; a number follows. */
export const docs = 'https://www.volcengine.com/docs/6396/';

/** The vendor's own description of an operation that has no page with a number. */
export function explorer(action: string): string {
  return `https://api.volcengine.com/api-docs/view?serviceCode=ecs&version=${ecs.version}&action=${action}`;
}
