import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import * as z from 'zod/mini';
import type { ParamsSchema } from '../../../src/core/operation';
import { parseStrict } from '../../../src/core/strictParams';
import { providers } from '../../../src/providers';

/** The schema itself is the witness: whatever is given, the shorter way must come to the same end. */
function sameAsSchema(schema: ParamsSchema, params: Record<string, unknown>): void {
  const short = parseStrict(schema, params);
  const whole = schema.safeParse(params);
  assert.equal(short.success, whole.success, JSON.stringify(params));
  assert.deepEqual(short.data, whole.data);
  assert.deepEqual(short.error?.issues, whole.error?.issues);
}

const values = fc.oneof(
  fc.constantFrom<unknown>('', 'true', 'cn-hangzhou', 'PrePaid', 'x'.repeat(200), 0, 1, 50, 10_001, 1.5, true, null),
  fc.constantFrom<unknown>(undefined, [], ['a'], ['a', ''], [{ Key: 'k' }], [{ Key: 'k', Values: [1] }], {}, '[]'),
);

for (const { id, operations } of providers) {
  test(`${id}: parameters are judged as their schemas judge them`, () => {
    for (const { params: schema } of operations) {
      const names = fc.constantFrom(...Object.keys(schema.shape), 'Stray', '__proto__', 'constructor');
      fc.assert(fc.property(fc.dictionary(names, values, { maxKeys: 6 }), (given) => sameAsSchema(schema, given)));
    }
  });
}

test('a check over several parameters is not passed by', () => {
  const schema = z
    .strictObject({ A: z.optional(z.string()), B: z.optional(z.string()) })
    .check(z.refine(({ A, B }) => A !== B));
  sameAsSchema(schema, { A: 'x', B: 'x' });
  sameAsSchema(schema, { A: 'x', B: 'y' });
});

test('what a schema fills in is filled in', () => {
  sameAsSchema(z.strictObject({ A: z._default(z.string(), 'a'), B: z.optional(z.string()) }), { B: 'b' });
});

test('a schema that is not strict keeps its own way with strangers', () => {
  sameAsSchema(z.object({ A: z.optional(z.string()) }), { A: 'a', B: 'b' });
  sameAsSchema(z.looseObject({ A: z.optional(z.string()) }), { A: 'a', B: 'b' });
});
