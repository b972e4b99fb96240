import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { type InferOutput, object, string } from 'valibot';
import { isAgentId } from '../../protocol/issueId.ts';
import { readChecked } from '../files/readChecked.ts';
import { writeAtomic } from '../files/writeAtomic.ts';
import type { RunnerPaths } from '../paths.ts';

const tokenSchema = object({ launchId: string(), token: string() });
type StoredToken = InferOutput<typeof tokenSchema>;

/**
 * What a token says of its sender. `former`: it is not of the present launch, whose token alone is known. `none`: the
 * agent was launched by a version without tokens. `unknown`: the agent's token cannot be read now.
 */
export type TokenStanding = 'right' | 'wrong' | 'former' | 'none' | 'unknown';

/** What the reports of an agent's hooks are known by: a secret of each launch, in the agent's folder (0600). */
export class HookTokens {
  private readonly paths: RunnerPaths;
  private readonly known = new Map</* agent id */ string, StoredToken>();

  constructor(deps: { paths: RunnerPaths }) {
    this.paths = deps.paths;
  }

  /** A new token, in place of the last launch's. */
  async create(agentId: string, launchId: string): Promise<string> {
    const token = randomBytes(32).toString('base64url');
    await writeAtomic(this.paths.agent(agentId).hookToken, JSON.stringify({ launchId, token }));
    this.known.set(agentId, { launchId, token });
    return token;
  }

  async matches(agentId: string, launchId: string, token: string): Promise<boolean> {
    return (await this.standingOf(agentId, launchId, token)) === 'right';
  }

  /** Takes as long whatever is wrong with the token. */
  async standingOf(agentId: string, launchId: string, token: string | null): Promise<TokenStanding> {
    // The id becomes part of a path, and comes from whoever sends.
    const stored = isAgentId(agentId) ? await this.read(agentId) : 'none';
    const isSame = timingSafeEqual(digest(token ?? ''), digest(typeof stored === 'string' ? '' : stored.token));
    if (typeof stored === 'string') return stored;
    if (stored.launchId !== launchId) return 'former';
    return isSame ? 'right' : 'wrong';
  }

  private async read(agentId: string): Promise<StoredToken | 'none' | 'unknown'> {
    const known = this.known.get(agentId);
    if (known !== undefined) return known;
    const read = await readChecked(this.paths.agent(agentId).hookToken, tokenSchema);
    if (read.kind !== 'ok') return read.kind === 'missing' ? 'none' : 'unknown';
    this.known.set(agentId, read.value);
    return read.value;
  }
}

/** Of equal length, as the comparison in constant time needs it. */
function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
