import type { DetailsView, PanelRequest, ToHost, ToPanel } from '../core/panelProtocol';
import { render } from './render';
import { Requests } from './requests';

/** What VS Code gives to the page. */
interface WebviewApi {
  postMessage(message: ToHost): void;
  setState(state: { readonly key: string }): void;
}

declare function acquireVsCodeApi(): WebviewApi;

function start(api: WebviewApi, details: HTMLElement, said: HTMLElement): void {
  let view: DetailsView | undefined;
  const requests = new Requests(
    (message) => api.postMessage(message),
    () => view?.words.timedOut ?? '',
  );
  const ask = async (request: PanelRequest, from: HTMLElement): Promise<void> => {
    from.setAttribute('aria-busy', 'true');
    try {
      await requests.send(request);
      said.textContent = request.name === 'copy' ? (view?.words.copied ?? '') : '';
    } catch (error) {
      said.textContent = error instanceof Error ? error.message : String(error);
    } finally {
      from.removeAttribute('aria-busy');
    }
  };
  window.addEventListener('message', ({ data }: MessageEvent<ToPanel>) => {
    if (data.type === 'answer') return requests.settle(data);
    view = data.view;
    api.setState({ key: view.key });
    const focus = focused();
    details.replaceChildren(...render(view, (request, from) => void ask(request, from)));
    details.setAttribute('aria-busy', String(view.status.busy));
    restore(details, focus);
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
