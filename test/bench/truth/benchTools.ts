import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { startClaudeMock } from '../../support/models/claudeMock.ts';
import { startCodexMock } from '../../support/models/codexMock.ts';
import { startGeminiMock } from '../../support/models/geminiMock.ts';
import type { BenchTool } from './benchTool.ts';

const claude: BenchTool = {
  name: 'claude',
  mode: 'ask',
  startMock: (model) => startClaudeMock(model),
  // A token raises no question; a key does (Claude Code 2.1.330). Root may bypass permissions in a sandbox only.
  env: (url) => ({ ANTHROPIC_BASE_URL: url, ANTHROPIC_AUTH_TOKEN: 'mock', IS_SANDBOX: '1' }),
  seed: () => undefined,
  askFor: (command) => ({ kind: 'shell', command }),
  allowKey: '1',
  refusalEndsTurn: false,
  leaveLimitKeys: [],
  hookProcessesPerCall: 0,
};

const codex: BenchTool = {
  name: 'codex',
  mode: 'ask',
  startMock: startCodexMock,
  env: () => ({ MOCK_KEY: 'mock' }),
  seed(userHome, url) {
    const folder = path.join(userHome, '.codex');
    mkdirSync(folder, { recursive: true });
    const provider = `name = "mock"\nbase_url = "${url}/v1"\nwire_api = "responses"\nenv_key = "MOCK_KEY"\n`;
    writeFileSync(path.join(folder, 'config.toml'), `model_provider = "mock"\n\n[model_providers.mock]\n${provider}`);
  },
  // Within its sandbox it runs what it likes unasked.
  askFor: (command) => ({
    kind: 'tool',
    name: 'exec_command',
    input: { cmd: command, sandbox_permissions: 'require_escalated', justification: 'It writes a file.' },
  }),
  // No dialog stands while its hook waits.
  allowKey: null,
  refusalEndsTurn: false,
  leaveLimitKeys: [],
  hookProcessesPerCall: 2,
};

const gemini: BenchTool = {
  name: 'gemini',
  mode: 'ask',
  startMock: startGeminiMock,
  env: (url) => ({ GOOGLE_GEMINI_BASE_URL: url, GEMINI_API_KEY: 'mock' }),
  seed: () => undefined,
  askFor: (command) => ({ kind: 'shell', command }),
  allowKey: '1',
  refusalEndsTurn: true,
  // "2. Stop" (0.61.0).
  leaveLimitKeys: ['2'],
  hookProcessesPerCall: 2,
};

export const benchTools: readonly BenchTool[] = [claude, codex, gemini];
