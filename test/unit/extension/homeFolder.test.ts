import assert from 'node:assert/strict';
import { homeFolder } from '../../../extension/src/runner/homeFolder.ts';

describe('homeFolder', () => {
  const cases: [setting: string | undefined, variable: string | undefined, home: string][] = [
    [undefined, undefined, '/home/ana/.panopticon'],
    [undefined, '', '/home/ana/.panopticon'],
    [undefined, '/srv/pan', '/srv/pan'],
    ['/opt/pan', '/srv/pan', '/opt/pan'],
    ['~/pan', undefined, '/home/ana/pan'],
    ['~', undefined, '/home/ana'],
    ['~pan', undefined, '/home/ana/~pan'],
    ['pan', undefined, '/home/ana/pan'],
  ];
  for (const [setting, variable, home] of cases) {
    it(`is ${home} for the setting ${setting} and the variable ${variable}`, () => {
      assert.equal(homeFolder(setting, { PANOPTICON_HOME: variable }, '/home/ana'), home);
    });
  }
});
