import assert from 'node:assert/strict';
import fc from 'fast-check';
import { deriveName, isProjectName } from '../../../runner/core/projects/projectName.ts';
import { derivePrefix, isPrefix } from '../../../runner/core/projects/projectPrefix.ts';
import { withRunnerExcludes } from '../../../runner/core/projects/runnerExcludes.ts';

describe('derivePrefix', () => {
  const examples: [name: string, taken: string[], prefix: string][] = [
    ['panopticon', [], 'PAN'],
    ['my-app', [], 'MYAP'],
    ['mind-your-now', [], 'MYN'],
    ['houseHunt', [], 'HOHU'],
    ['7zip', [], 'ZIP'],
    ['42', [], 'PRJ'],
    ['x', [], 'XX'],
    ['Überblick', [], 'UBE'],
    ['プロジェクト', [], 'PRJ'],
    ['panopticon', ['PAN'], 'PANO'],
    ['panopticon', ['PAN', 'PANO', 'PANOP'], 'PAN2'],
    ['my-app', ['MYAP'], 'MYAPP'],
    ['mind-your-now', ['MYN'], 'MYN2'],
  ];
  for (const [name, taken, prefix] of examples) {
    it(`makes ${prefix} of ${name}${taken.length === 0 ? '' : ` when ${taken.join(', ')} is taken`}`, () => {
      assert.equal(derivePrefix(name, taken), prefix);
    });
  }

  it('always makes a valid one that is not taken', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (name) => {
        const taken: string[] = [];
        for (let count = 0; count < 8; count += 1) {
          const prefix = derivePrefix(name, taken);
          assert.ok(isPrefix(prefix) && !taken.includes(prefix), prefix);
          taken.push(prefix);
        }
      }),
    );
  });
});

describe('deriveName', () => {
  it('keeps what can be typed and makes it unique in any case', () => {
    assert.equal(deriveName('my app', []), 'my-app');
    assert.equal(deriveName("it's $(rm -rf)", []), 'it-s-rm--rf');
    assert.equal(deriveName('--flag', []), 'flag');
    assert.equal(deriveName('日本', []), '日本');
    assert.equal(deriveName('💥', []), 'project');
    assert.equal(deriveName('app', ['APP', 'app-2']), 'app-3');
  });

  it('always makes a valid name', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (name) => isProjectName(deriveName(name, []))),
    );
  });
});

describe('withRunnerExcludes', () => {
  const block = [
    '# panopticon: begin (kept out of git status)',
    '/workspaces/feature-*/',
    '/workspaces/rescue-*/',
    '/.panopticon/issues/',
    '# panopticon: end',
    '',
  ].join('\n');

  it('adds one block and keeps the rest, also without a last line end', () => {
    assert.equal(withRunnerExcludes(''), block);
    assert.equal(withRunnerExcludes('*.log'), `*.log\n${block}`);
    assert.equal(withRunnerExcludes('*.log\r\n'), `*.log\r\n${block}`);
  });

  it('changes nothing the second time', () => {
    const once = withRunnerExcludes('*.log\n');
    assert.equal(withRunnerExcludes(once), once);
    const crlf = once.replaceAll('\n', '\r\n');
    assert.equal(withRunnerExcludes(crlf), crlf);
  });
});
