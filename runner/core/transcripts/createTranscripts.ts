import type { AgentReader } from '../agents/agentReader.ts';
import type { AgentSigns } from '../agents/agentSigns.ts';
import type { AgentStore } from '../agents/agentStore.ts';
import type { Changes } from '../changes.ts';
import type { RunnerPaths } from '../paths.ts';
import type { Clock, Environment, Log } from '../ports.ts';
import type { RuntimeBehaviour } from '../runtimes/runtimeBehaviour.ts';
import { CostService } from '../usage/costService.ts';
import { Ledger } from '../usage/ledger.ts';
import { AgentTranscripts } from './agentTranscripts.ts';
import { TranscriptFollower } from './transcriptFollower.ts';
import { TranscriptService } from './transcriptService.ts';

export interface TranscriptsDeps {
  paths: RunnerPaths;
  /** The environment that agents of a runtime get: it says where the tool keeps its files. */
  envOf(runtime: string): Promise<Environment>;
  clock: Clock;
  log: Log;
  changes: Changes;
  store: AgentStore;
  reader: Pick<AgentReader, 'mayLive'>;
  signs: Pick<AgentSigns, 'put' | 'noticeGrowth' | 'awaitLook' | 'noticeLook'>;
  behaviourOf(runtime: string): RuntimeBehaviour;
  /** A person's text reached the conversation just now. */
  onPrompt(agentId: string, text: string): void;
}

export interface Transcripts {
  service: TranscriptService;
  costs: CostService;
  /** Hears of agents, and follows their transcripts. */
  agents: AgentTranscripts;
}

/** A prompt that is older was read late, and proves nothing about what is being told now. */
const freshMs = 60_000;

/** Wires what reads conversations: for people, for signs of life, and for what they cost. */
export function createTranscripts(deps: TranscriptsDeps): Transcripts {
  const { paths, envOf, clock, log, changes, store, reader, signs } = deps;
  const formatOf = (runtime: string) => deps.behaviourOf(runtime).transcript;
  const ledger = new Ledger({ paths, clock, log });
  const follower = new TranscriptFollower({
    ledger,
    changes,
    envOf,
    clock,
    log,
    listener: {
      onSign: (agentId, sign) => signs.put(agentId, sign),
      onPrompt: (agentId, { at, text }) => {
        if (Date.parse(at) > clock.now().getTime() - freshMs) deps.onPrompt(agentId, text);
      },
      onGrowth: (agentId, at) => signs.noticeGrowth(agentId, at),
      onUnseen: (agentId) => signs.awaitLook(agentId),
      onSeen: (agentId) => signs.noticeLook(agentId),
    },
  });
  const mayLive = (agentId: string) => reader.mayLive(agentId);
  return {
    service: new TranscriptService({ envOf, formatOf }),
    costs: new CostService({ agents: store, ledger, clock }),
    agents: new AgentTranscripts({ follower, formatOf, store, mayLive, changes, log }),
  };
}
