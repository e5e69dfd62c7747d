import type { KindId } from '../../core/target';
import type { JournalProblem } from '../journal/records';

/** What the rows of the Operations view stand for. */
export type OperationNode =
  | ProblemNode
  | UnreadableNode
  | ReadsNode
  | ReadGroupNode
  | RunNode
  | RunTargetNode
  | NeverSentNode
  | ResponseNode
  | OlderNode;

/** The journal is not what was written. */
export interface ProblemNode {
  readonly type: 'journalProblem';
  readonly problem: JournalProblem;
}

/** The journal could not be read at all. */
export interface UnreadableNode {
  readonly type: 'unreadable';
}

/** All calls that only read, folded away. */
export interface ReadsNode {
  readonly type: 'reads';
}

/** The pages of one reading of one list. */
export interface ReadGroupNode {
  readonly type: 'readGroup';
  /** The exchange of the first page. */
  readonly first: string;
}

export interface RunNode {
  readonly type: 'run';
  readonly run: string;
}

export interface RunTargetNode {
  readonly type: 'runTarget';
  readonly run: string;
  readonly accountId: string;
  readonly region: string;
  readonly kind: KindId;
  readonly id: string;
}

/** Confirmed targets of an interrupted run that were never sent. */
export interface NeverSentNode {
  readonly type: 'neverSent';
  readonly run: string;
}

export interface ResponseNode {
  readonly type: 'response';
  readonly exchangeId: string;
}

/** Stands behind the newest rows: shows the next ones. */
export interface OlderNode {
  readonly type: 'older';
  readonly of: 'timeline' | 'reads' | 'problems';
}

/** Unique over the whole view. */
export function operationId(node: OperationNode): string {
  switch (node.type) {
    case 'journalProblem':
      return ['problem', node.problem.file, String(node.problem.line), node.problem.problem]
        .map(encodeURIComponent)
        .join('/');
    case 'unreadable':
    case 'reads':
      return node.type;
    case 'readGroup':
      return `readGroup/${node.first}`;
    case 'run':
    case 'neverSent':
      return `${node.type}/${node.run}`;
    case 'runTarget':
      return ['runTarget', node.run, node.accountId, node.region, node.kind, node.id].map(encodeURIComponent).join('/');
    case 'response':
      return `response/${node.exchangeId}`;
    case 'older':
      return `older/${node.of}`;
    default: {
      const never: never = node;
      return never;
    }
  }
}
