import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { appendFileSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import type { CostReport } from '../../../runner/protocol/cost.ts';
import type { AgentTranscript, Overview, TranscriptMatch, TranscriptMatches } from '../../../runner/protocol/models.ts';
import { panProgram } from '../../support/pan.ts';
import { killOne, patienceMs, type RunnerHome, useRunnerHome } from '../../support/runnerHome.ts';
import { waitFor } from '../../support/waitFor.ts';

describe('conversations and what they cost', () => {
  const children: ChildProcess[] = [];

  // Before the home is taken down, which insists that nothing of it runs.
  afterEach(async () => {
    for (const child of children.splice(0)) {
      if (child.exitCode !== null || child.signalCode !== null) continue;
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGINT');
      await ended;
    }
  });
  const the = useRunnerHome();

  async function start(home: RunnerHome, turns: Record<string, unknown>[][]): Promise<string> {
    await home.addProject();
    home.script(turns);
    const id = await home.issue('Talk');
    await home.json(['work', 'issue', id]);
    return id;
  }

  async function says(home: RunnerHome, id: string, text: string): Promise<AgentTranscript> {
    const probe = async () => {
      const transcript = await home.json<Partial<AgentTranscript>>(['work', 'logs', id]);
      return transcript.entries?.some((entry) => entry.text === text) ? (transcript as AgentTranscript) : undefined;
    };
    return waitFor(probe, { timeoutMs: patienceMs, what: `the words ${JSON.stringify(text)}` });
  }

  async function tokensOf(home: RunnerHome): Promise<number> {
    return (await home.json<CostReport>(['cost'])).total.totalTokens;
  }

  /** Collects what `pan work logs -f` prints. */
  function follow(home: RunnerHome, id: string): () => string {
    let printed = '';
    const env = {
      PATH: process.env['PATH'] ?? '',
      HOME: home.userHome,
      PANOPTICON_HOME: home.home,
      LANG: 'C.UTF-8',
      ...home.env,
    };
    const child = spawn(process.execPath, [panProgram, 'work', 'logs', id, '-f'], { env, cwd: home.repository.path });
    child.stdout.on('data', (piece: Buffer) => {
      printed += piece.toString();
    });
    children.push(child);
    return () => printed;
  }

  it('are shown, counted, and go on where they were after a kill and a resume', async () => {
    const home = the();
    const id = await start(home, [[{ say: 'first words' }], [{ say: 'second words' }]]);
    const { entries } = await says(home, id, 'first words');
    assert.deepEqual(
      entries.map(({ kind }) => kind),
      ['user', 'agent'],
    );
    await home.agent(id, 'idle');
    const once = await waitFor(async () => (await tokensOf(home)) || undefined, { timeoutMs: patienceMs, what: 'use' });
    const report = await home.json<CostReport>(['cost', '--issue', id, '--since', 'today']);
    assert.deepEqual(
      [
        report.total.totalTokens,
        report.total.dollars,
        report.byAgent[0]?.issueId,
        report.byModel[0]?.model,
        report.unpriced,
      ],
      [once, 0, id, 'rehearsal', []],
    );
    assert.deepEqual((await home.json<Overview>(['status'])).usage, { tokens: once, dollars: 0 });
    await home.json(['work', 'kill', id]);
    assert.equal(await tokensOf(home), once);
    await home.json(['work', 'resume', id]);
    await home.json(['work', 'tell', id, 'go on']);
    const { entries: both } = await says(home, id, 'second words');
    assert.equal(both.filter(({ text }) => text === 'first words').length, 1);
    const more = async () => ((await tokensOf(home)) > once ? true : undefined);
    await waitFor(more, { timeoutMs: patienceMs, what: 'the use of the second launch' });
  });

  it('are counted once, however often the daemon ends', async () => {
    const home = the();
    const id = await start(home, [[{ say: 'one' }], [{ say: 'two' }], [{ say: 'three' }]]);
    await says(home, id, 'one');
    await home.agent(id, 'idle');
    const counts: number[] = [];
    for (const text of ['again', 'and again']) {
      const before = counts.at(-1) ?? 0;
      const grown = async () => ((await tokensOf(home)) > before ? tokensOf(home) : undefined);
      counts.push(await waitFor(grown, { timeoutMs: patienceMs, what: 'use' }));
      for (const pid of await home.daemons()) killOne(pid);
      const gone = async () => ((await home.daemons()).length === 0 ? true : undefined);
      await waitFor(gone, { timeoutMs: patienceMs, what: 'the daemon to end' });
      const same = async () => ((await tokensOf(home)) === counts.at(-1) ? true : undefined);
      await waitFor(same, { timeoutMs: patienceMs, what: 'the same use' });
      await home.json(['work', 'tell', id, text]);
    }
    await says(home, id, 'three');
    await home.agent(id, 'idle');
    await home.json(['daemon', 'stop']);
    const { totals } = JSON.parse(readFileSync(home.paths.agent(`agent-${id.toLowerCase()}`).usage, 'utf8'));
    const all = JSON.stringify(await home.json<CostReport>(['cost']));
    const [hours] = [Object.values(totals) as Record<string, { input: number; output: number }>[]];
    const written = hours.reduce((sum, { rehearsal: used }) => sum + (used?.input ?? 0) + (used?.output ?? 0), 0);
    assert.equal((JSON.parse(all) as CostReport).total.totalTokens, written);
  });

  it('are followed, also when the daemon restarts, until Ctrl+C', async () => {
    const home = the();
    const id = await start(home, [[{ say: 'one' }], [{ say: 'two' }], [{ say: 'three' }]]);
    await says(home, id, 'one');
    const printed = follow(home, id);
    const prints = (text: string) =>
      waitFor(() => printed().includes(text) || undefined, { timeoutMs: patienceMs, what: `${text} in ${printed()}` });
    await prints('agent one');
    await home.json(['work', 'tell', id, 'next']);
    await prints('agent two');
    await home.json(['daemon', 'restart']);
    await home.json(['work', 'tell', id, 'and the last']);
    await prints('agent three');
    assert.equal(printed().split('agent one').length, 2);
  });

  it('of 50 MB are searched while the runner answers others', async () => {
    const home = the();
    const id = await start(home, [[{ say: 'The first needle: "größer".' }], [{ say: 'Another needle.' }]]);
    await says(home, id, 'The first needle: "größer".');
    await home.agent(id, 'idle');
    const folder = home.paths.rehearsalFolder;
    const file = path.join(folder, readdirSync(folder).find((name) => name.endsWith('.jsonl')) ?? '');
    const line = `${JSON.stringify({ at: new Date().toISOString(), role: 'tool', text: 'x'.repeat(250) })}\n`;
    for (let part = 0; part < 10; part += 1) appendFileSync(file, line.repeat(17_000));
    assert.ok(statSync(file).size > 50_000_000);

    const runner = await home.runner();
    const search = async (text: string, after?: string) => {
      const found: TranscriptMatch[] = [];
      const pages: TranscriptMatches[] = [];
      for (let before: string | undefined | null; before !== null; before = pages.at(-1)?.start ?? null) {
        const page = await runner.agents.findInTranscript({ id, text, before, after });
        pages.push(page);
        found.push(...page.found);
      }
      return { found, pages, cursor: pages[0]?.cursor ?? '' };
    };
    let answered = 0;
    const searching = search('NEEDLE: "GRÖßER"');
    let isSearching = true;
    const others = (async () => {
      for (; isSearching; answered += 1) await runner.agents.list();
    })();
    const { found, pages, cursor } = await searching;
    isSearching = false;
    await others;
    assert.ok(answered >= pages.length, `${answered} answers beside ${pages.length} pages`);
    assert.deepEqual(
      found.map(({ matches }) => matches),
      [1],
    );
    const { entries } = await runner.agents.transcript({ id, at: found[0]?.place, limit: 1 });
    assert.equal(entries[0]?.text, 'The first needle: "größer".');

    await home.json(['work', 'tell', id, 'go on']);
    await says(home, id, 'Another needle.');
    assert.deepEqual(
      (await search('needle', cursor)).found.map(({ matches }) => matches),
      [1],
    );
    await assert.rejects(runner.agents.findInTranscript({ id, text: '' }));
    await assert.rejects(runner.agents.findInTranscript({ id, text: 'x', before: 'y' }), { code: 'badCursor' });
  });

  it('of a runtime that keeps none are its terminal', async () => {
    const home = the();
    await home.addProject();
    home.config('[runtimes.quiet]\ncommand = ["sh", "-c", "echo on the screen; sleep 60"]\n');
    const id = await home.issue('Quiet');
    await home.json(['work', 'issue', id, '--runtime', 'quiet']);
    const probe = async () => {
      const log = await home.json<{ text: string; source: string }>(['work', 'logs', id]);
      return log.source === 'screen' && log.text.includes('on the screen') ? true : undefined;
    };
    await waitFor(probe, { timeoutMs: patienceMs, what: 'the screen' });
    const followed = await home.pan(['work', 'logs', id, '-f']);
    assert.equal(followed.code, 1);
    assert.match(followed.stderr, /quiet keeps no transcript\..*\n.*pan work logs MIN-1 --screen/);
  });
});
