import { randomBytes } from 'node:crypto';
import { renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { isAgentId } from '../protocol/issueId.ts';
import type { WaitingRequest } from './awaitAnswer.ts';
import { fitEvent } from './fitEvent.ts';

/** Longest hook event that is left, in bytes; the daemon takes files of up to 8 MB. */
const maxEventBytes = 4 * 1024 * 1024;

/**
 * What an AI tool's hook calls through `pan hook`: leaves the event, a JSON object as the tool wrote it, in the spool
 * of the runner that started the agent. The daemon takes it from there, now or when it runs again. Outside an agent it
 * does nothing. `request` names the hook that waits for an answer to it. Returns whether an event was left.
 */
export function spoolHookEvent(
  env: Readonly<Record<string, string | undefined>>,
  text: string,
  request?: Pick<WaitingRequest, 'id' | 'pid'>,
): boolean {
  const [agentId, launchId, spool] = [env['PAN_AGENT_ID'], env['PAN_LAUNCH_ID'], env['PAN_SPOOL']];
  if (agentId === undefined || !isAgentId(agentId) || launchId === undefined || spool === undefined) return false;
  const event = fitEvent(JSON.parse(text), maxEventBytes);
  if (event === undefined) return false;
  const waiting = request === undefined ? {} : { request: { id: request.id, pid: request.pid } };
  // The runner believes whoever knows the token of the launch.
  const sender = { agentId, launchId, token: env['PAN_HOOK_TOKEN'] };
  const envelope = JSON.stringify({ ...sender, at: new Date().toISOString(), source: 'hook', ...waiting });
  const name = `${String(Date.now()).padStart(15, '0')}-${process.pid}-${randomBytes(4).toString('hex')}.json`;
  const temporary = path.join(spool, `.${name}`);
  writeFileSync(temporary, `${envelope.slice(0, -1)},"event":${event}}`, { mode: 0o600 });
  renameSync(temporary, path.join(spool, name));
  return true;
}
