import type { Explanation } from '../../runner/protocol/models.ts';
import type { PanelAct } from '../../runner/protocol/panelMessages.ts';
import { fire } from './viewEvents.ts';

/** A button that goes on with the agent, here or in VS Code. */
export interface NextStep {
  label: string;
  act: PanelAct | 'why' | 'answer' | 'tell';
}

const steps: Readonly<Record<string, NextStep>> = {
  requests: { label: 'Answer', act: 'answer' },
  resume: { label: 'Resume', act: 'resume' },
  issue: { label: 'Start Agent...', act: 'start' },
  attach: { label: 'Attach', act: 'attach' },
  tell: { label: 'Tell', act: 'tell' },
};

/** The button for what the runner advises as a command of `pan work`; null where it is none of ours. */
export function nextStep(next: Explanation['next']): NextStep | null {
  const verb = /^pan work (\w+)/.exec(next ?? '')?.[1];
  return verb === undefined ? null : (steps[verb] ?? null);
}

/** Tells those around the element what its button was pressed for. */
export function takeStep(element: EventTarget, { act }: NextStep): void {
  if (act === 'why') fire(element, 'pan-tab', { tab: 'why' });
  else if (act === 'answer' || act === 'tell') fire(element, 'pan-focus', { on: act });
  else fire(element, 'pan-act', { act });
}
