import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp } from './commands/app.ts';

const ROOT = new URL('..', import.meta.url);
const DOCUMENTS = { en: 'docs/workshop.md', ko: 'docs/workshop.ko.md' } as const;

/** The lines of a document's code blocks: names of sample pictures, then a command. */
function linesOf(path: string): { images: string[]; line: string }[] {
  const blocks = readFileSync(new URL(path, ROOT), 'utf8').matchAll(/^```\n([\s\S]*?)^```$/gm);
  return [...blocks].flatMap(([, block = '']) =>
    block
      .trim()
      .split('\n')
      .map((typed) => {
        const at = typed.indexOf('/');
        return { images: typed.slice(0, at).split(' ').filter(Boolean), line: typed.slice(at) };
      }),
  );
}

async function sample(name: string) {
  const bytes = await readFile(new URL(`adapters/web/samples/${name}`, ROOT));
  return { name, mediaType: 'image/png', size: bytes.length, ref: name, fetch: async () => bytes };
}

describe.each(['en', 'ko'] as const)('the workshop in %s', (locale) => {
  let app: Awaited<ReturnType<typeof startApp>>;
  beforeAll(async () => {
    app = await startApp('demo');
  });
  afterAll(() => app.close());

  const lines = linesOf(DOCUMENTS[locale]);

  it('has as many commands as in the other language', () => {
    const commands = (document: string) => linesOf(document).map(({ line }) => line.split(' ')[0]);
    expect(commands(DOCUMENTS.en)).toEqual(commands(DOCUMENTS.ko));
    expect(lines.length).toBeGreaterThan(10);
  });

  // One test for all, because the channel's labels are set by an earlier line.
  it('is answered line by line', async () => {
    for (const [i, { images, line }] of lines.entries()) {
      const references = await Promise.all(images.map(sample));
      // A class takes minutes for what takes seconds here, so each line is asked by somebody else.
      const actor = { id: `person ${i}`, isManager: true, isOperator: false };
      const outcome = await app.run(line, [], { images: references, locale, actor });
      expect(outcome, line).not.toMatchObject({ kind: 'error' });
    }
  });
});
