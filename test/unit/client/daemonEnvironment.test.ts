import assert from 'node:assert/strict';
import { daemonEnvironment } from '../../../runner/client/startDaemon.ts';

describe('the environment of a daemon', () => {
  it('is that of the person who starts it', () => {
    const env = { PATH: '/usr/bin', LANG: 'C', TMUX: '/tmp/x', PAN_DEBUG: '1', ELECTRON_RUN_AS_NODE: '1' };
    assert.deepEqual(daemonEnvironment('/home/x', env, false), {
      PATH: '/usr/bin',
      LANG: 'C',
      PANOPTICON_HOME: '/home/x',
    });
  });

  it('makes a Node of an editor where that runs it', () => {
    const env = { PANOPTICON_HOME: '/home/x', ELECTRON_RUN_AS_NODE: '1' };
    assert.deepEqual(daemonEnvironment('/home/x', {}, true), env);
  });

  it('holds nothing that an agent was given when the agent starts it', () => {
    const env = {
      PATH: '/home/x/bin:/opt/tool',
      PAN_PATH: '/usr/bin',
      PAN_VARIABLES: 'API_KEY PATH',
      PAN_AGENT_ID: 'agent-min-1',
      API_KEY: 'secret',
      LANG: 'C',
    };
    assert.deepEqual(daemonEnvironment('/home/x', env, false), {
      PATH: '/usr/bin',
      LANG: 'C',
      PANOPTICON_HOME: '/home/x',
    });
  });
});
