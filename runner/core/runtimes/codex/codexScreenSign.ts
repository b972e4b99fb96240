import { parkedSign } from '../parkedSign.ts';
import type { TitleSign } from '../runtimeBehaviour.ts';
import { isCodexReady } from './codexScreen.ts';

/** Questions before the composer first stands, which no hook and no title tells of (0.169.0). */
const startQuestions: readonly [heading: string, sign: TitleSign][] = [
  ['Sign in with ChatGPT', parkedSign('login')],
  ['Hooks need review', { state: 'waiting', detail: 'asks in its terminal: review hooks' }],
  ['Folder access', { state: 'waiting', detail: 'asks in its terminal: trust the folder' }],
];

export function codexScreenSign(screen: string): (TitleSign & { until: string | null }) | undefined {
  if (!/^\s*[›>] \d+\. /m.test(screen) || isCodexReady(screen)) return undefined;
  const lines = screen.split('\n').map((line) => line.trim().replace(/^[›>] \d+\. /, ''));
  const sign = startQuestions.find(([heading]) => lines.includes(heading))?.[1];
  return sign === undefined ? undefined : { ...sign, until: null };
}
