import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { agentIdOf } from '../../../runner/protocol/issueId.ts';
import type { Agent, AgentRequest, AnswerResult, TellResult } from '../../../runner/protocol/models.ts';
import type { Model, ModelMock, ModelReply, ModelTurn } from '../../support/models/modelMock.ts';
import { platform } from '../../support/platform.ts';
import { killOne, patienceMs, RunnerHome } from '../../support/runnerHome.ts';
import { waitFor } from '../../support/waitFor.ts';

/** One of the AI tools in .cache/agent-clis/, and how it gets a model on loopback. */
export interface RealTool {
  /** The runtime's name, which is that of its program, too. */
  name: string;
  startMock(model: Model): Promise<ModelMock>;
  /** Its variables, as config.toml's `[runtimes.<name>.env]` has them: where the model is, a key that is none. */
  env(mock: ModelMock, userHome: string): Record<string, string>;
  /** What a user of the mock would have in the tool's own files. */
  seed?(userHome: string, mock: ModelMock): void | Promise<void>;
}

export interface StartOptions {
  mode?: 'plan' | 'ask' | 'auto' | 'bypass';
}

/** A home with a project, a daemon and agents that run the real tool against a model of the test. */
export class RealAgents {
  readonly home: RunnerHome;
  readonly mock: ModelMock;
  readonly tool: RealTool;
  private readonly answers: { model: Model };

  private constructor(tool: RealTool, home: RunnerHome, mock: ModelMock, answers: { model: Model }) {
    this.tool = tool;
    this.home = home;
    this.mock = mock;
    this.answers = answers;
  }

  static async create(tool: RealTool): Promise<RealAgents> {
    const answers = { model: (): ModelReply => ({ kind: 'say', text: 'Done.' }) } as { model: Model };
    const home = new RunnerHome();
    const mock = await tool.startMock((turn) => answers.model(turn));
    const agents = new RealAgents(tool, home, mock, answers);
    try {
      await tool.seed?.(home.userHome, mock);
      home.config(toolConfig(tool, mock, home.userHome));
      await home.addProject();
    } catch (error) {
      await agents.stop();
      throw error;
    }
    return agents;
  }

  /** What the model answers from now on. */
  model(model: Model): void {
    this.answers.model = model;
  }

  /** Creates an issue and starts an agent on it; returns the issue's id. */
  async start(title: string, { mode = 'auto' }: StartOptions = {}): Promise<string> {
    const issueId = await this.home.issue(title);
    const consent = mode === 'bypass' ? ['--yes'] : [];
    await this.home.json(['work', 'issue', issueId, '--runtime', this.tool.name, '--mode', mode, ...consent]);
    return issueId;
  }

  /** Starts an agent and waits until its first turn has ended. */
  async startIdle(title: string, options: StartOptions = {}): Promise<string> {
    const issueId = await this.start(title, options);
    await this.agent(issueId, ({ status, reason }) => status === 'idle' && reason !== 'waiting for its first message');
    return issueId;
  }

  /** Waits until the agent is as wanted; says what its screen and evidence show where it never is. */
  async agent(issueId: string, wanted: Agent['status'] | ((agent: Agent) => boolean)): Promise<Agent> {
    return this.home.agent(issueId, wanted).catch((error: unknown) => {
      throw new Error(`${error instanceof Error ? error.message : String(error)}\n${this.picture(issueId)}`);
    });
  }

  tell(issueId: string, text: string): Promise<TellResult> {
    return this.home.json(['work', 'tell', issueId, '--file', '-'], { input: text });
  }

  answer(issueId: string, ...words: string[]): Promise<AnswerResult> {
    return this.home.json(['work', 'answer', issueId, ...words]);
  }

  async requests(issueId: string): Promise<AgentRequest[]> {
    return (await this.home.runner()).requests.list({ id: issueId });
  }

  /** Waits for what the agent asks. */
  async request(issueId: string): Promise<AgentRequest> {
    return this.requestOtherThan(issueId, null);
  }

  /** Waits for another request than one that was seen. */
  async requestOtherThan(issueId: string, seen: string | null): Promise<AgentRequest> {
    const probe = async (): Promise<AgentRequest | undefined> =>
      (await this.requests(issueId)).find(({ id }) => id !== seen);
    return waitFor(probe, { timeoutMs: patienceMs, what: `a request of ${issueId}` }).catch((error: unknown) => {
      throw new Error(`${error instanceof Error ? error.message : String(error)}\n${this.picture(issueId)}`);
    });
  }

  /** Waits for the first request to the model, after the first `after` of them, that fits. */
  async turn(fits: (turn: ModelTurn) => boolean, what: string, after = 0): Promise<ModelTurn> {
    const probe = (): ModelTurn | undefined => this.mock.turns.slice(after).find(fits);
    return waitFor(probe, { timeoutMs: patienceMs, what: `the model to be asked: ${what}` }).catch((error: unknown) => {
      const seen = this.mock.turns.map((turn) => turn.lastUserText.slice(0, 200));
      throw new Error(`${error instanceof Error ? error.message : String(error)} It was asked ${JSON.stringify(seen)}`);
    });
  }

  /** Waits until the tool has written a person's text into its transcript: what is killed earlier has no memory of it. */
  async transcribed(issueId: string, text: string): Promise<void> {
    const probe = async (): Promise<true | undefined> => {
      const { entries } = await (await this.home.runner()).agents.transcript({ id: issueId, limit: 200 });
      return entries.some((entry) => entry.kind === 'user' && entry.text.includes(text)) ? true : undefined;
    };
    await waitFor(probe, { timeoutMs: patienceMs, what: `${JSON.stringify(text)} in the transcript of ${issueId}` });
  }

  /** Kills the tool itself, as the system does when memory runs out. */
  async killTool(issueId: string): Promise<void> {
    const leader = Number(this.home.tmux('display', '-p', '-t', `=${agentIdOf(issueId)}:`, '#{pane_pid}').trim());
    const child = (await platform.list()).find(({ parentPid }) => parentPid === leader);
    if (child === undefined) throw new Error(`no program runs in the terminal of ${issueId}`);
    process.kill(child.pid, 'SIGKILL');
  }

  /** Kills the daemon, as a crash does, and waits until it is gone. */
  async killDaemon(): Promise<void> {
    const client = await this.home.runner();
    const closed = new Promise<void>((resolve) => void client.onClose(resolve));
    for (const pid of await this.home.daemons()) killOne(pid);
    await closed;
    const gone = async () => ((await this.home.daemons()).length === 0 ? true : undefined);
    await waitFor(gone, { timeoutMs: patienceMs, what: 'the daemon to end' });
  }

  async workspace(issueId: string): Promise<string> {
    return (await this.agent(issueId, () => true)).workspace;
  }

  async screenShows(issueId: string, pattern: RegExp): Promise<void> {
    const probe = () => (pattern.test(this.screen(issueId)) ? true : undefined);
    await waitFor(probe, { timeoutMs: patienceMs, what: `${pattern} on the screen of ${issueId}` });
  }

  screen(issueId: string): string {
    return this.home.tmux('capture-pane', '-p', '-t', `=${agentIdOf(issueId)}:`);
  }

  async stop(): Promise<void> {
    // First, so that a model that hangs lets the tool go.
    await this.mock.close();
    await this.home.stop();
  }

  private picture(issueId: string): string {
    const events = path.join(this.home.paths.agent(agentIdOf(issueId)).folder, 'events.jsonl');
    const told = existsSync(events) ? readFileSync(events, 'utf8').split('\n').slice(-12).join('\n') : '';
    return `${this.screenOrNothing(issueId)}\n${told}\nrefused: ${JSON.stringify(this.mock.refusals)}`;
  }

  private screenOrNothing(issueId: string): string {
    try {
      return this.screen(issueId);
    } catch {
      return 'It has no terminal.';
    }
  }
}

/** Gives every test of the suite agents of its own; after it, the model must have refused nothing. */
export function useRealAgents(tool: RealTool): () => RealAgents {
  let current: RealAgents | undefined;
  beforeEach(async () => {
    current = await RealAgents.create(tool);
  });
  afterEach(async () => {
    const ending = current;
    current = undefined;
    await ending?.stop();
    const [refusal] = ending?.mock.refusals ?? [];
    if (refusal !== undefined) throw new Error(`The model refused a request: ${refusal}`);
  });
  return () => {
    if (current === undefined) throw new Error('useRealAgents: there are agents only while a test runs');
    return current;
  };
}

/** What config.toml says so that agents run the real tool against this model. */
export function toolConfig(tool: RealTool, mock: ModelMock, userHome: string): string {
  const program = path.resolve('.cache/agent-clis/node_modules/.bin', tool.name);
  if (!existsSync(program)) throw new Error(`${program} is missing: node .ci/agentClis.mjs`);
  const lines = Object.entries(tool.env(mock, userHome)).map(([name, value]) => `${name} = ${JSON.stringify(value)}`);
  return [
    `[runtimes.${tool.name}]`,
    `command = [${JSON.stringify(program)}]`,
    `[runtimes.${tool.name}.env]`,
    ...lines,
    '',
  ].join('\n');
}
