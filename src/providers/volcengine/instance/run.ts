import * as l10n from '@vscode/l10n';
import { systemOf } from '../../runAnswers';
import { runCommandOn, type RunHosts } from '../../runCommand';
import { withSchedules } from '../../scheduleCommand';
import { schedules } from '../commands/schedule';
import { commandSupport } from '../commands/support';
import { isIn, powerFindings, sameMachine } from './power';
import { recordOf } from './record';

const hosts: RunHosts = {
  support: commandSupport,
  systemOf: (item) => systemOf(recordOf(item).OsType),
  counted: (count) => (count === 1 ? l10n.t('1 ECS instance') : l10n.t('{0} ECS instances', count)),
  offered: (item) => isIn(recordOf(item), 'RUNNING'),
  findings: (item) => powerFindings(recordOf(item), 'RUNNING').filter(({ code }) => code !== 'bareMetal'),
  sameAs: (item) => sameMachine(recordOf(item)),
};

/** Running scripts on ECS instances. */
export const runAction = withSchedules(runCommandOn(hosts), hosts, schedules);
