import type { RequestAnswer } from '../../../protocol/models.ts';
import type { HookEvent } from '../../events/agentEvent.ts';

/** What a waiting PermissionRequest hook prints (Codex 0.169.0). It can only allow once, and deny. */
export function decideCodex(event: HookEvent, { kind, texts }: RequestAnswer): unknown {
  if (event.hook_event_name !== 'PermissionRequest') return undefined;
  switch (kind) {
    case 'allow':
      return decision({ behavior: 'allow' });
    case 'deny':
      return decision({ behavior: 'deny', message: texts[0] ?? 'The person who runs you does not allow this.' });
    case 'session':
    case 'text':
      return undefined;
  }
}

function decision(given: { behavior: 'allow' } | { behavior: 'deny'; message: string }): unknown {
  return { hookSpecificOutput: { hookEventName: 'PermissionRequest', decision: given } };
}
