export type Step =
  | { readonly kind: 'say'; readonly text: string }
  | { readonly kind: 'edit'; readonly path: string; readonly text: string; readonly append: boolean }
  | { readonly kind: 'run'; readonly argv: readonly string[]; readonly background: boolean; readonly detach: boolean }
  | { readonly kind: 'commit'; readonly message: string }
  | { readonly kind: 'permission'; readonly tool: string; readonly command: string; readonly always: boolean }
  | { readonly kind: 'question'; readonly text: string; readonly options: readonly string[] }
  | { readonly kind: 'wait'; readonly durationMs: number }
  | { readonly kind: 'waitFor'; readonly path: string }
  | { readonly kind: 'hang' }
  | { readonly kind: 'crash'; readonly how: number | 'SIGKILL' }
  | { readonly kind: 'usageLimit'; readonly minutes: number }
  | { readonly kind: 'authFailure' }
  | { readonly kind: 'exit'; readonly code: number }
  | { readonly kind: 'echo' }
  | { readonly kind: 'record'; readonly path: string };

type Fields = Readonly<Record<string, unknown>>;

interface StepRule {
  /** Keys that may stand beside the step's own key. */
  readonly options: readonly string[];
  readonly expects: string;
  /** The step, or null when the value is not what is expected. */
  readonly read: (value: unknown, step: Fields) => Step | null;
}

// Longer waits than a timer of Node can hold (2^31 - 1 ms) would end at once.
const MAX_WAIT_MS = 2_147_483_647;

const RULES: Readonly<Record<Step['kind'], StepRule>> = {
  say: rule('a text', (value) => (isText(value) ? { kind: 'say', text: value } : null)),
  edit: rule('{"path": text, "text": text, "append"?: true or false}', (value) => {
    if (!isFields(value) || !isText(value.path) || !isText(value.text)) return null;
    if (!isFlag(value.append) || !hasOnly(value, ['path', 'text', 'append'])) return null;
    return { kind: 'edit', path: value.path, text: value.text, append: value.append ?? false };
  }),
  run: rule(
    'a program and its arguments, ["git", "status"], beside it "background"?: true and "detach"?: true',
    (value, { background, detach }) => {
      if (!isTexts(value) || value.length === 0 || !isFlag(background) || !isFlag(detach)) return null;
      if (detach === true && background !== true) return null;
      return { kind: 'run', argv: value, background: background ?? false, detach: detach ?? false };
    },
    ['background', 'detach'],
  ),
  commit: rule('a message', (value) => (isText(value) ? { kind: 'commit', message: value } : null)),
  permission: rule(
    '{"tool": text, "command": text}, beside it "always"?: true',
    (value, { always }) => {
      if (!isFields(value) || !isText(value.tool) || !isText(value.command)) return null;
      if (!isFlag(always) || !hasOnly(value, ['tool', 'command'])) return null;
      return { kind: 'permission', tool: value.tool, command: value.command, always: always ?? false };
    },
    ['always'],
  ),
  question: rule('{"text": text, "options"?: [text, ...]}', (value) => {
    if (!isFields(value) || !isText(value.text) || !hasOnly(value, ['text', 'options'])) return null;
    const { text, options = [] } = value;
    return isTexts(options) ? { kind: 'question', text, options } : null;
  }),
  wait: rule('milliseconds', (value) => (isNumber(value, 0, MAX_WAIT_MS) ? { kind: 'wait', durationMs: value } : null)),
  waitFor: rule('{"path": text}', (value) => {
    const path = onlyPath(value);
    return path === null ? null : { kind: 'waitFor', path };
  }),
  hang: rule('true', (value) => (value === true ? { kind: 'hang' } : null)),
  crash: rule('an exit code from 1 to 255 or "SIGKILL"', (value) =>
    value === 'SIGKILL' || isExitCode(value, 1) ? { kind: 'crash', how: value } : null,
  ),
  usageLimit: rule('{"minutes": number}', (value) => {
    if (!isFields(value) || !hasOnly(value, ['minutes'])) return null;
    return isNumber(value.minutes, 0, 1e6) ? { kind: 'usageLimit', minutes: value.minutes } : null;
  }),
  authFailure: rule('true', (value) => (value === true ? { kind: 'authFailure' } : null)),
  exit: rule('an exit code from 0 to 255', (value) => (isExitCode(value, 0) ? { kind: 'exit', code: value } : null)),
  echo: rule('true', (value) => (value === true ? { kind: 'echo' } : null)),
  record: rule('{"path": text}', (value) => {
    const path = onlyPath(value);
    return path === null ? null : { kind: 'record', path };
  }),
};

/** One step of a script. Throws an Error whose message is a clause such as `"edit" takes {...}`. */
export function parseStep(value: unknown): Step {
  if (!isFields(value)) throw new Error('a step is an object with one key');
  const kinds = Object.keys(value).filter(isStepKind);
  const kind = kinds[0];
  if (kind === undefined) throw new Error(`a step is one of ${Object.keys(RULES).join(', ')}`);
  const { expects, options, read } = RULES[kind];
  const unknownKey = Object.keys(value).find((key) => key !== kind && !options.includes(key));
  if (unknownKey !== undefined) throw new Error(`"${kind}" cannot have "${unknownKey}" beside it`);
  const step = read(value[kind], value);
  if (step === null) throw new Error(`"${kind}" takes ${expects}`);
  return step;
}

function rule(expects: string, read: StepRule['read'], options: readonly string[] = []): StepRule {
  return { expects, options, read };
}

function isStepKind(key: string): key is Step['kind'] {
  return Object.hasOwn(RULES, key);
}

function onlyPath(value: unknown): string | null {
  return isFields(value) && hasOnly(value, ['path']) && isText(value.path) && value.path !== '' ? value.path : null;
}

function hasOnly(value: Fields, keys: readonly string[]): boolean {
  return Object.keys(value).every((key) => keys.includes(key));
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every(isText);
}

function isFlag(value: unknown): value is boolean | undefined {
  return value === undefined || typeof value === 'boolean';
}

function isNumber(value: unknown, low: number, high: number): value is number {
  return typeof value === 'number' && value >= low && value <= high;
}

function isExitCode(value: unknown, low: number): value is number {
  return Number.isInteger(value) && isNumber(value, low, 255);
}
