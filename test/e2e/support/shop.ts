/** A small web shop: what the agents of the pictures work on. */
export const shopFiles: Readonly<Record<string, string>> = {
  'README.md': '# Shop\n\nA small web shop.\n\n    npm test\n',
  'package.json': `${JSON.stringify(
    {
      name: 'shop',
      version: '2.4.0',
      scripts: { test: 'sleep 600', build: 'sleep 600', lint: 'sleep 600', e2e: 'sleep 600' },
    },
    null,
    2,
  )}\n`,
  'src/auth/login.ts': [
    "import { findUser } from '../users/findUser';",
    "import { samePassword } from './password';",
    "import type { Request, Session } from './types';",
    '',
    '/** Undefined for a wrong name or password. */',
    'export async function login(request: Request): Promise<Session | undefined> {',
    '  const user = await findUser(request.name);',
    '  if (user === undefined) return undefined;',
    '  if (!(await samePassword(request.password, user.hash))) return undefined;',
    '  return { userId: user.id, startedAt: request.at };',
    '}',
    '',
  ].join('\n'),
  'src/auth/types.ts':
    'export interface Request {\n  name: string;\n  password: string;\n  address: string;\n  at: number;\n}\n',
  'src/checkout/theme.ts': "export const themes = ['light'] as const;\n",
  'src/orders/export.ts': 'export function csv(rows: readonly string[][]): string {\n  return rows.join();\n}\n',
  'src/reports/daily.ts':
    'export function startOfDay(at: Date): Date {\n  return new Date(at.getFullYear(), at.getMonth());\n}\n',
};

export type Step = Readonly<Record<string, unknown>>;

export interface ShopAgent {
  title: string;
  labels: string[];
  priority?: 'urgent' | 'high' | 'normal' | 'low';
  body?: string;
  /** What it does with its first task. */
  steps: Step[];
  /** What it comes to. */
  status: 'waiting' | 'working' | 'crashed' | 'parked' | 'idle' | 'done';
  /** `ask` unless given. */
  mode?: 'bypass';
  /** What a person does then. */
  ending?: 'done' | 'kill';
}

const limit = [
  '/** Attempts within the last minute, by account and address. */',
  'const attempts = new Map<string, number[]>();',
  '',
  'export const perMinute = 5;',
  '',
  'export function mayTry(key: string, now: number): boolean {',
  '  const recent = (attempts.get(key) ?? []).filter((at) => now - at < 60_000);',
  '  attempts.set(key, [...recent, now]);',
  '  return recent.length < perMinute;',
  '}',
  '',
].join('\n');

const login = shopFiles['src/auth/login.ts'] ?? '';

const limited = login
  .replace(
    "import { samePassword } from './password';",
    "import { mayTry } from './limit';\nimport { samePassword } from './password';",
  )
  .replace('Undefined for a wrong name or password.', 'Undefined for a wrong name or password, and after too many.')
  .replace(
    '  const user = await',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is the text of a file.
    '  if (!mayTry(`${request.name} ${request.address}`, request.at)) return undefined;\n  const user = await',
  );

const limitTest = [
  "import { mayTry, perMinute } from './limit';",
  '',
  "test('the sixth attempt within a minute is refused', () => {",
  '  for (let count = 0; count < perMinute; count++) {',
  "    expect(mayTry('ana 10.0.0.7', count)).toBe(true);",
  '  }',
  "  expect(mayTry('ana 10.0.0.7', perMinute)).toBe(false);",
  "  expect(mayTry('ana 10.0.0.7', 60_000)).toBe(true);",
  '});',
  '',
].join('\n');

const sleeping = (script: string): Step => ({ run: ['npm', 'run', script] });

/** In the order in which they are started. */
export const shopAgents: readonly ShopAgent[] = [
  {
    title: 'Rate-limit login',
    labels: ['auth'],
    priority: 'high',
    body: 'Anybody can try passwords for as long as they like.',
    steps: [
      {
        say: [
          'I read src/auth first. login() is the only way in, so one check there covers the form and the API.',
          '',
          '- The key is account and address: a stranger cannot lock out a customer.',
          '- Five attempts a minute, counted in memory. The shop runs in one process today.',
          '- A refused attempt looks like a wrong password, so it tells nothing.',
        ].join('\n'),
      },
      { edit: { path: 'src/auth/limit.ts', text: limit } },
      { say: `The limiter is a function of its own, so that the clock can be passed in:\n\n\`\`\`ts\n${limit}\`\`\`` },
      { edit: { path: 'src/auth/login.ts', text: limited } },
      { commit: 'Limit logins to five a minute' },
      {
        say: 'Now the tests. The sixth attempt is refused, and a minute later the account is open again.',
      },
      { edit: { path: 'src/auth/limit.test.ts', text: limitTest } },
      { edit: { path: 'README.md', text: '\nLogins are limited to five a minute.\n', append: true } },
      { say: 'Next I run the tests of the auth module, one after the other, because they share the clock.' },
      { permission: { tool: 'Bash', command: 'npm test -- --runInBand auth' } },
      { say: 'All of them pass.' },
    ],
    status: 'waiting',
  },
  {
    title: 'Export orders to CSV',
    labels: ['orders'],
    steps: [
      { say: 'Excel guesses the encoding wrong without a byte order mark. Most other programs do not want one.' },
      { edit: { path: 'src/orders/export.ts', text: 'export const separator = ";";\n', append: true } },
      {
        question: {
          text: 'Keep the byte order mark in exported files?',
          options: ['Keep it', 'Drop it', 'Ask the person who exports'],
        },
      },
    ],
    status: 'waiting',
  },
  {
    title: 'Fix timezone drift',
    labels: ['bug', 'reports'],
    priority: 'urgent',
    steps: [
      { say: 'The day starts in the wrong month. I change startOfDay() and look at its callers.' },
      { edit: { path: 'src/reports/daily.ts', text: 'export const zone = "UTC";\n', append: true } },
      { crash: 3 },
    ],
    status: 'crashed',
  },
  {
    title: 'Dark mode',
    labels: ['checkout'],
    steps: [
      { edit: { path: 'src/checkout/theme.ts', text: "export const themes = ['light', 'dark'] as const;\n" } },
      { commit: 'Add the dark theme' },
      sleeping('build'),
    ],
    status: 'working',
  },
  { title: 'Search is slow', labels: ['search'], priority: 'high', steps: [sleeping('e2e')], status: 'working' },
  {
    title: 'Refund by item',
    labels: ['orders'],
    steps: [{ edit: { path: 'src/orders/refund.ts', text: 'export {};\n' } }, sleeping('test')],
    status: 'working',
  },
  { title: 'Stock alerts', labels: ['stock'], steps: [sleeping('lint')], status: 'working' },
  { title: 'Billing webhooks', labels: ['billing'], steps: [{ usageLimit: { minutes: 90 } }], status: 'parked' },
  {
    title: 'Invite flow',
    labels: ['accounts'],
    steps: [
      { edit: { path: 'src/users/invite.ts', text: 'export const expiresInDays = 7;\n' } },
      { commit: 'Invite people by mail' },
      { say: 'Done.' },
    ],
    status: 'idle',
  },
  { title: 'Sitemap', labels: ['seo'], steps: [{ say: 'Done.' }], status: 'idle', ending: 'kill' },
  {
    title: 'Password reset',
    labels: ['auth'],
    steps: [
      { edit: { path: 'src/auth/reset.ts', text: 'export const validForMinutes = 15;\n' } },
      { commit: 'Reset passwords by mail' },
      { edit: { path: 'src/auth/reset.test.ts', text: "test('a link works once', () => {});\n" } },
      { commit: 'Test that a link works once' },
    ],
    status: 'idle',
    ending: 'done',
  },
  {
    title: 'Gift cards',
    labels: ['billing'],
    steps: [{ edit: { path: 'src/billing/giftCard.ts', text: 'export {};\n' } }, { commit: 'Pay with gift cards' }],
    status: 'idle',
    ending: 'done',
  },
];

/** Issues without an agent. */
export const shopIssues: ReadonlyArray<Pick<ShopAgent, 'title' | 'labels' | 'priority'>> = [
  { title: 'Retry failed webhooks', labels: ['billing'], priority: 'high' },
  { title: 'Reduce the bundle', labels: ['speed'] },
  { title: 'Translate receipts', labels: ['i18n'] },
  { title: 'Log out everywhere', labels: ['auth'] },
  { title: 'Wish list', labels: ['accounts'], priority: 'low' },
];
