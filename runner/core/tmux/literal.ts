/** tmux reads a semicolon at the end of an argument as the end of the command. */
export function literal(argument: string): string {
  return argument.replace(/;$/, '\\;');
}
