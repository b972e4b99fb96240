/** Who installs programs here, recognised by the path of its command. */
const installers: readonly (readonly [path: string, command: string])[] = [
  ['/usr/bin/apt-get', 'sudo apt install'],
  ['/usr/bin/dnf', 'sudo dnf install'],
  ['/usr/bin/pacman', 'sudo pacman -S'],
  ['/usr/bin/zypper', 'sudo zypper install'],
  ['/sbin/apk', 'sudo apk add'],
];

/** The command to type where a program is missing or too old; undefined where no installer is known. */
export function installHint(
  program: string,
  platform: NodeJS.Platform,
  exists: (path: string) => boolean,
): string | undefined {
  if (platform === 'darwin') return `brew install ${program}`;
  const found = installers.find(([path]) => exists(path));
  return found === undefined ? undefined : `${found[1]} ${program}`;
}
