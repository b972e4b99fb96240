/** What is wrong with an issue's file; `message` is one line such as `line 4: the state "doing" is not …`. */
export class IssueFault extends Error {
  constructor(reason: string, line?: number) {
    super(line === undefined ? reason : `line ${line}: ${reason}`);
    this.name = 'IssueFault';
  }
}
