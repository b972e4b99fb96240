import type { IssueId } from '../../runner/protocol/issueId.ts';
import type { AgentTab, DraftPlace, PanelActParams } from '../../runner/protocol/panelMessages.ts';

/** What a person does in the find bar; 1 is to the match before, -1 to the one after. */
export type FindAct = { act: 'seek'; text: string } | { act: 'step'; direction: 1 | -1 } | { act: 'close' };

/** What elements tell those around them. */
export interface ViewEvents {
  'pan-act': Omit<PanelActParams, 'id'>;
  'pan-pin': { pinned: boolean };
  'pan-tab': { tab: AgentTab };
  'pan-answered': { text: string; failed: boolean };
  /** An entry of the conversation was opened or closed. */
  'pan-fold': { key: number; isOpen: boolean };
  'pan-find': FindAct;
  'pan-sent': { issueId: IssueId; text: string };
  /** Puts the focus where the person goes on. */
  'pan-focus': { on: 'answer' | 'tell' };
  /** What is written and not sent, as it is now. */
  'pan-draft': { place: DraftPlace; text: string };
}

export function fire<Name extends keyof ViewEvents>(element: EventTarget, name: Name, detail: ViewEvents[Name]): void {
  element.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
}

declare global {
  interface HTMLElementEventMap extends Readonly<{ [Name in keyof ViewEvents]: CustomEvent<ViewEvents[Name]> }> {}
}
