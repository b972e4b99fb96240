import os from 'node:os';
import { ConfigStore } from '../core/config/configStore.ts';
import { runDoctor } from '../core/doctor/runDoctor.ts';
import { scrubEnvironment } from '../core/environment.ts';
import { createExec } from '../core/exec.ts';
import { initHome } from '../core/install/initHome.ts';
import { createPaths, panopticonHome } from '../core/paths.ts';
import { createPlatform } from '../core/platform/createPlatform.ts';
import type { Environment, Log } from '../core/ports.ts';
import { RuntimeCatalog } from '../core/runtimes/runtimeCatalog.ts';
import { runtimeDefinitions } from '../core/runtimes/runtimeDefinitions.ts';
import { systemClock } from '../core/systemClock.ts';
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
  const exec = createExec(env);
  const platform = createPlatform(process.platform, exec);
  const config = new ConfigStore({ file: paths.configFile, log: silent });
  const runtimes = new RuntimeCatalog({
    config,
    environment: { get: () => Promise.resolve(env) },
    definitions: runtimeDefinitions,
    clock: systemClock,
    log: silent,
    // Nothing is launched from here: no lock is taken, no rehearsal played.
    self: { pid: process.pid, startTime: '' },
    startTimeOf: (pid) => platform.startTimeOf(pid),
    node: process.execPath,
    rehearsalProgram: '',
    rehearsalFolder: paths.rehearsalFolder,
  });
  return {
    doctor: () =>
      runDoctor({
        exec,
        env,
        paths,
        config,
        tools: () => runtimes.known(),
        userHome: os.homedir(),
        nodeVersion: process.versions.node,
        platform: process.platform,
      }),
    init: () => initHome(paths),
  };
}
