import type { Agent, Explanation } from '../../runner/protocol/models.ts';
import type { PanelAct } from '../../runner/protocol/panelMessages.ts';
import { fire } from './viewEvents.ts';

/** A button that goes on with the agent, here or in VS Code. */
export interface NextStep {
  label: string;
  act: PanelAct | 'why' | 'answer' | 'tell';
}

const attach: NextStep = { label: 'Attach', act: 'attach' };
const steps: ReadonlyMap</* command of pan */ string, NextStep> = new Map([
  ['work requests', { label: 'Answer', act: 'answer' }],
  ['work resume', { label: 'Resume', act: 'resume' }],
  ['work issue', { label: 'Start Agent...', act: 'start' }],
  ['work attach', attach],
  ['work tell', { label: 'Tell', act: 'tell' }],
  ['work kill', { label: 'Kill', act: 'kill' }],
  ['workspace create', { label: 'Repair', act: 'repair' }],
  ['workspace destroy', { label: 'Destroy Workspace...', act: 'destroy' }],
]);

/** The button for what the runner advises as a command; null where it is none of ours. */
export function nextStep({ agent, next }: { agent: Pick<Agent, 'ask'> } & Pick<Explanation, 'next'>): NextStep | null {
  const command = /^pan (\w+ \w+)/.exec(next ?? '')?.[1];
  const step = command === undefined ? undefined : steps.get(command);
  // A dialog that no request tells of can be answered only where it stands.
  return step?.act === 'answer' && agent.ask === null ? attach : (step ?? null);
}

/** Tells those around the element what its button was pressed for. */
export function takeStep(element: EventTarget, { act }: NextStep): void {
  if (act === 'why') fire(element, 'pan-tab', { tab: 'why' });
  else if (act === 'answer' || act === 'tell') fire(element, 'pan-focus', { on: act });
  else fire(element, 'pan-act', { act });
}
