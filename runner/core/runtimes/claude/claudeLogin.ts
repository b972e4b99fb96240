import { access } from 'node:fs/promises';
import type { Environment } from '../../ports.ts';
import { claudePlaces } from './claudePlaces.ts';

/** Variables with which Claude Code 2.1.330 needs no login of its own. */
const keyVariables = [
  'ANTHROPIC_API_KEY',
  'ANTHROPIC_AUTH_TOKEN',
  'CLAUDE_CODE_OAUTH_TOKEN',
  'CLAUDE_CODE_USE_BEDROCK',
  'CLAUDE_CODE_USE_VERTEX',
];

/** Whether it has credentials, without asking anybody; null where they are kept out of sight. */
export async function findClaudeLogin(env: Environment, platform: NodeJS.Platform): Promise<boolean | null> {
  if (keyVariables.some((name) => (env[name] ?? '') !== '')) return true;
  try {
    await access(claudePlaces(env).credentials);
    return true;
  } catch {
    // On macOS they are in the keychain, which asks the user before it tells.
    return platform === 'darwin' ? null : false;
  }
}
