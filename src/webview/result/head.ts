import type { ResultButton, ResultView } from '../../core/resultProtocol';
import { element, icon } from '../dom';
import { button, type Ask } from './parts';

/** What stands above: the title, how it stands, and what can be done with all of it. */
export function headOf(view: ResultView): HTMLElement {
  return element(
    'header',
    {},
    element('h1', { dir: 'auto' }, view.title),
    element('p', { class: 'place' }, ...view.facts.map((fact) => element('span', { dir: 'auto' }, fact))),
    element(
      'p',
      { class: `state ${view.status.tone}` },
      icon(view.status.icon),
      element('span', { dir: 'auto' }, view.status.text),
    ),
    ...view.notices.map(({ text, tone, icon: id }) =>
      element('p', { class: `notice ${tone}` }, icon(id), element('span', { dir: 'auto' }, text)),
    ),
    view.status.isBusy ? element('div', { class: 'progress', hidden: true }) : undefined,
  );
}

export function actionOf(shown: ResultButton, ask: Ask): HTMLElement {
  return button({
    ...shown,
    class: shown.do === 'stop' ? 'danger' : undefined,
    focus: `run ${shown.do === 'goOn' ? 'pause' : shown.do}`,
    press: (from) => ask({ name: 'run', do: shown.do }, from),
  });
}
