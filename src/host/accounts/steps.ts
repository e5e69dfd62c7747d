import * as l10n from '@vscode/l10n';
import type { Account, AccountLevel, Credentials, ProviderId } from '../../core/account';
import { levelWords } from '../../services/accounts/levelText';
import type { Accounts, Clouds } from '../../services/accounts/ports';
import { enterText, pickOne, type Answer, type Choice, type StepFrame } from '../ui/steps';
import { keyProblem, nameProblem } from './rules';

/** What has been entered so far. The keys live here only until the account is kept or given up. */
export interface AccountDraft {
  provider: ProviderId | undefined;
  name: string;
  level: AccountLevel;
  keyId: string;
  secret: string;
  token: string;
}

/** What is known of an account that is changed; never its keys. */
export function draftOf({ provider, name, level }: Account): AccountDraft {
  return { provider, name, level, keyId: '', secret: '', token: '' };
}

export type Went = 'next' | 'back' | 'cancel';
export type Step = (frame: StepFrame) => Promise<Went>;

/** Trimmed, because keys are pasted. */
export function credentialsOf(draft: AccountDraft): Credentials {
  const { keyId, secret, token } = draft;
  return { accessKeyId: keyId, accessKeySecret: secret, ...(token === '' ? {} : { securityToken: token }) };
}

export function cloudStep(draft: AccountDraft, clouds: Clouds): Step {
  return async (frame) => {
    const answer = await pickOne<ProviderId>({
      ...frame,
      placeholder: l10n.t('Cloud'),
      empty: '',
      load: () => Promise.resolve(clouds.all.map((cloud) => ({ label: cloud.name(), icon: 'cloud', value: cloud.id }))),
    });
    return take(answer, (provider) => (draft.provider = provider));
  };
}

export function nameStep(draft: AccountDraft, accounts: Accounts, ownId?: string): Step {
  return async (frame) => {
    // In both clouds: the name is what a production account asks to be typed.
    const others = accounts.list().filter((account) => account.id !== ownId);
    const answer = await enterText({
      ...frame,
      prompt: l10n.t('What to call the account. The name is shown in every confirmation.'),
      value: draft.name,
      validate: (value) =>
        nameProblem(
          value,
          others.map((account) => account.name),
        ),
    });
    return take(answer, (name) => (draft.name = name.trim()));
  };
}

/** Id, secret and token. The secret and the token are typed hidden. */
export function keySteps(draft: AccountDraft): Step[] {
  return [
    async (frame) => {
      const prompt = l10n.t('Access key ID');
      const answer = await enterText({
        ...frame,
        prompt,
        value: draft.keyId,
        validate: (value) => keyProblem(value, false),
      });
      return take(answer, (value) => (draft.keyId = value.trim()));
    },
    async (frame) => {
      const prompt = l10n.t('Access key secret. It is kept in the secret storage of this machine and nowhere else.');
      const answer = await enterText({ ...frame, prompt, secret: true, validate: (value) => keyProblem(value, false) });
      return take(answer, (value) => (draft.secret = value.trim()));
    },
    async (frame) => {
      const prompt = l10n.t('STS security token, only for temporary keys. Leave it empty otherwise.');
      const answer = await enterText({ ...frame, prompt, secret: true, validate: (value) => keyProblem(value, true) });
      return take(answer, (value) => (draft.token = value.trim()));
    },
  ];
}

export function levelStep(draft: AccountDraft): Step {
  return async (frame) => {
    const answer = await pickOne<AccountLevel>({
      ...frame,
      placeholder: l10n.t('How much the account is guarded'),
      empty: '',
      load: () =>
        Promise.resolve(
          levels().map((level) => ({
            ...level,
            ...(level.value === draft.level ? { description: l10n.t('now') } : {}),
          })),
        ),
    });
    return take(answer, (level) => (draft.level = level));
  };
}

function levels(): Choice<AccountLevel>[] {
  return (['normal', 'production', 'readOnly'] as const).map((value) => {
    const { icon, label, meaning } = levelWords(value);
    return { value, icon, label, detail: meaning };
  });
}

function take<T>(answer: Answer<T>, keep: (value: T) => void): Went {
  if (answer === 'back' || answer === 'cancel') return answer;
  keep(answer.value);
  return 'next';
}
