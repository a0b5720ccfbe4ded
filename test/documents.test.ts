import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = resolve(import.meta.dirname, '..');
const DOCUMENTS = [
  'README.md',
  'README.ko.md',
  'models/demo/README.md',
  'models/demo-biased/README.md',
  'probes/README.md',
  'tools/demo-model/README.md',
  ...readdirSync(resolve(ROOT, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
];

const read = (path: string) => readFileSync(resolve(ROOT, path), 'utf8');

/** As GitHub makes them of headings. */
function anchors(markdown: string): string[] {
  return all(markdown, /^#+ (.+)$/gm).map((heading) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\p{M} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

function all(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].map(([, found = '']) => found);
}

it.each(DOCUMENTS)('%s links to what is there', (document) => {
  const links = all(read(document), /\]\(([^)\s]+)\)/g).filter((link) => !/^https?:/.test(link));
  expect(links).not.toEqual([]);
  const dead = links.filter((link) => {
    const [path = '', anchor] = link.split('#');
    const file = path === '' ? resolve(ROOT, document) : resolve(ROOT, dirname(document), path);
    return !existsSync(file) || (anchor !== undefined && !anchors(readFileSync(file, 'utf8')).includes(anchor));
  });
  expect(dead).toEqual([]);
});

describe('README.ko.md says what README.md does', () => {
  const [english, korean] = [read('README.md'), read('README.ko.md')];

  it.each([
    ['chapters, level by level', /^(#+) /gm],
    ['steps', /^(\d)\. /gm],
    ['pictures', /!\[[^\]]*\]\((.+?)\)/g],
    ['variables', /`([A-Z][A-Z_]+)`/g],
    ['commands of the table', /^\| `(\/\w+( own| schedule)?)/gm],
    ['methods', /^\| `(\w+)` \|/gm],
    ['npm scripts', /`(npm run [^`]+)`/g],
  ])('%s', (_, pattern) => {
    const [there, here] = [all(english, pattern), all(korean, pattern)];
    expect(there).not.toEqual([]);
    expect(here.sort()).toEqual(there.sort());
  });

  it('what is typed into a terminal', () => {
    const blocks = (text: string) => all(text, /```sh\n([\s\S]*?)```/g);
    expect(blocks(korean)).toEqual(blocks(english));
  });
});
