import type { GroupView, ResultLook, ResultWords } from '../../core/resultProtocol';
import { element } from '../dom';
import { button, marked, type Ask } from './parts';

export interface GroupParts {
  readonly words: ResultWords;
  readonly ask: Ask;
  readonly look: (change: Partial<ResultLook>) => void;
}

/** Hosts that said the same: who they are, what it was, and what can be done with them. */
export function groupCard(group: GroupView, parts: GroupParts): HTMLElement {
  const { text, textNote, notes } = group;
  return element(
    'article',
    { class: group.isChosen ? 'group chosen' : 'group', label: group.title },
    marked(group, group.title, 'h3'),
    namesOf(group, parts),
    ...notes.map((note) => element('p', { class: 'note', dir: 'auto' }, note)),
    text === '' ? undefined : textOf(text, group.title),
    textNote === '' ? undefined : element('p', { class: 'note' }, textNote),
    element('div', { class: 'actions', role: 'group', label: group.title }, ...buttonsOf(group, parts)),
  );
}

/** Can be scrolled with the keyboard. */
function textOf(text: string, label: string): HTMLElement {
  const pre = element('pre', { dir: 'auto', label, role: 'region' }, text);
  pre.tabIndex = 0;
  return pre;
}

function namesOf({ key, names, moreNames }: GroupView, { ask, words }: GroupParts): HTMLElement {
  const shown = names.map(({ key: host, name }) =>
    button({
      label: name,
      class: 'link',
      focus: `group ${key} host ${host}`,
      spoken: `${words.open}: ${name}`,
      press: (from) => ask({ name: 'hosts', do: 'open', hosts: [host] }, from),
    }),
  );
  return element('p', { class: 'names' }, ...shown, moreNames === '' ? undefined : element('span', {}, moreNames));
}

function buttonsOf(group: GroupView, { words, ask, look }: GroupParts): HTMLElement[] {
  const { key, isSettled, canCompare, isUnreadable, isChosen } = group;
  const one = (doing: 'open' | 'mark' | 'compare' | 'decode', label: string, icon: string): HTMLElement =>
    button({
      label,
      icon,
      focus: `group ${key} ${doing}`,
      press: (from) => ask({ name: 'group', do: doing, group: key }, from),
    });
  return [
    ...(isSettled ? [one('open', words.open, 'go-to-file')] : []),
    one('mark', words.mark, 'target'),
    ...(canCompare ? [one('compare', words.compare, 'diff')] : []),
    ...(isUnreadable ? [one('decode', words.decode, 'symbol-string')] : []),
    button({
      label: words.onlyThese,
      icon: 'filter',
      focus: `group ${key} only`,
      isPressed: isChosen,
      press: () => look({ group: isChosen ? undefined : key }),
    }),
  ];
}
