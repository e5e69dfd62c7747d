import * as l10n from '@vscode/l10n';
import type { Answer } from '../../core/input';
import { encodeScript } from '../../core/script';
import type { Several } from '../../services/actions/ports';
import { pickOne } from '../ui/steps';
import { prepareScripts } from './prepareScript';
import { answersFor, type Picked, type ScriptRequest, type ScriptSource } from './scriptSources';

/** Which script the resources get. Undefined means that the person turned away, or writes one first. */
export async function askScript(
  request: ScriptRequest,
  sources: readonly ScriptSource[],
): Promise<Answer | Several | undefined> {
  const { input, targets } = request;
  for (;;) {
    const answer = await pickOne<() => Promise<Picked>>({
      title: input.question(targets.length),
      placeholder: l10n.t('Where is the script?'),
      empty: '',
      load: async (signal) => (await Promise.all(sources.map(({ choices }) => choices(request, signal)))).flat(),
    });
    if (typeof answer === 'string') return undefined;
    const picked = await answer.value();
    if (picked === 'none') return '';
    if (picked === 'back') continue;
    if (picked === undefined) return undefined;
    const scripts = 'language' in picked ? [picked] : picked;
    const ready = await prepareScripts(scripts, { valueProblem: input.valueProblem, back: true });
    if (ready === 'back') continue;
    if (ready === 'cancel') return undefined;
    const [only] = ready;
    return ready.length === 1 && only !== undefined ? encodeScript(only) : { answers: answersFor(ready) };
  }
}
