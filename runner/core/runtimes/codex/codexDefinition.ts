import type { RuntimeDefinition } from '../runtimeDefinition.ts';
import { codexCapabilities } from './codexCapabilities.ts';
import { translateCodexEvent } from './codexEvents.ts';
import { CodexRuntime } from './codexRuntime.ts';
import { codexDialogs } from './codexScreen.ts';
import { codexScreenSign } from './codexScreenSign.ts';
import { codexTitleSign } from './codexTitle.ts';
import { codexTranscript } from './codexTranscript.ts';
import { codexTyping } from './codexTyping.ts';
import { decideCodex } from './decideCodex.ts';

/** OpenAI's Codex, as its version 0.169.0 behaves. */
export const codexDefinition: RuntimeDefinition = {
  name: 'codex',
  capabilities: codexCapabilities,
  behaviour: {
    translate: translateCodexEvent,
    titleSign: codexTitleSign,
    titleTellsStart: true,
    screenSign: codexScreenSign,
    transcript: codexTranscript,
    typing: codexTyping,
    decide: decideCodex,
    hookHidesDialog: true,
    dialogs: codexDialogs,
  },
  create: ({ config, env }) => new CodexRuntime({ config, env }),
};
