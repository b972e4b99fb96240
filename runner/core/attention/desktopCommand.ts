/** A program that shows one line on the desktop of this machine. */
export interface DesktopCommand {
  command: string;
  args: string[];
  input?: string;
}

const title = 'Panopticon';

/** The text is an argument of the script, never a part of it. */
const script = `on run argv
  display notification (item 1 of argv) with title "${title}"
end run
`;

/**
 * How a line of text is shown; undefined where no such program is known. What the text says is data: neither an option
 * nor markup nor script.
 */
export function desktopCommand(platform: NodeJS.Platform, text: string): DesktopCommand | undefined {
  switch (platform) {
    case 'linux':
      return { command: 'notify-send', args: ['--', title, asBody(text)] };
    case 'darwin':
      // osascript(1): `-` is a script on standard input; whatever follows is for its handler `run`.
      return { command: 'osascript', args: ['-', text], input: script };
    default:
      return undefined;
  }
}

/** notify-send takes the body for markup, after it has read C escapes in it (`g_strcompress` in its source). */
function asBody(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('\\', '\\\\');
}
