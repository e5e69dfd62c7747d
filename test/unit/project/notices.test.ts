import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { bundledPackages } from '../../../scripts/bundledPackages';
import { thirdPartyNotices } from '../../../scripts/notices';
import { softwareBillOfMaterials } from '../../../scripts/sbom';
import { repository } from '../../workbench/paths';

test('every package that is bundled or copied into the extension has its notice', async () => {
  const present = await readFile(join(repository, 'THIRD_PARTY_NOTICES.md'), 'utf8');
  assert.equal(present, await thirdPartyNotices(), 'Run "npm run notices" and look at what changed.');
  for (const name of ['@vscode/codicons', 'undici', 'zod']) assert.ok(present.includes(`\n## ${name} (`));
});

test('the bill of materials has every package that is in the extension', async () => {
  const { packages } = await softwareBillOfMaterials();
  const named = packages.map(({ name }) => name);
  assert.deepEqual(
    (await bundledPackages()).filter((name) => !named.includes(name)),
    [],
  );
});
