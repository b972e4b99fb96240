import type { PermissionMode } from '../../../runner/protocol/enumerations.ts';
import type { Model, ModelMock, ModelReply } from '../../support/models/modelMock.ts';

/** How one AI tool is run on loopback, and what is particular about its dialogs. */
export interface BenchTool {
  name: string;
  mode: PermissionMode;
  startMock(model: Model): Promise<ModelMock>;
  /** Its own environment: where its model is. */
  env(url: string): Record<string, string>;
  /** Writes what the tool needs in a HOME before it starts. */
  seed(userHome: string, url: string): void;
  /** Has the tool ask for leave to run a command of the shell. */
  askFor(command: string): ModelReply;
  /** The key that allows it once, where its dialog stands while the runner waits as well. */
  allowKey: string | null;
  /** After a refusal the turn is over. */
  refusalEndsTurn: boolean;
  /** What ends the dialog of a limit, where one stands. */
  leaveLimitKeys: readonly string[];
  /** What the runner's hooks may cost for each use of a tool. */
  hookProcessesPerCall: number;
}
