import type {
  GroupView,
  ResultButton,
  ResultLook,
  ResultToHost,
  ResultToPage,
  ResultView,
} from '../../core/resultProtocol';
import { Answers } from '../answers';
import { element } from '../dom';
import { Filters } from './filters';
import { groupCard } from './groups';
import { actionOf, headOf } from './head';
import { HostTable } from './hosts';
import { button, type Ask } from './parts';
import { Kept, sync } from './sync';

/** What VS Code gives to the page. What it keeps of it is the id of the run and nothing that was printed. */
interface WebviewApi {
  postMessage(message: ResultToHost): void;
  setState(state: { readonly id: string }): void;
}

declare function acquireVsCodeApi(): WebviewApi;

/** How often screen readers are told how it stands, in milliseconds. */
const spokenEveryMs = 3_000;
/** So many groups and hosts come into sight with one press. */
const more = { groups: 20, hosts: 200 } as const;

function start(api: WebviewApi, page: HTMLElement, said: HTMLElement): void {
  let view: ResultView | undefined;
  const answers = new Answers<ResultToHost>(
    (message) => api.postMessage(message),
    () => view?.words.timedOut ?? '',
  );
  const ask: Ask = (request, from) => {
    from.setAttribute('aria-busy', 'true');
    answers
      .ask((id) => ({ type: 'request', id, request }))
      .then(
        () => (said.textContent = ''),
        (error: unknown) => (said.textContent = error instanceof Error ? error.message : String(error)),
      )
      .finally(() => from.removeAttribute('aria-busy'));
  };
  const look = (change: Partial<ResultLook>): void => {
    if (view === undefined) return;
    const { group, ...rest } = { ...view.look, ...change };
    ask({ name: 'look', look: { ...rest, ...(group === undefined ? {} : { group }) } }, page);
  };
  const draw = drawer(page, { ask, look });
  window.addEventListener('message', ({ data }: MessageEvent<ResultToPage>) => {
    if (data.type === 'answer') return answers.settle(data);
    if (view === undefined) api.setState({ id: data.view.id });
    view = data.view;
    draw(view);
  });
  api.postMessage({ type: 'ready' });
}

interface Means {
  readonly ask: Ask;
  readonly look: (change: Partial<ResultLook>) => void;
}

/** Draws views one after the other; what is the same stays as it is. */
function drawer(page: HTMLElement, { ask, look }: Means): (view: ResultView) => void {
  const filters = new Filters(look);
  const table = new HostTable(ask);
  const heads = new Kept<ResultView>(headOf);
  const actions = element('div', { class: 'actions', role: 'group' });
  const buttons = new Kept<ResultButton>((shown) => actionOf(shown, ask));
  const headline = element('p', { class: 'headline' });
  const groupList = element('div', { class: 'groups' });
  const [groupsHeading, hostsHeading] = [element('h2', {}), element('h2', {})];
  const [moreGroups, moreHosts] = [element('div', { class: 'actions' }), element('div', { class: 'actions' })];
  const speak = speaker();
  let words: ResultView['words'] | undefined;
  const cards = new Kept<GroupView>((group) => {
    if (words === undefined) throw new TypeError('Nothing was shown yet.');
    return groupCard(group, { words, ask, look });
  });
  const head = element('div', {});
  const groups = element('section', {}, groupsHeading, headline, groupList, moreGroups);
  const hosts = element('section', {}, hostsHeading, table.root, moreHosts);
  const parts = [head, actions, filters.root, groups, hosts, speak.root];
  return (view) => {
    ({ words } = view);
    page.setAttribute('aria-busy', String(view.status.isBusy));
    sync(
      head,
      heads.of([headFacts(view)], () => ''),
    );
    actions.setAttribute('aria-label', view.title);
    sync(
      actions,
      buttons.of(view.buttons, (one) => one.do),
    );
    filters.show(view);
    groupsHeading.textContent = words.groups;
    headline.textContent = view.allHosts === 0 ? words.noMatch : view.headline;
    sync(
      groupList,
      cards.of(view.groups, ({ key }) => key),
    );
    sync(
      moreGroups,
      moreButton(view.allGroups - view.groups.length, words.moreGroups, 'groups', () =>
        look({ groups: view.look.groups + more.groups }),
      ),
    );
    hostsHeading.textContent = `${words.hosts} (${view.allHosts})`;
    table.show(view);
    sync(
      moreHosts,
      moreButton(view.allHosts - view.hosts.length, words.moreHosts, 'hosts', () =>
        look({ hosts: view.look.hosts + more.hosts }),
      ),
    );
    speak.say(view.spoken, !view.status.isBusy);
    sync(page, parts);
  };
}

/** What the head is made of: it is drawn anew only where one of these changed. */
function headFacts(view: ResultView): ResultView {
  return { ...view, groups: [], hosts: [], counts: [], buttons: [], spoken: '' };
}

function moreButton(left: number, label: string, focus: string, press: () => void): HTMLElement[] {
  return left <= 0 ? [] : [button({ label: label.replace('{0}', String(left)), focus: `more ${focus}`, press })];
}

/** Tells screen readers how it stands, now and then and at the end. */
function speaker() {
  const root = element('p', { class: 'spoken', role: 'status' });
  let next = '';
  let timer: ReturnType<typeof setTimeout> | undefined;
  const speak = (): void => {
    timer = undefined;
    if (root.textContent !== next) root.textContent = next;
  };
  return {
    root,
    say: (text: string, isAtOnce: boolean): void => {
      next = text;
      if (isAtOnce) {
        clearTimeout(timer);
        speak();
      } else timer ??= setTimeout(speak, spokenEveryMs);
    },
  };
}

const page = document.getElementById('result');
const said = document.getElementById('said');
if (page !== null && said !== null) start(acquireVsCodeApi(), page, said);
