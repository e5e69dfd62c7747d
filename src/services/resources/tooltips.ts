import * as l10n from '@vscode/l10n';
import { CloudError } from '../../core/cloudError';
import { placeOf } from '../../core/target';
import { formatTime } from '../../util/format';
import { fieldText, withoutSecrets, type FieldText } from '../views/fieldText';
import { levelWords } from '../accounts/levelText';
import { countWords } from './counts';
import type { RowContext } from './rows';
import type { AccountNode, KindNode, MessageNode, Node, RegionNode, ResourceNode } from './nodes';
import type { Tooltip, TooltipLine } from '../views/tooltip';

/** How many fields of a record a tooltip shows; all of them are in the details. */
const fieldsShown = 10;

/** The tooltip of a row, read when it is asked for; undefined where the row says everything. Never rejects for a cloud. */
export async function tooltipOf(node: Node, context: RowContext, signal?: AbortSignal): Promise<Tooltip | undefined> {
  switch (node.type) {
    case 'account':
      return accountTooltip(node, context, signal);
    case 'region':
      return regionTooltip(node, context);
    case 'kind':
      return kindTooltip(node, context);
    case 'resource':
      return resourceTooltip(node, context);
    case 'message':
      return messageTooltip(node, context);
    case 'group':
      return undefined;
    case 'more':
      return {
        title: l10n.t('Show more'),
        lines: [],
        notes: [
          l10n.t(
            'Shows the next rows and reads them from the cloud where needed. "Load All" in its menu reads the whole list.',
          ),
        ],
      };
    default: {
      const never: never = node;
      return never;
    }
  }
}

async function accountTooltip(
  { accountId }: AccountNode,
  context: RowContext,
  signal: AbortSignal | undefined,
): Promise<Tooltip | undefined> {
  const { model, accounts, clouds, inventory } = context;
  const account = accounts.get(accountId);
  if (account === undefined) return undefined;
  const level = levelWords(account.level);
  const lines: TooltipLine[] = [
    { label: l10n.t('Cloud'), value: clouds.provider(account.provider).name() },
    { label: l10n.t('Source'), value: account.source },
    { label: l10n.t('Protection'), value: l10n.t('{0}: {1}', level.label, level.meaning) },
    ...(account.endpoint === undefined ? [] : [{ label: l10n.t('Endpoint'), value: account.endpoint }]),
  ];
  const { readAt } = model.regionsOf(accountId);
  const notes =
    readAt === undefined ? [] : [l10n.t('Regions read at {0}', formatTime(readAt, context.language, context.timeZone))];
  try {
    const identity = await inventory.identity(accountId, signal === undefined ? {} : { signal });
    if (identity === undefined) return { title: account.name, lines, notes };
    const who = [
      { label: l10n.t('Account ID'), value: identity.accountId },
      { label: l10n.t('Caller'), value: identity.caller },
    ];
    return { title: account.name, lines: [...who, ...lines], notes };
  } catch (error) {
    if (!CloudError.is(error)) throw error;
    return {
      title: account.name,
      lines,
      notes: [
        l10n.t('Who the keys belong to could not be read: {0}', error.message),
        ...(error.advice === undefined ? [] : [error.advice]),
        ...notes,
      ],
    };
  }
}

function regionTooltip({ place }: RegionNode, context: RowContext): Tooltip {
  const { readAt } = context.model.regionsOf(place.accountId);
  return {
    title: context.model.regionName(place),
    lines: [{ label: l10n.t('Region ID'), value: place.region }],
    notes: readAt === undefined ? [] : [ageWords(readAt, context)],
  };
}

function kindTooltip(node: KindNode, context: RowContext): Tooltip {
  const listing = context.model.listing(node);
  const title = context.model.kindOf(node)?.many() ?? node.kind;
  if (listing === undefined) return { title, lines: [], notes: [l10n.t('Not read yet. Expand to read the list.')] };
  const lines =
    listing.total === undefined ? [] : [{ label: l10n.t('Count'), value: countWords(listing, context.language) }];
  const age = listing.readAt === undefined ? [] : [ageWords(listing.readAt, context)];
  return {
    title,
    lines,
    notes: [...age, ...(listing.error === undefined || listing.unsupported ? [] : failureNotes(listing.error))],
  };
}

function resourceTooltip({ target }: ResourceNode, context: RowContext): Tooltip | undefined {
  const { model, accounts, inventory, clock } = context;
  const place = placeOf(target);
  const kind = model.kindOf({ place, kind: target.kind });
  const item = inventory.item(place, target.kind, target.id);
  if (kind === undefined || item === undefined) return undefined;
  const readAt = model.listing({ place, kind: target.kind })?.readAt;
  const shown = withoutSecrets(item);
  const fields = kind.fields.map((field) => ({ label: field.label(), text: fieldText(field, shown, context) }));
  const title = kind.name(item);
  const now = clock.now();
  const facts = kind.summary(item, now).join(' · ');
  const where = [
    { label: l10n.t('State'), value: kind.state(item, now).label() },
    // The row is often too narrow for them.
    ...(facts === '' ? [] : [{ label: l10n.t('In short'), value: facts }]),
    { label: l10n.t('Account'), value: accounts.get(target.accountId)?.name ?? target.accountId },
    { label: l10n.t('Region'), value: `${model.regionName(place)} (${place.region})` },
  ];
  // Nothing is said twice: neither the name nor the state that has its words above.
  const said = new Set(where.map(({ label }) => label));
  const more = fields.flatMap(({ label, text }) => (text.type === 'missing' ? [] : [{ label, value: oneLine(text) }]));
  return {
    title,
    lines: [...where, ...more.filter(({ label, value }) => value !== title && !said.has(label)).slice(0, fieldsShown)],
    notes: [
      // What stands in the way of deleting it, or is to be known before.
      ...(kind.destroy?.findings(item, now) ?? []).map(({ text }) => text),
      ...(readAt === undefined ? [] : [ageWords(readAt, context)]),
    ],
  };
}

function oneLine(text: FieldText): string {
  switch (text.type) {
    case 'text':
    case 'missing':
      return text.text;
    case 'list':
      return text.items.join(', ');
    case 'tags':
      return text.tags.map(({ key, value }) => (value === '' ? key : `${key}=${value}`)).join(', ');
    default: {
      const never: never = text;
      return never;
    }
  }
}

function messageTooltip({ about, parent }: MessageNode, { model }: RowContext): Tooltip | undefined {
  if (typeof about !== 'string') return { title: about.where, lines: [], notes: [about.message] };
  if (about === 'unsupported') {
    const kind = parent?.type === 'kind' ? model.kindOf(parent)?.many() : undefined;
    return {
      title: l10n.t('Not offered in this region'),
      lines: [],
      notes: [l10n.t('The cloud says that "{0}" cannot be listed in this region. Nothing is wrong.', kind ?? '')],
    };
  }
  const error = about === 'failed' && parent !== undefined ? model.failure(parent) : undefined;
  if (error === undefined) return undefined;
  return { title: l10n.t('Could not be read'), lines: [], notes: failureNotes(error) };
}

function failureNotes(error: CloudError): string[] {
  const { message, advice, code, requestId, recommend } = error;
  return [
    message,
    ...(advice === undefined ? [] : [advice]),
    ...(code === undefined ? [] : [l10n.t('Code: {0}', code)]),
    ...(requestId === undefined ? [] : [l10n.t('Request ID: {0}', requestId)]),
    ...(recommend === undefined ? [] : [l10n.t('More: {0}', recommend)]),
  ];
}

/** The moment, not how long ago: VS Code keeps a tooltip once it was shown. */
function ageWords(readAt: Date, { language, timeZone }: RowContext): string {
  return l10n.t('Read at {0}', formatTime(readAt, language, timeZone));
}
