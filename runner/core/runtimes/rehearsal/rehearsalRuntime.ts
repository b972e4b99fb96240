import {
  type LaunchCommand,
  type LaunchRequest,
  maxArgumentBytes,
  type Runtime,
  type RuntimeReadiness,
} from '../runtime.ts';

/** The shipped stand-in for an AI tool: a real terminal program whose part is a script. No model runs. */
export class RehearsalRuntime implements Runtime {
  readonly name = 'rehearsal';
  readonly capabilities = {
    reportsEvents: true,
    confirmsMessages: true,
    resumes: true,
    takesSessionId: true,
    isRehearsal: true,
  };
  private readonly deps: RehearsalDeps;

  constructor(deps: RehearsalDeps) {
    this.deps = deps;
  }

  readiness(): Promise<RuntimeReadiness> {
    return Promise.resolve({ ready: true });
  }

  launch(request: LaunchRequest): LaunchCommand {
    const { node, program, stateFolder, script, env } = this.deps;
    return {
      argv: [
        node,
        program,
        request.resume ? '--resume' : '--session-id',
        request.sessionId,
        '--permission-mode',
        request.mode,
        '--state-dir',
        stateFolder,
        ...(request.model === null ? [] : ['--model', request.model]),
        ...(script === null ? [] : ['--script', script]),
        ...promptArguments(request),
      ],
      env: { ...env, ...(process.versions['electron'] === undefined ? {} : { ELECTRON_RUN_AS_NODE: '1' }) },
    };
  }
}

export interface RehearsalDeps {
  /** The Node that runs it. */
  node: string;
  /** Path of dist/rehearsal.js. */
  program: string;
  /** Where its conversations are kept. */
  stateFolder: string;
  /** The script it plays, or null for its own small default. */
  script: string | null;
  env: Record<string, string>;
}

function promptArguments({ prompt, promptFile }: LaunchRequest): string[] {
  if (prompt === null) return [];
  return Buffer.byteLength(prompt) > maxArgumentBytes ? ['--prompt-file', promptFile] : ['--', prompt];
}
