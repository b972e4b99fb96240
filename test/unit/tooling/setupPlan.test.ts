import assert from 'node:assert/strict';
import {
  backoffMs,
  nodeModulesPlan,
  nodeProblem,
  platformProblem,
  type ToolFacts,
  toolPlan,
} from '../../../.ci/setupPlan.mjs';

const onDebian: ToolFacts = {
  missing: ['tmux'],
  managers: ['apt-get'],
  isRoot: false,
  canSudo: false,
  isMac: false,
};

describe('what setup decides', () => {
  describe('about this machine', () => {
    it('sends native Windows to WSL2 in one sentence', () => {
      assert.match(platformProblem('win32') ?? '', /WSL2 \(wsl --install\)[^\n]*\.$/);
      assert.equal(platformProblem('linux'), null);
      assert.equal(platformProblem('darwin'), null);
    });

    it('compares Node versions by number, not by text', () => {
      assert.equal(nodeProblem('20.19.0', '>=20.19'), null);
      assert.equal(nodeProblem('24.0.0', '>=20.19'), null);
      assert.equal(nodeProblem('100.1.0', '>=20.19'), null);
      for (const old of ['20.9.0', '18.20.4', '8.0.0']) {
        assert.equal(
          nodeProblem(old, '>=20.19'),
          `Node ${old} is too old: Panopticon needs Node 20.19 or newer (https://nodejs.org).`,
        );
      }
    });
  });

  describe('about node_modules', () => {
    const fresh = { lockHash: 'a', stampHash: 'a', lockMtimeMs: 10, installedMtimeMs: 20, stampMtimeMs: 30 };

    it('does nothing when the lock file is the one that was installed, however young its time', () => {
      assert.equal(nodeModulesPlan(fresh), 'nothing');
      assert.equal(nodeModulesPlan({ ...fresh, lockMtimeMs: 99 }), 'nothing');
    });

    it('installs when nothing is installed or the installation did not end', () => {
      assert.equal(nodeModulesPlan({ ...fresh, installedMtimeMs: null }), 'install');
      assert.equal(
        nodeModulesPlan({ ...fresh, installedMtimeMs: null, stampHash: null, stampMtimeMs: null }),
        'install',
      );
    });

    it('installs when the lock file has changed since', () => {
      assert.equal(nodeModulesPlan({ ...fresh, lockHash: 'b', lockMtimeMs: 40 }), 'install');
      assert.equal(nodeModulesPlan({ ...fresh, stampHash: null, stampMtimeMs: null, lockMtimeMs: 40 }), 'install');
    });

    it('installs when another lock file with an old time was put in place', () => {
      assert.equal(nodeModulesPlan({ ...fresh, lockHash: 'b' }), 'install');
    });

    it('accepts what a person installed by hand', () => {
      assert.equal(nodeModulesPlan({ ...fresh, stampHash: null, stampMtimeMs: null }), 'note');
      assert.equal(nodeModulesPlan({ ...fresh, lockHash: 'b', lockMtimeMs: 40, installedMtimeMs: 41 }), 'note');
    });
  });

  describe('about missing tools', () => {
    it('uses apt-get directly as root, never asking questions', () => {
      const plan = toolPlan({ ...onDebian, isRoot: true, missing: ['git', 'tmux'] });
      assert.deepEqual(plan.install?.argv, [
        'env',
        'DEBIAN_FRONTEND=noninteractive',
        'apt-get',
        'install',
        '-y',
        '--no-install-recommends',
        'git',
        'tmux',
      ]);
      assert.equal(plan.refresh?.argv.at(-1), 'update');
    });

    it('uses sudo only where it asks for no password', () => {
      assert.deepEqual(toolPlan({ ...onDebian, canSudo: true }).install?.argv.slice(0, 2), ['sudo', '-n']);
      assert.deepEqual(toolPlan(onDebian), {
        install: null,
        refresh: null,
        typed: 'sudo apt-get update && sudo apt-get install -y tmux',
      });
    });

    it('uses dnf where there is no apt-get', () => {
      const plan = toolPlan({ ...onDebian, managers: ['dnf', 'brew'], canSudo: true });
      assert.deepEqual(plan.install?.argv, ['sudo', '-n', 'dnf', 'install', '-y', 'tmux']);
    });

    it('never runs brew as root', () => {
      const onMac = { ...onDebian, isMac: true, managers: ['brew'] };
      assert.deepEqual(toolPlan(onMac).install?.argv, ['brew', 'install', 'tmux']);
      assert.deepEqual(toolPlan({ ...onMac, isRoot: true }), {
        install: null,
        refresh: null,
        typed: 'brew install tmux',
      });
    });

    it('names what to do where it knows no package manager', () => {
      assert.match(toolPlan({ ...onDebian, managers: [] }).typed, /install tmux with/);
    });
  });

  it('waits longer after each failure', () => {
    assert.deepEqual([1, 2].map(backoffMs), [3_000, 9_000]);
  });
});
