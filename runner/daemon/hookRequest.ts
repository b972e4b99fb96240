import type { IncomingHttpHeaders } from 'node:http';

/** What a post of a hook says about itself. */
export interface HookSender {
  agentId: string;
  launchId: string;
  token: string;
}

export interface Refusal {
  status: 400 | 401 | 403 | 404 | 405 | 413 | 415;
  message: string;
}

/** Largest event that is taken, in bytes; a hook's event may quote a whole file that was written. */
export const maxBodyBytes = 8 * 1024 * 1024;

/**
 * Who sends it, or why it is refused before its body is read. A page in a browser can reach this port, by a name of its
 * own that points here (DNS rebinding) or across origins: the first shows in Host, the second in Origin, and neither can
 * send this type of content without being asked for leave first, which is never given (no CORS).
 */
export function readSender(
  request: { method: string; url: string; headers: IncomingHttpHeaders },
  port: number,
): HookSender | Refusal {
  const { method, url, headers } = request;
  if (headers.host !== `127.0.0.1:${port}` && headers.host !== `localhost:${port}`)
    return { status: 403, message: 'unknown host' };
  if (headers.origin !== undefined) return { status: 403, message: 'browsers may not post here' };
  if (url !== '/hook') return { status: 404, message: 'there is only /hook' };
  if (method !== 'POST') return { status: 405, message: 'only POST' };
  if (headers['content-type']?.split(';')[0]?.trim().toLowerCase() !== 'application/json')
    return { status: 415, message: 'only application/json' };
  if (Number(headers['content-length'] ?? 0) > maxBodyBytes) return tooLarge;
  const [agentId, launchId] = [headers['x-pan-agent'], headers['x-pan-launch']];
  const token = /^Bearer (\S+)$/i.exec(headers.authorization ?? '')?.[1];
  if (typeof agentId !== 'string' || typeof launchId !== 'string' || token === undefined) return unauthorized;
  return { agentId, launchId, token };
}

export const tooLarge: Refusal = { status: 413, message: 'larger than 8 MB' };
export const unauthorized: Refusal = { status: 401, message: 'not the token of a running agent' };
export const noEvent: Refusal = { status: 400, message: 'not a JSON object with hook_event_name' };
