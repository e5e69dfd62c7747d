import * as l10n from '@vscode/l10n';
import { encodeScript } from '../../core/script';
import { pickOne } from '../ui/steps';
import { withItsLineEnds } from './editorScript';
import type { Picked, ScriptRequest, ScriptSource } from './scriptSources';

/** Which script the resources get. Undefined means that the person turned away, or writes one first. */
export async function askScript(request: ScriptRequest, sources: readonly ScriptSource[]): Promise<string | undefined> {
  const answer = await pickOne<() => Promise<Picked>>({
    title: request.input.question(request.targets.length),
    placeholder: l10n.t('Where is the script?'),
    empty: '',
    load: async (signal) => (await Promise.all(sources.map(({ choices }) => choices(request, signal)))).flat(),
  });
  if (typeof answer === 'string') return undefined;
  const picked = await answer.value();
  if (picked === 'none') return '';
  const ready = picked && (await withItsLineEnds(picked));
  return ready && encodeScript(ready);
}
