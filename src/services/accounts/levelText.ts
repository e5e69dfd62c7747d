import * as l10n from '@vscode/l10n';
import type { AccountLevel } from '../../core/account';

/** How the protection of an account looks, wherever it is shown. */
export interface LevelWords {
  /** A codicon id. */
  readonly icon: string;
  readonly label: string;
  /** What it means for a deletion, as a sentence. */
  readonly meaning: string;
}

/** The protection of an account in the user's language. */
export function levelWords(level: AccountLevel): LevelWords {
  switch (level) {
    case 'normal':
      return {
        icon: 'cloud',
        label: l10n.t('normal'),
        meaning: l10n.t('Deletions are confirmed; releasing ECS instances also by typing.'),
      };
    case 'production':
      return {
        icon: 'shield',
        label: l10n.t('production'),
        meaning: l10n.t('Every deletion also asks for the name of the account.'),
      };
    case 'readOnly':
      return {
        icon: 'lock',
        label: l10n.t('read-only'),
        meaning: l10n.t('Nothing can be deleted with this account.'),
      };
    default: {
      const never: never = level;
      return never;
    }
  }
}
