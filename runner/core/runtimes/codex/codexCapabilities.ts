import type { RuntimeCapabilities } from '../runtime.ts';

export const codexCapabilities: RuntimeCapabilities = {
  reportsEvents: true,
  confirmsMessages: true,
  resumes: true,
  takesSessionId: false,
  isRehearsal: false,
};
