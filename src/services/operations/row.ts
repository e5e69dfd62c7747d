import type { State } from '../../core/state';
import { visibleText } from '../../util/visible';
import type { Clouds } from '../accounts/ports';
import type { Wording } from '../views/fieldText';
import type { TooltipLine, Tooltip } from '../views/tooltip';
import type { OperationsModel } from './operationsModel';

/** What can be done with a row of the Operations view. */
export type OperationAbility =
  'response' | 'policy' | 'check' | 'recipe' | 'copy' | 'result' | 'retryFailed' | 'hostResults';

/** One row as it is drawn, without VS Code. */
export interface OperationRow {
  readonly id: string;
  readonly label: string;
  readonly description: string;
  readonly icon: string;
  readonly tone?: State['tone'] | undefined;
  readonly spoken: string;
  readonly expand: 'none' | 'collapsed';
  readonly words: readonly string[];
  readonly abilities: readonly OperationAbility[];
  readonly click?: 'openResponse' | 'loadMore' | undefined;
  readonly tooltip: Tooltip;
}

export interface OperationContext extends Wording {
  readonly model: OperationsModel;
  readonly clouds: Pick<Clouds, 'all'>;
}

/** A row without its id. */
export type Drawn = Omit<OperationRow, 'id'>;

/** What a row is made of. */
export interface Parts {
  readonly label: string;
  /** What stands beside the label, most telling first. */
  readonly facts: readonly string[];
  readonly icon: string;
  readonly tone?: State['tone'] | undefined;
  readonly words: readonly string[];
  readonly lines?: readonly TooltipLine[];
  readonly notes?: readonly (string | undefined)[];
}

/** A row whose texts show exactly; facts that are empty are left out. */
export function drawRow({ label, facts, icon, tone, words, lines = [], notes = [] }: Parts): Drawn {
  const shown = [label, ...facts].map(visibleText).filter((text) => text !== '');
  return {
    label: shown[0] ?? '',
    description: shown.slice(1).join(' · '),
    icon,
    tone,
    spoken: shown.join(', '),
    expand: 'none',
    words,
    abilities: [],
    tooltip: { title: label, lines, notes: notes.filter((note): note is string => note !== undefined && note !== '') },
  };
}
