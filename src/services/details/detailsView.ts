import * as l10n from '@vscode/l10n';
import type { DetailsButton, DetailsStatus, DetailsView } from '../../core/panelProtocol';
import { targetKey } from '../../core/target';
import { formatTime } from '../../util/format';
import { visibleText } from '../../util/visible';
import type { Wording } from '../views/fieldText';
import { actionButtons } from './actionButtons';
import type { DetailsFacts } from './detailsFacts';
import { sectionsOf } from './sections';

/** Everything a details view shows, in words. */
export function detailsView(facts: DetailsFacts, wording: Wording): DetailsView {
  const { target, account, kind, regionName, item } = facts;
  const region = regionName === target.region ? target.region : `${regionName} (${target.region})`;
  return {
    key: targetKey(target),
    title: visibleText(item === undefined ? target.id : kind.name(item)),
    place: [kind.one(), account?.name ?? target.accountId, region].map(visibleText),
    status: statusOf(facts),
    age: ageOf(facts, wording),
    buttons: buttonsOf(facts),
    sections: item === undefined ? [] : sectionsOf(kind, item, wording),
    words: {
      copyField: l10n.t('Copy {0}', '{0}'),
      copied: l10n.t('Copied.'),
      timedOut: l10n.t('The extension did not answer. Close this tab and open the details again.'),
      raw: l10n.t('As sent by the cloud: {0}', '{0}'),
      missing: l10n.t('The cloud did not say.'),
      filter: l10n.t('Filter fields by name or value'),
      showEmpty: l10n.t('Show empty values ({0})', '{0}'),
      showAll: l10n.t('Show all ({0})', '{0}'),
      showLess: l10n.t('Show less'),
      noMatch: l10n.t('No field matches.'),
      matches: l10n.t('Fields shown: {0}', '{0}'),
    },
  };
}

function statusOf(facts: DetailsFacts): DetailsStatus {
  const { kind, item, gone, busy, reading, now } = facts;
  const state = item === undefined || gone ? undefined : kind.state(item, now);
  return {
    state: state === undefined ? undefined : { label: visibleText(state.label()), icon: state.icon, tone: state.tone },
    notice: noticeOf(facts),
    busy: busy !== undefined || reading,
  };
}

function noticeOf({ account, gone, item, busy, error }: DetailsFacts): DetailsStatus['notice'] {
  if (account === undefined)
    return { text: l10n.t('The account of this resource no longer exists.'), icon: 'warning', tone: 'warning' };
  if (gone && item === undefined)
    return { text: l10n.t('It does not exist or no longer exists.'), icon: 'trash', tone: 'warning' };
  if (gone)
    return {
      text: l10n.t('It no longer exists. This is what was last known of it.'),
      icon: 'trash',
      tone: 'warning',
    };
  if (busy !== undefined) return { text: `${busy}…`, icon: 'sync', tone: 'warning' };
  if (error === undefined) return undefined;
  const said = [error.message, error.advice, error.code, error.requestId]
    .filter((part) => part !== undefined)
    .map(visibleText);
  return { text: l10n.t('It could not be read: {0}', said.join(' · ')), icon: 'error', tone: 'bad' };
}

function ageOf({ readAt }: DetailsFacts, { language, timeZone }: Wording): DetailsView['age'] {
  if (readAt === undefined) return undefined;
  const time = formatTime(readAt, language, timeZone);
  return { text: l10n.t('Read at {0}', time), hover: readAt.toISOString() };
}

function buttonsOf(facts: DetailsFacts): DetailsButton[] {
  const { target, account, reading } = facts;
  const noAccount = account === undefined ? l10n.t('The account of this resource no longer exists.') : undefined;
  return [
    {
      request: 'refresh',
      label: l10n.t('Refresh'),
      icon: 'refresh',
      disabled: reading ? l10n.t('It is being read.') : noAccount,
    },
    { request: 'openResponse', label: l10n.t('Open Response'), icon: 'json', disabled: noAccount },
    { request: 'copyId', label: l10n.t('Copy ID'), icon: 'copy', text: target.id },
    ...actionButtons(facts),
  ];
}
