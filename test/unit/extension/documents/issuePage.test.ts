import assert from 'node:assert/strict';
import { issuePage } from '../../../../extension/src/documents/issuePage.ts';
import { anIssue } from '../../cli/models.ts';

describe('the page of an issue', () => {
  it('shows its fields as a table and its text as Markdown', () => {
    const page = issuePage(
      anIssue({
        title: 'Limit logins',
        labels: ['bug', 'auth'],
        priority: 'high',
        body: '## Why\n\n`a | b < c` and **d**\n',
        createdAt: new Date(2026, 10, 22, 10, 0).toISOString(),
        updatedAt: new Date(2026, 10, 22, 11, 30).toISOString(),
      }),
    );
    assert.equal(
      page,
      `# MIN-142 Limit logins

| State | Priority | Labels | Project | Tracker | Created | Changed |
| --- | --- | --- | --- | --- | --- | --- |
| todo | high | bug, auth | myn | local | 2026&#45;11&#45;22 10&#58;00 | 2026&#45;11&#45;22 11&#58;30 |

## Why

\`a | b < c\` and **d**

`,
    );
  });

  it('has its times as the clock on the wall shows them', () => {
    const zone = process.env['TZ'];
    process.env['TZ'] = 'Asia/Tokyo';
    try {
      const page = issuePage(anIssue({ createdAt: '2026-11-22T20:30:00.000Z' }));
      assert.match(page, /2026&#45;11&#45;23 05&#58;30/);
    } finally {
      if (zone === undefined) delete process.env['TZ'];
      else process.env['TZ'] = zone;
    }
  });

  it('leaves out what is not known', () => {
    assert.equal(
      issuePage(anIssue({ title: '' })),
      `# MIN-142 

| State | Priority | Project | Tracker |
| --- | --- | --- | --- |
| todo | normal | myn | local |

*No description.*
`,
    );
  });

  it('draws no HTML and loads no picture that a stranger put into the text', () => {
    const body = [
      '<form action="https://a.example"><BUTTON>Allow</BUTTON></form><!-- --><?x?>',
      '![](https://a.example/seen.png) ![x][y]',
      '`` ` `` <img src=https://a.example/seen.png>',
      'if (a < b && c <= 3) // stays as it is',
    ].join('\n');
    const page = issuePage(anIssue({ body }));
    assert.doesNotMatch(page, /<[a-z/!?]|!\[/i);
    assert.ok(page.replaceAll('\u200b', '').includes(body), 'the text reads the same');
    assert.match(page, /if \(a < b && c <= 3\) \/\/ stays as it is/);
  });

  it('draws no coloured boxes by formulas', () => {
    const body = '$$\\colorbox{green}{\\textsf{Approve}}$$ and $\\Large x$, `C:\\Users\\ada` and \\*plain\\*';
    const page = issuePage(anIssue({ body }));
    assert.doesNotMatch(page, /\\[a-z]/i);
    assert.ok(page.replaceAll('\u200b', '').includes(body), 'the text reads the same');
    assert.ok(page.includes('\\*plain\\*'), 'signs are escaped as before');
  });

  it('takes no markup from a title or a label', () => {
    const page = issuePage(anIssue({ title: '[x](command:a) | # `b`', labels: ['| **c** |'] }));
    assert.match(page, /^# MIN-142 &#91;x&#93;&#40;command&#58;a&#41; &#124; &#35; &#96;b&#96;\n/);
    assert.match(page, /\| &#124; &#42;&#42;c&#42;&#42; &#124; \|/);
  });
});
