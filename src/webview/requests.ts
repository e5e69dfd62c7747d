import type { PanelRequest, ToHost } from '../core/panelProtocol';
import { Answers } from './answers';

/** Asks the extension for what a details view needs. */
export class Requests extends Answers<ToHost> {
  /** `key` is that of the view that asks. Rejects with the extension's words, or ours when it stays silent. */
  send(request: PanelRequest, key: string): Promise<void> {
    return this.ask((id) => ({ type: 'request', id, key, request }));
  }
}
