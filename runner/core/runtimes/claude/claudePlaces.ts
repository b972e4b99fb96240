import path from 'node:path';
import type { Environment } from '../../ports.ts';

/** Where Claude Code keeps its files (2.1.330). With CLAUDE_CONFIG_DIR all of them are in that folder. */
export interface ClaudePlaces {
  /** Transcripts, sessions, settings. */
  folder: string;
  /** Which folders are trusted, and which dialogs were seen. The tool rewrites it often. */
  stateFile: string;
  transcripts: string;
  /** One small file for each living process. */
  sessions: string;
  credentials: string;
}

export function claudePlaces(env: Environment): ClaudePlaces {
  const configured = env['CLAUDE_CONFIG_DIR'];
  const home = env['HOME'] ?? '';
  const folder = configured === undefined || configured === '' ? path.join(home, '.claude') : configured;
  return {
    folder,
    stateFile: path.join(folder === configured ? folder : home, '.claude.json'),
    transcripts: path.join(folder, 'projects'),
    sessions: path.join(folder, 'sessions'),
    credentials: path.join(folder, '.credentials.json'),
  };
}
