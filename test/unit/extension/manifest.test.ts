import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';

interface Manifest {
  contributes: {
    views: Record<string, { id: string }[]>;
    viewsWelcome: { view: string; contents: string; when: string }[];
    commands: { command: string }[];
    walkthroughs: {
      id: string;
      steps: { id: string; description: string; completionEvents: string[]; media: { svg: string; altText: string } }[];
    }[];
  };
}

const { contributes }: Manifest = JSON.parse(readFileSync('package.json', 'utf8'));
const views = Object.values(contributes.views).flatMap((list) => list.map(({ id }) => id));
const [walkthrough] = contributes.walkthroughs;

/** Of VS Code itself and of the extension for WSL. */
const foreign = [
  'workbench.action.openSettings',
  'workbench.trust.manage',
  'workbench.extensions.action.checkForUpdates',
  'remote-wsl.reopenInWSL',
] as const;

describe('the views', () => {
  const states = ['untrusted', 'unsupported', 'starting', 'reconnecting', 'failed', 'outdated', 'down'];
  for (const state of states) {
    it(`all say something while the runner is ${state}`, () => {
      const saying = contributes.viewsWelcome.filter(({ when }) => when === `panopticon.runner == ${state}`);
      assert.deepEqual(
        saying.map(({ view }) => view),
        views,
      );
    });
  }

  it('say nothing of projects and agents before these are known', () => {
    const ready = contributes.viewsWelcome.filter(({ when }) => !when.startsWith('panopticon.runner =='));
    const early = ready.filter(
      ({ when }) => !/^panopticon\.ready && (panopticon\.known|panopticon\.missing ==)/.test(when),
    );
    assert.deepEqual(early, []);
  });

  it('say why none is listed though there are agents elsewhere', () => {
    const saying = contributes.viewsWelcome.filter(({ when }) => when.includes('panopticon.agents.empty'));
    assert.deepEqual(
      saying.map(({ view, contents }) => [view, contents.split('\n')[0]]),
      [['panopticon.agents', 'The projects of this window have no agents. Those of other projects are not listed.']],
    );
  });

  it('put each button on a line of its own', () => {
    const crowded = contributes.viewsWelcome
      .flatMap(({ contents }) => contents.split('\n'))
      .filter((line) => (line.match(/\]\(command:/g) ?? []).length > 1 && /^\[/.test(line) && /\)$/.test(line));
    assert.deepEqual(crowded, []);
  });
});

describe('the links of views and walkthrough', () => {
  const texts = [
    ...contributes.viewsWelcome.map(({ contents }) => contents),
    ...(walkthrough?.steps ?? []).map(({ description }) => description),
  ];
  const links = texts.flatMap((text) => [...text.matchAll(/\(command:([\w.-]+)(\?[^)]*)?\)/g)]);

  it('name commands that exist', () => {
    const known = new Set([...contributes.commands.map(({ command }) => command), ...foreign]);
    assert.deepEqual(
      [...new Set(links.map(([, command = '']) => command))].filter((command) => !known.has(command)),
      [],
    );
  });

  it('pass what can be read', () => {
    for (const [, , given] of links) {
      if (given !== undefined) assert.ok(Array.isArray(JSON.parse(decodeURIComponent(given.slice(1)))));
    }
  });
});

describe('the walkthrough', () => {
  it('has a picture for each step, drawn in the colours of the theme only', () => {
    for (const { media } of walkthrough?.steps ?? []) {
      assert.ok(existsSync(media.svg), media.svg);
      const picture = readFileSync(media.svg, 'utf8');
      assert.doesNotMatch(picture, /#[0-9a-f]{3,8}\b|rgb|style=|<script/i);
      assert.notEqual(media.altText, '');
    }
  });

  it('completes a step by the key of the same name', () => {
    assert.deepEqual(
      (walkthrough?.steps ?? []).map(({ id, completionEvents }) => [id, completionEvents]),
      ['doctor', 'project', 'started', 'answered', 'reviewed'].map((id) => [id, [`onContext:panopticon.done.${id}`]]),
    );
  });
});
