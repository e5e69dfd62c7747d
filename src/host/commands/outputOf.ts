import * as l10n from '@vscode/l10n';
import type { RunReport, TargetResult } from '../../services/actions/report';
import { outputText, type HostSaid } from '../../services/commands/outputText';
import { outcomeLabel } from '../../services/journal/outcome';

type OpenText = (title: string, text: string) => Promise<void>;

/** Opens what the hosts of a run printed; undefined where nothing was run on them. */
export function outputOf(report: RunReport, openText: OpenText): (() => Promise<void>) | undefined {
  const hosts = report.results.filter(({ record }) => record !== undefined).map(hostOf);
  if (hosts.length === 0) return undefined;
  const [only] = hosts;
  const title =
    hosts.length === 1 && only !== undefined
      ? l10n.t('Output of {0}', only.name)
      : l10n.t('Output of {0} instances', hosts.length);
  return () => openText(title, outputText(hosts));
}

function hostOf({ group, planned, outcome, record }: TargetResult): HostSaid {
  const { kind, action } = group;
  const { target, name, item } = planned;
  const hostname = item === undefined ? undefined : kind.hostName?.(item);
  return {
    id: target.id,
    name,
    hostnames: hostname === undefined ? [] : [hostname],
    addresses: item === undefined ? [] : (kind.addresses?.(item) ?? []),
    outcome: outcomeLabel(outcome, action.words.outcome),
    exitCode: record?.exitCode,
    output: record?.output,
  };
}
