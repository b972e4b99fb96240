import * as v from 'valibot';
import type { TranscriptEntry } from '../../../protocol/models.ts';
import { stripControls } from '../../text/sanitize.ts';
import type { TranscriptFact } from '../transcriptFormat.ts';

const texts = v.array(v.looseObject({ type: v.optional(v.string(), ''), text: v.optional(v.string()) }));

/** What a reader wants to see of the things that Codex 0.169.0 writes down as done; others say nothing. */
const itemSchema = v.variant('type', [
  v.object({ type: v.literal('UserMessage'), content: texts }),
  v.object({ type: v.literal('AgentMessage'), content: texts }),
  v.object({ type: v.literal('HookPrompt'), fragments: v.array(v.object({ text: v.string() })) }),
  v.object({
    type: v.literal('CommandExecution'),
    command: v.array(v.string()),
    status: v.optional(v.string(), ''),
    aggregated_output: v.optional(v.nullable(v.string()), ''),
    exit_code: v.optional(v.nullable(v.number()), null),
  }),
  v.object({
    type: v.literal('FileChange'),
    changes: v.record(v.string(), v.looseObject({ type: v.optional(v.string(), 'change') })),
    status: v.optional(v.string(), ''),
    stderr: v.optional(v.nullable(v.string()), ''),
  }),
  v.object({
    type: v.literal('McpToolCall'),
    server: v.optional(v.string(), ''),
    tool: v.optional(v.string(), ''),
    arguments: v.optional(v.unknown()),
    status: v.optional(v.string(), ''),
  }),
  v.object({ type: v.literal('WebSearch'), query: v.optional(v.string(), '') }),
  v.object({ type: v.literal('Plan'), text: v.optional(v.string(), '') }),
  v.object({
    type: v.literal('SubAgentActivity'),
    kind: v.optional(v.string(), ''),
    agent_path: v.optional(v.string(), ''),
  }),
  v.object({ type: v.literal('ContextCompaction') }),
]);
type Item = v.InferOutput<typeof itemSchema>;

export function itemFacts(raw: unknown, at: string): TranscriptFact[] {
  const parsed = v.safeParse(itemSchema, raw);
  if (!parsed.success) return [];
  const item = parsed.output;
  const entries = entriesOf(item).map(
    (entry): TranscriptFact => ({ kind: 'entry', entry: { ...blank, at, ...entry } }),
  );
  return item.type === 'UserMessage' ? [{ kind: 'prompt', at, text: textOf(item.content) }, ...entries] : entries;
}

type Said = Pick<TranscriptEntry, 'kind' | 'text'> & Partial<TranscriptEntry>;
const blank = { title: '', failed: false, aside: false };

function entriesOf(item: Item): Said[] {
  switch (item.type) {
    case 'UserMessage':
      return [{ kind: 'user', text: shown(textOf(item.content)) }];
    case 'HookPrompt':
      return [{ kind: 'user', text: shown(item.fragments.map(({ text }) => text).join('\n')) }];
    case 'AgentMessage':
      return [{ kind: 'agent', text: shown(textOf(item.content)) }];
    case 'Plan':
      return [{ kind: 'agent', title: 'plan', text: shown(item.text) }];
    case 'CommandExecution': {
      const failed = item.status === 'failed' || item.status === 'declined' || (item.exit_code ?? 0) !== 0;
      const output = item.status === 'declined' ? 'was not allowed' : (item.aggregated_output ?? '');
      return [
        { kind: 'tool', title: 'Bash', text: shown(commandOf(item.command)) },
        { kind: 'result', title: 'Bash', text: shown(output), failed },
      ];
    }
    case 'FileChange': {
      const files = Object.entries(item.changes).map(([file, { type }]) => `${type} ${file}`);
      const failed = item.status === 'failed' || item.status === 'declined';
      const tool: Said = { kind: 'tool', title: 'apply_patch', text: shown(files.join('\n')) };
      return failed ? [tool, { kind: 'result', title: 'apply_patch', text: shown(item.stderr ?? ''), failed }] : [tool];
    }
    case 'McpToolCall':
      return [
        {
          kind: 'tool',
          title: shown(`${item.server}.${item.tool}`),
          text: shown(JSON.stringify(item.arguments) ?? ''),
        },
      ];
    case 'WebSearch':
      return [{ kind: 'tool', title: 'web search', text: shown(item.query) }];
    case 'SubAgentActivity':
      return [{ kind: 'note', text: shown(`subagent ${item.agent_path} ${item.kind}`), aside: true }];
    case 'ContextCompaction':
      return [{ kind: 'note', text: 'the conversation was shortened' }];
  }
}

/** Codex runs a command line by the user's shell: `["/bin/bash", "-lc", "npm test"]`. */
function commandOf(words: readonly string[]): string {
  const [, flag, line, more] = words;
  return /^-l?c$/.test(flag ?? '') && line !== undefined && more === undefined ? line : words.join(' ');
}

function textOf(parts: v.InferOutput<typeof texts>): string {
  return parts.map(({ type, text }) => text ?? `[${type}]`).join('\n');
}

function shown(text: string): string {
  return stripControls(text, { keepLines: true });
}
