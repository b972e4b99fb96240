import type { RuntimeDefinition } from '../runtimeDefinition.ts';
import { decide } from './decide.ts';
import { RehearsalRuntime } from './rehearsalRuntime.ts';
import { rehearsalTranscript } from './transcript.ts';

/** The shipped stand-in for an AI tool, which reports in Claude Code's own words. */
export const rehearsalDefinition: RuntimeDefinition = {
  name: 'rehearsal',
  capabilities: {
    reportsEvents: true,
    confirmsMessages: true,
    resumes: true,
    takesSessionId: true,
    isRehearsal: true,
  },
  behaviour: { decide, transcript: rehearsalTranscript },
  create: ({ config, node, rehearsalProgram, rehearsalFolder }) =>
    new RehearsalRuntime({
      node,
      program: rehearsalProgram,
      stateFolder: rehearsalFolder,
      script: config.script,
      env: config.env,
    }),
};
