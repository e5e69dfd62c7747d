import * as l10n from '@vscode/l10n';
import type { JournalProblem } from '../journal/records';
import { groupRow, readsRow, responseRow } from './exchangeRows';
import { operationId, type OperationNode } from './nodes';
import { drawRow, type Drawn, type OperationContext, type OperationRow } from './row';
import { neverSentRow, runRow, targetRow } from './runRows';

/** Draws a row of the Operations view from what is known now. */
export function operationRow(node: OperationNode, context: OperationContext): OperationRow {
  return { id: operationId(node), ...drawn(node, context) };
}

function drawn(node: OperationNode, context: OperationContext): Drawn {
  const { model } = context;
  switch (node.type) {
    case 'journalProblem':
      return problemRow(node.problem);
    case 'unreadable':
      return drawRow({
        label: l10n.t('The journal could not be read'),
        facts: [model.unreadable ?? ''],
        icon: 'error',
        tone: 'bad',
        words: ['unreadable'],
      });
    case 'reads':
      return readsRow(model.reads(), context);
    case 'readGroup':
      return groupRow(model.group(node.first) ?? [], context);
    case 'response':
      return responseRow(model.exchange(node.exchangeId), context);
    case 'run':
      return runRow(model.run(node.run), context);
    case 'runTarget':
      return targetRow({
        target: model.target(node),
        run: model.run(node.run),
        answer: model.exchange(model.exchangeOf(node) ?? ''),
        context,
      });
    case 'neverSent':
      return neverSentRow(model.run(node.run), context);
    case 'older':
      return {
        ...drawRow({
          label: node.of === 'problems' ? l10n.t('Show more problems of the journal') : l10n.t('Show older'),
          facts: [],
          icon: 'ellipsis',
          words: ['older'],
        }),
        abilities: [],
        click: 'loadMore',
      };
    default: {
      const never: never = node;
      return never;
    }
  }
}

function problemRow(problem: JournalProblem): Drawn {
  const where = problem.line === 0 ? problem.file : l10n.t('{0}, line {1}', problem.file, problem.line);
  const notes = [
    l10n.t('The journal is shown as it is and was not repaired. What it says from there on may not be what happened.'),
  ];
  return drawRow({
    label: problemWords(problem.problem),
    facts: [where],
    icon: 'warning',
    tone: 'warning',
    words: ['journalProblem'],
    notes,
  });
}

function problemWords(problem: JournalProblem['problem']): string {
  switch (problem) {
    case 'notJson':
      return l10n.t('A line of the journal cannot be read');
    case 'cutOff':
      return l10n.t('The last line of the journal was cut off while it was written');
    case 'chainBroken':
      return l10n.t('A line of the journal was removed, added or moved');
    case 'hashWrong':
      return l10n.t('A line of the journal was changed');
    case 'sequence':
      return l10n.t('Numbers of journal lines are missing');
    case 'malformed':
      return l10n.t('A line of the journal has an unknown form');
    case 'fileUnreadable':
      return l10n.t('A file of the journal cannot be read');
    case 'fileMissing':
      return l10n.t('A file of the journal is missing');
    case 'fileShortened':
      return l10n.t('A file of the journal lost its last lines');
    default: {
      const never: never = problem;
      return never;
    }
  }
}
