import type { RuntimeDefinition } from '../runtimeDefinition.ts';
import { readDialog, sessionAllows } from './dialogs.ts';
import { GeminiRuntime, geminiCapabilities } from './geminiRuntime.ts';
import { screenSign } from './screens.ts';
import { titleSign } from './titles.ts';
import { geminiTranscript } from './transcript.ts';
import { translate } from './translate.ts';
import { geminiTyping } from './typing.ts';

/** Google's Gemini CLI; what is said of it here was seen in 0.61.0. */
export const geminiDefinition: RuntimeDefinition = {
  name: 'gemini',
  capabilities: geminiCapabilities,
  behaviour: {
    translate,
    titleSign,
    screenSign,
    transcript: geminiTranscript,
    typing: geminiTyping,
    // None of its hooks can say yes: a dialog is answered by its keys.
    dialogs: { read: readDialog, appearsWithinMs: 2_000, readsQuestions: true, sessionAllows },
  },
  create: (deps) => new GeminiRuntime(deps),
};
