import type * as vscode from 'vscode';
import type { ContextKeys, DoneStep } from '../contextKeys.ts';

const steps: readonly DoneStep[] = ['doctor', 'project', 'started', 'answered', 'reviewed'];

/**
 * Which steps of the walkthrough were done, ever and in any window; kept. VS Code ticks a step off when its key becomes
 * true after it has loaded walkthroughs, which it does when it first shows one, and never for a key that was true by then
 * (1.100, 1.139). So the keys are set from then on only.
 */
export class DoneSteps {
  private readonly memento: Pick<vscode.Memento, 'get' | 'update'>;
  private readonly keys: Pick<ContextKeys, 'set'>;
  private isShown = false;

  constructor(memento: Pick<vscode.Memento, 'get' | 'update'>, keys: Pick<ContextKeys, 'set'>) {
    this.memento = memento;
    this.keys = keys;
  }

  isDone(step: DoneStep): boolean {
    return this.memento.get<boolean>(nameOf(step), false);
  }

  mark(step: DoneStep): void {
    if (this.isShown) this.keys.set(nameOf(step), true);
    if (!this.isDone(step)) void this.memento.update(nameOf(step), true);
  }

  /** VS Code shows a walkthrough now. */
  show(): void {
    this.isShown = true;
    for (const step of steps) if (this.isDone(step)) this.keys.set(nameOf(step), true);
  }
}

function nameOf(step: DoneStep): `done.${DoneStep}` {
  return `done.${step}`;
}
