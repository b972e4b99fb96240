import { readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { agentIdOf } from '../../../runner/protocol/issueId.ts';
import type { RunnerHome } from '../../support/runnerHome.ts';
import { writeAgents } from '../../support/writeAgents.ts';
import { playAgent, playShop } from './playShop.ts';
import type { ShopAgent, Step } from './shop.ts';

/** Settings under which nothing of it pops up, and every picture is the same. */
export const calm = {
  'panopticon.attention.permission': 'off',
  'panopticon.attention.question': 'off',
  'panopticon.attention.finished': 'off',
  'panopticon.attention.stuck': 'off',
  'panopticon.attention.crashed': 'off',
  'editor.minimap.enabled': false,
  'terminal.integrated.gpuAcceleration': 'off',
} as const;

const minuteMs = 60_000;

/** How long ago what these were last heard of is, in minutes: long enough for one to look stuck. */
const silentMinutes: Readonly<Record<string, number>> = { 'SHO-142': 4, 'SHO-143': 11, 'SHO-144': 2, 'SHO-146': 34 };

const plan = [
  '# Reserve stock while somebody pays',
  '',
  '1. A reservation is a row of its own, with the cart and an end.',
  '2. Checkout makes it, payment turns it into an order, and fifteen minutes end it.',
  '3. The warehouse sees what is on hand less what is reserved.',
  '',
  'Nothing changes for orders that are paid already.',
].join('\n');

/** What a tool asks that the rehearsal cannot: its hook, called as the tool calls it. */
export function asks(tool: string, input: Record<string, unknown>): Step {
  const event = { hook_event_name: 'PermissionRequest', tool_name: tool, tool_input: input };
  const script = `printf %s "$1" | "$PANOPTICON_HOME/bin/pan" hook`;
  return { run: ['sh', '-c', script, 'sh', JSON.stringify(event)] };
}

const waiting: Pick<ShopAgent, 'labels' | 'status'> = { labels: ['stock'], status: 'waiting' };

/** Those that the shop does not have: one for each other thing that an agent can ask, and each other state. */
const others: readonly ShopAgent[] = [
  { ...waiting, title: 'Reserve stock', steps: [asks('ExitPlanMode', { plan })] },
  {
    ...waiting,
    title: 'Round prices',
    steps: [
      asks('Edit', {
        file_path: 'src/checkout/price.ts',
        old_string: 'return cents / 100;',
        new_string: 'const euros = cents / 100;\nreturn Math.round(euros * 100) / 100;',
      }),
    ],
  },
  {
    ...waiting,
    title: 'Clean old carts',
    steps: [
      {
        permission: {
          tool: 'Bash',
          command: [
            'for day in 1 2 3; do',
            '  psql shop -c "delete from carts where seen < now() - interval \'$day days\'"',
            'done',
          ].join('\n'),
        },
      },
    ],
  },
  { title: 'Tax by country', labels: ['billing'], steps: [{ authFailure: true }], status: 'parked' },
  { title: 'Seed the shop', labels: ['speed'], steps: [{ hang: true }], status: 'working', mode: 'bypass' },
];

/** The shop with agents in every state that lasts. Those that it does not have begin at SHO-159. */
export async function playEveryState(home: RunnerHome): Promise<void> {
  await playShop(home);
  for (const agent of others) await playAgent(home, agent);
  await writeAgents(home, [
    { issueId: 'SHO-300', title: 'Size guide', ending: 'done', endedAt: new Date(Date.now() - 300 * minuteMs) },
  ]);
  writeFileSync(home.paths.agent(agentIdOf('SHO-300')).state, '{"schema":1,"id":');
  await ageBy(home, silentMinutes);
}

/** Makes what was heard of these agents so many minutes older. */
async function ageBy(home: RunnerHome, minutes: Readonly<Record<string, number>>): Promise<void> {
  const found = await home.agents();
  await home.pan(['daemon', 'stop']);
  for (const [issueId, count] of Object.entries(minutes)) {
    const agent = found.find((each) => each.issueId === issueId);
    if (agent === undefined) throw new Error(`There is no agent ${issueId}.`);
    const { events, state } = home.paths.agent(agent.id);
    const { transcript }: { transcript: string | null } = JSON.parse(readFileSync(state, 'utf8'));
    for (const file of [events, ...(transcript === null ? [] : [transcript])]) setBack(file, count * minuteMs);
  }
  await home.runner();
}

/** Every time in the file, and its own. */
function setBack(file: string, byMs: number): void {
  const earlier = (time: string): string => new Date(Date.parse(time) - byMs).toISOString();
  const text = readFileSync(file, 'utf8');
  writeFileSync(file, text.replaceAll(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/g, earlier));
  const at = new Date(Date.now() - byMs);
  utimesSync(file, at, at);
}
