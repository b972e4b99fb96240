/** Any C0 or C1 control but tab and line feed: typed into a terminal they are keys (ESC, Ctrl-C), not text. */
export function hasControls(text: string): boolean {
  return /(?![\n\t])\p{Cc}/u.test(text);
}

/** What is typed instead of a message that cannot be typed so that it arrives as it is. */
export function byFile(file: string): string {
  return `The person who runs you sent you a message. Read it in this file and carry it out: ${file}`;
}
