import type { RuntimeCapabilities } from '../runtime.ts';

export const claudeCapabilities: RuntimeCapabilities = {
  reportsEvents: true,
  confirmsMessages: true,
  resumes: true,
  takesSessionId: true,
  isRehearsal: false,
};
