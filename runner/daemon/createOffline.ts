import os from 'node:os';
import { ConfigStore } from '../core/config/configStore.ts';
import { runDoctor } from '../core/doctor/runDoctor.ts';
import { scrubEnvironment } from '../core/environment.ts';
import { createExec } from '../core/exec.ts';
import { initHome } from '../core/install/initHome.ts';
import { createPaths, panopticonHome } from '../core/paths.ts';
import type { Environment, Log } from '../core/ports.ts';
import type { DoctorReport, InitReport } from '../protocol/models.ts';

/** What works when no daemon can start. */
export interface Offline {
  doctor(): Promise<DoctorReport>;
  init(): Promise<InitReport>;
}

const silent: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };

export function createOffline(environment: Environment): Offline {
  const paths = createPaths(panopticonHome(environment, os.homedir()));
  const env = scrubEnvironment(environment);
  return {
    doctor: () =>
      runDoctor({
        exec: createExec(env),
        env,
        paths,
        config: new ConfigStore({ file: paths.configFile, log: silent }),
        userHome: os.homedir(),
        nodeVersion: process.versions.node,
        platform: process.platform,
      }),
    init: () => initHome(paths),
  };
}
