/**
 * Where a client finds the daemon of a PANOPTICON_HOME. Strings only: both sides of the socket have to agree on them
 * before they can talk.
 */
export interface DaemonPlaces {
  runFolder: string;
  lockFile: string;
  /** Holds the path of the folder with the sockets, where the run folder's own path is too long for one. */
  socketFolderFile: string;
  /** There while `pan up` keeps the daemon: also the next one, after a restart or a crash. */
  pinFile: string;
  /** There from `pan down` until a daemon starts: clients that nobody asked for anything start none. */
  downFile: string;
}

export const socketName = 'pan.sock';
export const tmuxSocketName = 'tmux.sock';

/** sun_path holds 104 bytes on macOS and 108 on Linux, the closing zero included. */
const maxSocketPathBytes = 103;

export function daemonPlaces(home: string): DaemonPlaces {
  const runFolder = `${home}/run`;
  return {
    runFolder,
    lockFile: `${runFolder}/daemon.lock`,
    socketFolderFile: `${runFolder}/socket-folder`,
    pinFile: `${runFolder}/pinned`,
    downFile: `${runFolder}/down`,
  };
}

/** Whether both sockets fit when they are made in `folder`. `bytes` is the folder's length in UTF-8. */
export function fitsSockets(bytes: number): boolean {
  return bytes + 1 + Math.max(socketName.length, tmuxSocketName.length) <= maxSocketPathBytes;
}

/** The exit code of a daemon that found another one running (EX_TEMPFAIL of sysexits.h). */
export const anotherDaemonRuns = 75;
