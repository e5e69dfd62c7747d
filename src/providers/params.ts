import * as z from 'zod/mini';

/** A parameter that must not be empty. */
export const required = z.string().check(z.minLength(1));

/** ASCII, at most 64 characters, as every page of both clouds that has a `ClientToken` says. */
export const clientToken = z.optional(z.string().check(z.regex(/^[ -~]{1,64}$/)));

/** What both clouds want to know when they lend keys for a role, besides the role. */
export const roleParams = {
  RoleSessionName: required,
  DurationSeconds: z.optional(z.int().check(z.minimum(900))),
  Policy: z.optional(z.string()),
};
