import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const pages = [
  ...['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', 'CHANGELOG.md'],
  ...readdirSync('docs')
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
];

describe('the pages', () => {
  for (const page of pages) {
    it(`of ${page} link to files and headings that are there`, () => {
      assert.deepEqual(
        linksIn(readFileSync(page, 'utf8')).filter((link) => !leadsSomewhere(page, link)),
        [],
      );
    });
  }

  it('are all linked from the README', () => {
    const linked = linksIn(readFileSync('README.md', 'utf8')).map((link) => link.split('#')[0]);
    assert.deepEqual(
      pages.filter((page) => page !== 'README.md' && !linked.includes(page)),
      [],
    );
  });
});

/** Relative ones, outside of code. */
function linksIn(text: string): string[] {
  const links = text.replaceAll(/^```.*?^```$/gms, '').matchAll(/\]\(([^)\s]+)\)/g);
  return [...links].map((match) => match[1] ?? '').filter((link) => !/^\w+:/.test(link));
}

function leadsSomewhere(page: string, link: string): boolean {
  const [file = '', anchor] = link.split('#');
  const target = file === '' ? page : path.join(path.dirname(page), file);
  if (!existsSync(target)) return false;
  return anchor === undefined || headingsOf(readFileSync(target, 'utf8')).includes(anchor);
}

/** As their addresses are made from them: small letters, dashes for blanks, no other signs. */
function headingsOf(text: string): string[] {
  const headings = text.replaceAll(/^```.*?^```$/gms, '').matchAll(/^#+ (.+)$/gm);
  return [...headings].map((match) =>
    (match[1] ?? '')
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
}
