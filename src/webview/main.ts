import type { DetailsView, PanelRequest, ToHost, ToPanel } from '../core/panelProtocol';
import { element } from './dom';
import { renderHead, renderSections } from './render';
import { Requests } from './requests';
import { shownFields, type Wanted } from './shownFields';
import { Tools } from './tools';

/** What VS Code keeps of the page: the key of its target, and how it is looked at. */
interface PageState extends Wanted {
  readonly key: string;
}

/** What VS Code gives to the page. */
interface WebviewApi {
  postMessage(message: ToHost): void;
  /** Written by an earlier page, perhaps of an older version. */
  getState(): Partial<PageState> | undefined;
  setState(state: PageState): void;
}

declare function acquireVsCodeApi(): WebviewApi;

function start(api: WebviewApi, details: HTMLElement, said: HTMLElement): void {
  let view: DetailsView | undefined;
  const unfolded = new Set<string>();
  const head = element('div', {});
  const fields = element('div', {});
  const { filter = '', empty = false } = api.getState() ?? {};
  const tools = new Tools({ filter, empty }, () => drawFields());
  const requests = new Requests(
    (message) => api.postMessage(message),
    () => view?.words.timedOut ?? '',
  );
  // The same words are said again: a screen reader tells of changes only.
  const say = (text: string): void => {
    said.textContent = '';
    if (text !== '') requestAnimationFrame(() => (said.textContent = text));
  };
  const ask = async (request: PanelRequest, from: HTMLElement): Promise<void> => {
    from.setAttribute('aria-busy', 'true');
    try {
      await requests.send(request, view?.key ?? '');
      say(request.name === 'copy' ? (view?.words.copied ?? '') : '');
    } catch (error) {
      say(error instanceof Error ? error.message : String(error));
    } finally {
      from.removeAttribute('aria-busy');
    }
  };
  const asked = (request: PanelRequest, from: HTMLElement): void => void ask(request, from);
  const drawFields = (): void => {
    if (view === undefined) return;
    const { wanted } = tools;
    const focus = focused();
    const shown = shownFields(view.sections, wanted);
    const toggle = (name: string): void => {
      if (!unfolded.delete(name)) unfolded.add(name);
      drawFields();
    };
    const unfolding = { unfolded, all: wanted.filter.trim() !== '', toggle };
    fields.replaceChildren(...renderSections(shown.sections, view, asked, unfolding));
    tools.show(view, shown);
    api.setState({ key: view.key, ...wanted });
    restore(fields, focus);
  };
  window.addEventListener('message', ({ data }: MessageEvent<ToPanel>) => {
    if (data.type === 'answer') return requests.settle(data);
    if (view === undefined) details.replaceChildren(head, tools.root, fields);
    if (view?.key !== data.view.key) unfolded.clear();
    view = data.view;
    const focus = focused();
    head.replaceChildren(...renderHead(view, asked));
    restore(head, focus);
    drawFields();
    details.setAttribute('aria-busy', String(view.status.busy));
  });
  api.postMessage({ type: 'ready' });
}

/** The name of what has the focus, so that it has it again when the view is drawn anew. */
function focused(): string | undefined {
  const active = document.activeElement;
  return active instanceof HTMLElement ? active.dataset['focus'] : undefined;
}

function restore(details: HTMLElement, focus: string | undefined): void {
  if (focus === undefined) return;
  const buttons = [...details.querySelectorAll('button')];
  buttons.find((button) => button.dataset['focus'] === focus)?.focus();
}

const details = document.getElementById('details');
const said = document.getElementById('said');
if (details !== null && said !== null) start(acquireVsCodeApi(), details, said);
