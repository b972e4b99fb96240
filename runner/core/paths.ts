import path from 'node:path';
import type { AgentId } from '../protocol/issueId.ts';

/** Where everything lives. All paths are absolute; nothing else in the runner builds a path below the home. */
export interface RunnerPaths {
  home: string;
  configFile: string;
  projectsFile: string;
  /** Whether notifications are paused, and what was announced. */
  attentionFile: string;
  binFolder: string;
  /** The stable command for agents and hook scripts. */
  panCommand: string;
  agentsFolder: string;
  runFolder: string;
  spoolFolder: string;
  /** The port that hooks post to: agents that run know it. */
  hookPortFile: string;
  logFile: string;
  rehearsalFolder: string;
  agent(id: AgentId): AgentPaths;
}

export interface AgentPaths {
  folder: string;
  state: string;
  hook: string;
  events: string;
  /** What it used, and how far its transcripts were read. */
  usage: string;
  mail: string;
  /** What people answered to requests, for the hooks that wait for it. */
  answers: string;
  /** What posts of its hooks are known by. */
  hookToken: string;
  launchScript: string;
  prompt: string;
  /** What the terminal showed when the agent last ended. */
  screen: string;
}

/** PANOPTICON_HOME, or `~/.panopticon`. */
export function panopticonHome(env: Readonly<Record<string, string | undefined>>, userHome: string): string {
  const chosen = env['PANOPTICON_HOME'];
  return path.resolve(chosen !== undefined && chosen !== '' ? chosen : path.join(userHome, '.panopticon'));
}

export function createPaths(home: string): RunnerPaths {
  const agentsFolder = path.join(home, 'agents');
  const binFolder = path.join(home, 'bin');
  const runFolder = path.join(home, 'run');
  return {
    home,
    configFile: path.join(home, 'config.toml'),
    projectsFile: path.join(home, 'projects.json'),
    attentionFile: path.join(home, 'attention.json'),
    binFolder,
    panCommand: path.join(binFolder, 'pan'),
    agentsFolder,
    runFolder,
    spoolFolder: path.join(runFolder, 'spool'),
    hookPortFile: path.join(runFolder, 'hook-port'),
    logFile: path.join(home, 'log', 'daemon.log'),
    rehearsalFolder: path.join(home, 'rehearsal'),
    agent: (id) => agentPaths(path.join(agentsFolder, id)),
  };
}

function agentPaths(folder: string): AgentPaths {
  return {
    folder,
    state: path.join(folder, 'state.json'),
    hook: path.join(folder, 'hook.json'),
    events: path.join(folder, 'events.jsonl'),
    usage: path.join(folder, 'usage.json'),
    mail: path.join(folder, 'mail'),
    answers: path.join(folder, 'answers'),
    hookToken: path.join(folder, 'hook-token'),
    launchScript: path.join(folder, 'launch.sh'),
    prompt: path.join(folder, 'prompt.md'),
    screen: path.join(folder, 'screen.txt'),
  };
}
