import * as l10n from '@vscode/l10n';
import type { Script, StoredParameter, StoredScript } from '../../core/script';
import { placeKey, placeOf, type Place, type Target } from '../../core/target';
import type { Accounts, Clouds } from '../../services/accounts/ports';
import { filledIn, runProblem, usedParameters, valueProblem } from '../../services/commands/storedScript';
import type { Inventory } from '../../services/inventory/inventory';
import { UserError } from '../contract/errors';
import { enterText, pickOne, walk, type Choice } from '../ui/steps';
import type { Picked, ScriptSource } from './scriptSources';

export interface StoredScriptsDeps {
  readonly accounts: Accounts;
  readonly clouds: Clouds;
  readonly inventory: Inventory;
}

/** The script of a record as the cloud has it now. Throws `UserError` where it is gone, or is not what was shown. */
export async function readStored(target: Target, { clouds, inventory }: StoredScriptsDeps): Promise<StoredScript> {
  const kind = clouds.kind(target.provider, target.kind);
  const before = inventory.item(target, target.kind, target.id);
  const shown = before && kind?.script?.(before);
  const item = (await inventory.lookup(placeOf(target), target.kind, [target.id])).get(target.id);
  const script = item && kind?.script?.(item);
  if (script === undefined) throw new UserError(l10n.t('It no longer exists. Nothing was sent.'));
  if (shown !== undefined && shown.text !== script.text)
    throw new UserError(
      l10n.t('The script of "{0}" is not the one that was shown: it was changed since. Nothing was sent.', script.name),
    );
  return script;
}

/** The script ready to be run, with the values that a person gives it; undefined when they turned away. */
export async function readyScript(stored: StoredScript): Promise<Script | undefined> {
  const problem = runProblem(stored);
  if (problem !== undefined)
    throw new UserError(l10n.t('"{0}" cannot be run from here. {1} Nothing was sent.', stored.name, problem));
  const values = await askValues(stored);
  return values && filledIn(stored, values);
}

async function askValues(stored: StoredScript): Promise<ReadonlyMap<string, string> | undefined> {
  const values = new Map<string, string>();
  const used = usedParameters(stored);
  const isDone = await walk(
    used.map((parameter, index) => () => askValue(parameter, { stored, values, index, of: used.length })),
  );
  return isDone ? values : undefined;
}

interface Asked {
  readonly stored: StoredScript;
  readonly values: Map<string, string>;
  readonly index: number;
  readonly of: number;
}

async function askValue(
  parameter: StoredParameter,
  { stored, values, index, of }: Asked,
): Promise<'next' | 'back' | 'cancel'> {
  const { name, description, initial = '', choices } = parameter;
  const frame = { title: l10n.t('Parameters of "{0}"', stored.name), step: index + 1, totalSteps: of, back: index > 0 };
  const about = description === '' ? name : `${name}: ${description}`;
  const answer =
    choices.length > 0
      ? await pickOne<string>({
          ...frame,
          placeholder: about,
          empty: '',
          load: () => Promise.resolve(choices.map((value) => ({ label: value, value }))),
        })
      : await enterText({
          ...frame,
          prompt: about,
          value: values.get(name) ?? initial,
          validate: (value) => valueProblem(value, parameter),
        });
  if (typeof answer === 'string') return answer;
  if (valueProblem(answer.value, parameter) !== undefined) return 'cancel';
  values.set(name, answer.value);
  return 'next';
}

/** Commands that the clouds keep where the resources are, own ones first. */
export function storedSource(deps: StoredScriptsDeps): ScriptSource {
  return {
    choices: ({ input: { languages }, targets }) => {
      const kinds = [...new Set(targets.map(({ provider }) => provider))].flatMap(
        (id) => deps.clouds.provider(id).kinds,
      );
      if (!kinds.some(({ script }) => script !== undefined)) return Promise.resolve([]);
      const value = () => pickStored(placesOf(targets), languages, deps);
      return Promise.resolve([{ label: l10n.t('Saved Command…'), icon: 'terminal', value }]);
    },
  };
}

function placesOf(targets: readonly Target[]): Place[] {
  return [...new Map(targets.map((target) => [placeKey(placeOf(target)), placeOf(target)])).values()];
}

async function pickStored(
  places: readonly Place[],
  languages: readonly string[],
  deps: StoredScriptsDeps,
): Promise<Picked> {
  const answer = await pickOne<Target>({
    title: l10n.t('Saved Command'),
    placeholder: l10n.t('Which one? Its script is read again and shown in the plan'),
    empty: l10n.t('No command is saved here that these instances could run.'),
    load: async () => (await Promise.all(places.map((place) => choicesIn(place, languages, deps)))).flat(),
  });
  if (typeof answer === 'string') return undefined;
  return readyScript(await readStored(answer.value, deps));
}

async function choicesIn(
  place: Place,
  languages: readonly string[],
  { accounts, clouds, inventory }: StoredScriptsDeps,
): Promise<Choice<Target>[]> {
  const kinds = clouds.provider(place.provider).kinds.filter(({ script }) => script !== undefined);
  const account = accounts.get(place.accountId)?.name ?? place.accountId;
  const lists = kinds.map(async (kind): Promise<Choice<Target>[]> => {
    const listing = await inventory.list(place, kind.id);
    await listing.finished;
    if (listing.error !== undefined && !listing.unsupported) throw listing.error;
    return [...listing.items].flatMap(([id, item]) => {
      const script = kind.script?.(item);
      if (script?.language === undefined || !languages.includes(script.language)) return [];
      const group = [kind.many(), account, inventory.regionName(place)].join(' · ');
      const description = kind.summary(item, new Date(0)).join(' · ');
      return [{ label: kind.name(item), description, group, value: { ...place, kind: kind.id, id } }];
    });
  });
  return (await Promise.all(lists)).flat();
}
