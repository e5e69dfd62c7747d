import type { Operation } from './operation';

const wellFormed = /^[a-z][a-z0-9-]*:[A-Za-z][A-Za-z0-9]*$/;

/**
 * The permission a refused call lacked. What the answer names is taken only if it is one action of the product called:
 * it goes into policies that people grant, and whoever answers could name `*`.
 */
export function missingPermission(said: string | undefined, { permission }: Pick<Operation, 'permission'>): string {
  const [product] = permission.split(':');
  return said !== undefined && wellFormed.test(said) && said.split(':')[0] === product ? said : permission;
}
