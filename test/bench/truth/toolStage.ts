import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { agentIdOf } from '../../../runner/protocol/issueId.ts';
import type { ModelReply } from '../../support/models/modelMock.ts';
import { patienceMs, type RunnerHome } from '../../support/runnerHome.ts';
import { waitFor } from '../../support/waitFor.ts';
import type { BenchTool } from './benchTool.ts';
import type { ModelPart, ModelRequest } from './modelPart.ts';
import { TruthLog } from './truthLog.ts';

/** How long each state lasts: longer than the grace after its beginning, so that there is something to judge. */
const holdMs = 1_600;

/** What a stage needs to know of its tool. */
export type StageTool = Pick<BenchTool, 'name' | 'mode' | 'askFor' | 'allowKey' | 'refusalEndsTurn' | 'leaveLimitKeys'>;

/** One agent whose model, person and tools are played, so that what it does is known at every moment. */
export class ToolStage {
  readonly tool: StageTool;
  readonly issueId: string;
  readonly truth: TruthLog;
  private readonly home: RunnerHome;
  private readonly model: ModelPart;
  private readonly gates: string;
  private commands = 0;
  private current: ModelRequest | undefined;

  private constructor(tool: StageTool, home: RunnerHome, model: ModelPart, issueId: string) {
    this.tool = tool;
    this.home = home;
    this.model = model;
    this.issueId = issueId;
    this.truth = new TruthLog(home, issueId);
    this.gates = gatesOf(home);
  }

  /** Starts the agent; it is idle when this resolves. */
  static async open(tool: StageTool, home: RunnerHome, model: ModelPart): Promise<ToolStage> {
    const runner = await home.runner();
    const { id } = await runner.issues.create({ title: 'Keep the truth', cwd: home.repository.path });
    const consent = tool.mode === 'bypass' ? ['--yes'] : [];
    await home.json(['work', 'issue', id, '--runtime', tool.name, '--mode', tool.mode, ...consent]);
    const stage = new ToolStage(tool, home, model, id);
    writeGate(stage.gates);
    (await model.request()).reply({ kind: 'say', text: 'Ready.' });
    await home.agent(id, 'idle');
    stage.truth.note(['idle'], 'ready');
    return stage;
  }

  readonly runner = () => this.home.runner();

  hold(times = 1): Promise<void> {
    return delay(holdMs * times);
  }

  /** Tells it something; resolves when its model has been asked. */
  async begin(): Promise<void> {
    this.truth.expect('working', 'told');
    const asked = this.model.request().then((request) => {
      this.current = request;
      this.truth.note(['working'], 'told -> working');
    });
    await Promise.all([this.told('Go on.'), asked]);
  }

  /** The receipt's delay in milliseconds. @throws Error when the message was not delivered at once. */
  async told(text: string): Promise<number> {
    const result = await (await this.runner()).agents.tell({ id: this.issueId, text });
    if (result.outcome === 'delivered' && result.tookMs !== null) return result.tookMs;
    throw new Error(`${this.tool.name}: a message was ${result.outcome}: ${result.detail}`);
  }

  /**
   * A whole turn in which the model uses the shell `calls` times; the agent is idle again when this resolves.
   *
   * @returns the receipt's delay in milliseconds.
   */
  async turn(text: string, calls = 0): Promise<number> {
    const answered = async (): Promise<void> => {
      for (let call = 1; call <= calls; call += 1) {
        (await this.model.request()).reply({ kind: 'shell', command: `echo ${call}` });
      }
      (await this.model.request()).reply({ kind: 'say', text: 'Done.' });
    };
    const [tookMs] = await Promise.all([this.told(text), answered()]);
    await this.home.agent(this.issueId, 'idle');
    return tookMs;
  }

  /** How often the agent has reported that it used a tool. */
  reportedCalls(): number {
    const events = readFileSync(this.home.paths.agent(agentIdOf(this.issueId)).events, 'utf8');
    return events.split('\n').filter((line) => line.includes('"PostToolUse"')).length;
  }

  /** What its hooks call. */
  get panCommand(): string {
    return this.home.paths.panCommand;
  }

  reply(reply: ModelReply): void {
    if (this.current === undefined) throw new Error('no request is open');
    this.current.reply(reply);
    this.current = undefined;
  }

  /** The model answers, and the turn is over. */
  say(): void {
    this.reply({ kind: 'say', text: 'Done.' });
    this.truth.note(['idle'], 'turn ended -> idle');
  }

  /** The model is silent from now on. */
  hang(): void {
    this.reply({ kind: 'hang' });
  }

  limit(): void {
    this.reply({ kind: 'rateLimited', retryAfterSeconds: 3_600 });
    this.truth.note(['parked'], 'limit -> parked');
  }

  /** The limit still stands then, though its dialog does not. */
  leaveLimit(): void {
    if (this.tool.leaveLimitKeys.length > 0) this.press(...this.tool.leaveLimitKeys);
  }

  /** The model asks for a command that needs leave and, once it has it, runs until `finish`. */
  ask(): void {
    this.commands += 1;
    this.reply(this.tool.askFor(`sh ${path.join(this.gates, 'gate.sh')} ${this.commands}`));
    this.truth.note(['waiting'], 'asks -> waiting');
  }

  async allow(how: 'from outside' | 'by key'): Promise<void> {
    this.truth.expect('working', 'answered');
    if (how === 'from outside') await this.answer('allow');
    else this.press(this.tool.allowKey ?? '');
    const started = this.gate('started');
    const probe = () => existsSync(started) || undefined;
    await waitFor(probe, { timeoutMs: patienceMs, what: 'the command to start' });
    this.truth.note(['working'], `allowed ${how} -> working`, statSync(started).mtimeMs);
  }

  /** The command ends, and the model is asked what is next. */
  async finish(): Promise<void> {
    writeFileSync(this.gate('go'), '');
    this.current = await this.model.request();
  }

  async deny(): Promise<void> {
    const after = this.tool.refusalEndsTurn ? 'idle' : 'working';
    this.truth.expect(after, 'answered');
    await this.answer('deny');
    if (!this.tool.refusalEndsTurn) this.current = await this.model.request();
    this.truth.note([after], `denied from outside -> ${after}`);
  }

  /** Escape at a dialog: the turn is over. */
  dismiss(): void {
    this.truth.note(['idle'], 'Esc at a dialog -> idle');
    this.press('Escape');
  }

  /** Escape while it works; resolves when the tool has given up its request. */
  async interrupt(what: string): Promise<void> {
    this.truth.expect('idle', 'Escape');
    this.press('Escape');
    await this.model.quiet();
    this.current = undefined;
    this.truth.note(['idle'], what);
  }

  private async answer(answer: 'allow' | 'deny'): Promise<void> {
    await (await this.runner()).requests.answer({ id: this.issueId, answer });
  }

  private press(...keys: string[]): void {
    this.home.press(this.issueId, ...keys);
  }

  private gate(name: string): string {
    return path.join(this.gates, `${name}-${this.commands}`);
  }
}

/** Where the commands of a home's agents show that they run, and find what lets them end. */
export function gatesOf(home: RunnerHome): string {
  return path.join(home.folder, 'gates');
}

function writeGate(folder: string): void {
  mkdirSync(folder, { recursive: true });
  const lines = ['cd "$(dirname "$0")"', 'touch "started-$1"', 'until [ -e "go-$1" ]; do sleep 0.05; done'];
  writeFileSync(path.join(folder, 'gate.sh'), `${lines.join('\n')}\n`);
}
