import * as l10n from '@vscode/l10n';
import type * as vscode from 'vscode';
import type { Answers } from '../../core/input';
import type { Kind, Saving } from '../../core/kind';
import { encodeScript, type Script } from '../../core/script';
import { placeOf, type Place, type Target } from '../../core/target';
import type { Performer } from '../actions/perform';
import { UserError } from '../contract/errors';
import { pickPlace, type PickTargetsDeps } from '../resources/pickTargets';
import { enterText, pickOne } from '../ui/steps';
import { scriptOf, withItsLineEnds } from './editorScript';
import type { Edited, ScratchScripts } from './scratchScripts';
import { readStored } from './storedScripts';

export interface SaveScriptDeps extends PickTargetsDeps {
  readonly performer: Performer;
  readonly scratch: ScratchScripts;
}

/** Opens a copy of the script; nothing changes before it is saved. */
export async function editStored(target: Target, deps: SaveScriptDeps): Promise<void> {
  const stored = await readStored(target, deps);
  if (!stored.isExact || stored.launcher !== '')
    throw new UserError(
      l10n.t('The script of "{0}" cannot be edited here: it is not UTF-8, or a launcher starts it.', stored.name),
    );
  await deps.scratch.edit(target, stored);
}

/** Saves the script of an editor under a new name, or in place of the one that it was a copy of. */
export async function saveAsCommand(editor: vscode.TextEditor | undefined, deps: SaveScriptDeps): Promise<void> {
  const script = editor && scriptOf(editor.document, editor.selection);
  if (editor === undefined || script === undefined)
    throw new UserError(l10n.t('Open a shell, PowerShell, batch or Python script first. Nothing was sent.'));
  const ready = await withItsLineEnds(script);
  if (ready === undefined) return;
  const edited = deps.scratch.editedIn(editor.document);
  const isNew = edited === undefined || (await asksForNew(edited, deps));
  if (isNew === undefined) return;
  if (isNew || edited === undefined) await saveNew(ready, deps);
  else await change(ready, edited, deps);
}

async function asksForNew({ target }: Edited, deps: SaveScriptDeps): Promise<boolean | undefined> {
  const kind = kindOf(target, deps);
  const item = deps.inventory.item(target, target.kind, target.id);
  const name = item === undefined ? target.id : kind.name(item);
  const answer = await pickOne<boolean>({
    title: l10n.t('Save the script'),
    placeholder: '',
    empty: '',
    load: () =>
      Promise.resolve([
        { label: l10n.t('As the script of "{0}"', name), icon: 'save', value: false },
        { label: l10n.t('As a new command…'), icon: 'save-as', value: true },
      ]),
  });
  return typeof answer === 'string' ? undefined : answer.value;
}

async function saveNew(script: Script, deps: SaveScriptDeps): Promise<void> {
  const title = l10n.t('Save as Command');
  const kinds = [...new Set(deps.clouds.all.flatMap((cloud) => cloud.kinds.filter(saves).map(({ id }) => id)))];
  const place = await pickPlace({ title, kinds, forDeletion: true }, deps);
  const kind = place && deps.clouds.provider(place.provider).kinds.find(saves);
  if (place === undefined || kind?.saving === undefined) return;
  const name = await askName(script, { place, saving: kind.saving }, deps);
  if (name === undefined) return;
  await refuseTaken(name, { place, kind, saving: kind.saving }, deps);
  const { create } = kind.saving;
  const targets = [{ ...place, kind: kind.id, id: name }];
  // Never without a question: what is saved is seen by others.
  await deps.performer.perform({ action: create.id, targets, answers: { script: encodeScript(script) } });
}

function saves({ saving }: Kind): boolean {
  return saving !== undefined;
}

interface Where {
  readonly place: Place;
  readonly saving: Saving;
}

async function askName(
  script: Script,
  { place, saving }: Where,
  { accounts, inventory }: SaveScriptDeps,
): Promise<string | undefined> {
  const account = accounts.get(place.accountId)?.name ?? place.accountId;
  const plain = script.name.replace(/\.\w+$/, '');
  const answer = await enterText({
    title: l10n.t('Save as Command'),
    prompt: l10n.t('Name of the command in "{0}", {1}', account, inventory.regionName(place)),
    value: saving.nameProblem(plain) === undefined ? plain : '',
    validate: saving.nameProblem,
  });
  return typeof answer === 'string' ? undefined : answer.value;
}

/** The clouds allow two commands of one name, of which nobody could tell which is which. */
async function refuseTaken(
  name: string,
  { place, kind, saving: { create } }: Where & { readonly kind: Kind },
  { inventory }: SaveScriptDeps,
): Promise<void> {
  if (create.goal.type !== 'created') return;
  const found = await inventory.named(place, kind.id, create.goal.named(name));
  if (found.some((item) => kind.name(item) === name))
    throw new UserError(
      l10n.t(
        'A command "{0}" is in this region already. Choose another name, or "Edit Script…" on it. Nothing was sent.',
        name,
      ),
    );
}

/** Where a script cannot be changed, a new record takes the place of the old one. */
async function change(script: Script, { target, text }: Edited, deps: SaveScriptDeps): Promise<void> {
  const { saving } = kindOf(target, deps);
  const stored = await readStored(target, deps);
  if (stored.text !== text)
    throw new UserError(
      l10n.t('The script of "{0}" was changed since it was opened here. Nothing was sent.', stored.name),
    );
  if (stored.text === script.text) throw new UserError(l10n.t('Nothing is different. Nothing was sent.'));
  const answers: Answers = { script: encodeScript({ ...script, name: stored.name }) };
  if (saving?.edit !== undefined) await deps.performer.perform({ action: saving.edit.id, targets: [target], answers });
  else if (saving?.replace !== undefined)
    await deps.performer.perform({
      action: saving.replace.id,
      targets: [{ ...placeOf(target), kind: target.kind, id: stored.name }],
      answers: {
        ...answers,
        description: stored.description,
        folder: stored.folder ?? '',
        ...(stored.timeout !== undefined && { timeout: String(stored.timeout) }),
        parameters: stored.parameters === undefined ? 'text' : 'parameters',
      },
      then: { action: 'remove', targets: [target] },
    });
}

function kindOf(target: Target, { clouds }: SaveScriptDeps): Kind {
  const kind = clouds.kind(target.provider, target.kind);
  if (kind === undefined) throw new UserError(l10n.t('This row holds no script. Nothing was sent.'));
  return kind;
}
