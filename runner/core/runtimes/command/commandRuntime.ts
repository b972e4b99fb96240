import { fillPlaceholders } from '../../config/fillPlaceholders.ts';
import {
  type LaunchCommand,
  type LaunchRequest,
  maxArgumentBytes,
  type Runtime,
  type RuntimeReadiness,
} from '../runtime.ts';

/** Any program that the user named in config.toml. Nothing is known of it but that it runs. */
export class CommandRuntime implements Runtime {
  readonly name: string;
  readonly capabilities = {
    reportsEvents: false,
    confirmsMessages: false,
    resumes: false,
    takesSessionId: false,
    isRehearsal: false,
  };
  readonly ignoresMode = true;
  private readonly deps: CommandDeps;

  constructor(deps: CommandDeps) {
    this.name = deps.name;
    this.deps = deps;
  }

  async readiness(): Promise<RuntimeReadiness> {
    const [program] = this.deps.command;
    if ((await this.deps.findProgram(program)) !== undefined) return { ready: true };
    return {
      ready: false,
      message: `${program} was not found.`,
      hint: `Install it, correct [runtimes.${this.name}] command in config.toml, or choose another runtime.`,
    };
  }

  launch(request: LaunchRequest): LaunchCommand {
    const prompt = request.prompt ?? '';
    const values = {
      prompt:
        Buffer.byteLength(prompt) > maxArgumentBytes ? `Read your task in the file ${request.promptFile}` : prompt,
      promptFile: request.promptFile,
      workspace: request.workspace,
      issueId: request.issueId,
      sessionId: request.sessionId,
    };
    const [program, ...args] = this.deps.command;
    return { argv: [program, ...args.map((word) => fillPlaceholders(word, values))], env: this.deps.env };
  }
}

export interface CommandDeps {
  name: string;
  /** The argument vector with placeholders in it. */
  command: readonly [string, ...string[]];
  env: Record<string, string>;
  /** Where a program is on the PATH, or undefined. */
  findProgram(name: string): Promise<string | undefined>;
}
