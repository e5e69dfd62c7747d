import * as l10n from '@vscode/l10n';
import type { ResultWords } from '../../core/resultProtocol';

/** Words that the result view needs by itself. `{0}` is filled in there. */
export function resultWords(): ResultWords {
  return {
    filter: l10n.t('Filter by name, address or output'),
    states: l10n.t('Filter by state'),
    all: l10n.t('Show All'),
    mask: l10n.t("Take each host's own ID, name and addresses for the same"),
    groups: l10n.t('What they said'),
    hosts: l10n.t('Hosts'),
    host: l10n.t('Host'),
    state: l10n.t('State'),
    exitCode: l10n.t('Exit code'),
    duration: l10n.t('Duration'),
    firstLine: l10n.t('First line'),
    mark: l10n.t('Mark These Hosts'),
    open: l10n.t('Open Output'),
    compare: l10n.t('Compare with Most'),
    compareHosts: l10n.t('Compare'),
    decode: l10n.t('Decode As…'),
    onlyThese: l10n.t('Only These'),
    moreGroups: l10n.t('Show More Groups ({0})', '{0}'),
    moreHosts: l10n.t('Show More Hosts ({0})', '{0}'),
    choose: l10n.t('Choose {0}', '{0}'),
    chosen: l10n.t('Chosen: {0}', '{0}'),
    noMatch: l10n.t('No host matches the filter.'),
    timedOut: l10n.t('The extension did not answer in time.'),
  };
}
