import { createExec } from '../../runner/core/exec.ts';
import { createPlatform } from '../../runner/core/platform/createPlatform.ts';

/** What this machine says of processes, as the product asks it. */
export const platform = createPlatform(process.platform, createExec({ PATH: process.env['PATH'] ?? '' }));
