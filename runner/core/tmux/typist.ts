import type { Clock } from '../ports.ts';
import type { TypingStep } from '../runtimes/runtimeBehaviour.ts';
import type { PaneWatch } from './paneWatch.ts';
import type { Stroke } from './strokes.ts';
import type { TmuxServer } from './tmuxServer.ts';

export interface TypistDeps {
  server: Pick<TmuxServer, 'type' | 'paste'>;
  /** Looks at screens without a process for each look. */
  panes: Pick<PaneWatch, 'screen'>;
  clock: Clock;
}

/** Types into agents' terminals as their tools need it: strokes, pastes, pauses. */
export class Typist {
  private readonly deps: TypistDeps;

  constructor(deps: TypistDeps) {
    this.deps = deps;
  }

  async type(name: string, steps: readonly TypingStep[]): Promise<void> {
    let strokes: Stroke[] = [];
    const flush = async (): Promise<void> => {
      if (strokes.length > 0) await this.deps.server.type(name, strokes);
      strokes = [];
    };
    for (const step of steps) {
      if (step.kind === 'type' || step.kind === 'key') {
        strokes.push(step);
        continue;
      }
      await flush();
      if (step.kind === 'paste') await this.deps.server.paste(name, step.text);
      else await this.pause(step.ms);
    }
    await flush();
  }

  screen(name: string): Promise<string> {
    return this.deps.panes.screen(name);
  }

  private pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      this.deps.clock.after(ms, resolve);
    });
  }
}
