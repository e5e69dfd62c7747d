import * as l10n from '@vscode/l10n';
import type { AccountInfo, AccountLevel } from '../../core/account';
import type { Mark } from './marks';
import type { AccountProblem } from './ports';

/** How the protection of an account looks, wherever it is shown. */
export interface LevelWords {
  /** A codicon id. */
  readonly icon: string;
  /** How its icon is coloured. */
  readonly tone?: 'bad' | 'warning';
  readonly label: string;
  /** Two signs that stand for it where there is no room for words; empty for none. */
  readonly badge: string;
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
        badge: '',
        meaning: l10n.t('Deletions are confirmed; releasing ECS instances also by typing.'),
      };
    case 'production':
      return {
        icon: 'shield',
        tone: 'bad',
        label: l10n.t('production'),
        badge: l10n.t('PR'),
        meaning: l10n.t('Every deletion also asks for the name of the account.'),
      };
    case 'readOnly':
      return {
        icon: 'lock',
        tone: 'warning',
        label: l10n.t('read-only'),
        badge: l10n.t('RO'),
        meaning: l10n.t('Nothing can be deleted with this account.'),
      };
    default: {
      const never: never = level;
      return never;
    }
  }
}

/** Why an account is guarded, where the mark is on another one; undefined where it is its own. */
export function levelReason({ level, levelFrom }: Pick<AccountInfo, 'level' | 'levelFrom'>): string | undefined {
  if (levelFrom === undefined) return undefined;
  const { name, source, by } = levelFrom;
  const { label } = levelWords(level);
  const shown = source === '' ? `"${name}"` : l10n.t('"{0}" ({1})', name, source);
  return by === 'key'
    ? l10n.t('{0} with the same key is marked {1}.', shown, label)
    : l10n.t('{0} of the same cloud account is marked {1}.', shown, label);
}

/** Said where nothing may be changed with a read-only account, and why. */
export function readOnlyText(account: AccountInfo): string {
  const reason = levelReason(account);
  return reason === undefined
    ? l10n.t('The account "{0}" is marked read-only.', account.name)
    : l10n.t('The account "{0}" is read-only: {1}', account.name, reason);
}

/** A mark stays although its account went: its keys may come back under another name. */
export function lostText({ name, source, level }: Mark): AccountProblem {
  return {
    where: source === '' ? name : source,
    title: l10n.t('"{0}" is marked {1} but no longer exists', name, levelWords(level).label),
    message: l10n.t(
      'The mark still counts for the same keys under any other name. If it was renamed, mark the new account. "Change Protection of Account…" in the command palette takes the mark away.',
    ),
  };
}
