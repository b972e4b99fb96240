import { awaitAnswer, waitingRequest } from '../../runner/client/awaitAnswer.ts';
import { spoolHookEvent } from '../../runner/client/spoolHookEvent.ts';

/** Run as a program: what `pan hook` does, with a shorter time between two looks at the tool. */
const lookMs = 50;

let text = '';
process.stdin.setEncoding('utf8').on('data', (chunk: string) => {
  text += chunk;
});
process.stdin.on('end', () => {
  const request = waitingRequest(process.env, text);
  if (request === undefined) return;
  spoolHookEvent(process.env, text, request);
  awaitAnswer(request, lookMs).then(
    (output) => process.stdout.write(output),
    () => process.exit(1),
  );
});
