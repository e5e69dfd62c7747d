import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { npmCommand } from '../test/workbench/npm';
import { repository } from '../test/workbench/paths';
import { runProcess } from '../test/workbench/process';
import { bundledPackages } from './bundledPackages';
import { sourceDate } from './sourceDate';

/** What we touch of an SPDX 2.3 document. */
interface Sbom {
  readonly documentDescribes: readonly string[];
  readonly creationInfo: object;
  readonly packages: readonly { readonly SPDXID: string; readonly name: string; readonly description?: string }[];
  readonly relationships: readonly { readonly spdxElementId: string; readonly relatedSpdxElement: string }[];
}

/** The packages that are in the extension, as the lock file has them; the same text for the same commit. */
export async function softwareBillOfMaterials(): Promise<Sbom> {
  const whole = await everyPackage();
  const bundled = await bundledPackages();
  const packages = whole.packages.filter(({ SPDXID, name }) => described(whole, SPDXID) || bundled.includes(name));
  const ids = ['SPDXRef-DOCUMENT', ...packages.map(({ SPDXID }) => SPDXID)];
  const isKnown = (id: string): boolean => ids.includes(id);
  const relationships = whole.relationships.filter(
    ({ spdxElementId, relatedSpdxElement }) => isKnown(spdxElementId) && isKnown(relatedSpdxElement),
  );
  return { ...whole, ...(await origin(whole, packages)), packages: await withName(packages), relationships };
}

/** "npm sbom --omit dev" would leave out a package that something of the development needs as well. */
async function everyPackage(): Promise<Sbom> {
  const args = ['sbom', '--sbom-format', 'spdx', '--package-lock-only'];
  const lines = await runProcess({ ...npmCommand(args), cwd: repository });
  return JSON.parse(lines.slice(lines.indexOf('{'), lines.lastIndexOf('}') + 1).join('\n')) as Sbom;
}

const described = ({ documentDescribes }: Sbom, id: string): boolean => documentDescribes.includes(id);

/** npm gives each document a time and a name of its own; ours follow from the source. */
async function origin({ creationInfo }: Sbom, packages: Sbom['packages']): Promise<object> {
  const content = createHash('sha256').update(JSON.stringify(packages)).digest('hex');
  const seconds = Number((await sourceDate()) ?? Date.now() / 1000);
  const created = new Date(seconds * 1000).toISOString().replace(/\.\d+/, '');
  return {
    documentNamespace: `https://spdx.org/spdxdocs/cloud-assistant-explorer-${content}`,
    creationInfo: { ...creationInfo, created },
  };
}

/** The manifest's description is the key of a translated text. */
async function withName(packages: Sbom['packages']): Promise<Sbom['packages']> {
  const texts = JSON.parse(await readFile(join(repository, 'package.nls.json'), 'utf8')) as Record<string, string>;
  return packages.map((each) =>
    each.description === '%description%' ? { ...each, description: texts['description'] ?? '' } : each,
  );
}

async function main(): Promise<void> {
  const text = JSON.stringify(await softwareBillOfMaterials(), undefined, 2);
  await writeFile(join(repository, 'cloud-assistant-explorer.spdx.json'), `${text}\n`);
}

if (require.main === module) {
  main().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  });
}
