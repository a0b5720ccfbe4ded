import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const SDKS = /^(discord\.js|@discordjs\/|@slack\/)/;

interface Import {
  file: string;
  /** Relative to the root for our own files, else the package. */
  target: string;
}

function filesBelow(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)));
}

function importsOf(file: string): Import[] {
  const source = readFileSync(join(ROOT, file), 'utf8');
  return [...source.matchAll(/(?:\bfrom\s+|\bimport\s*\(?\s*)'([^']+)'/g)].map(([, target = '']) => ({
    file,
    target: target.startsWith('.') ? relative(ROOT, join(ROOT, dirname(file), target)) : target,
  }));
}

const sources = ['src', 'commands', 'adapters'].flatMap(filesBelow);
const imports = [...sources, 'main.ts', 'app.ts', 'chats.ts', 'scheduled-audits.ts'].flatMap(importsOf);

/** The imports from one part of the house into another that the wall between them forbids. */
function crossing(from: string, to: string): Import[] {
  return imports.filter(({ file, target }) => file.startsWith(from) && target.startsWith(to));
}

describe('the walls of the house', () => {
  it('reads real import lines', () => {
    expect(sources.length).toBeGreaterThan(30);
    expect(crossing('commands/', 'src/').length).toBeGreaterThan(5);
  });

  it('lets src know neither commands, adapters nor the front door', () => {
    for (const to of ['commands/', 'adapters/', 'main.ts', 'app.ts', 'chats.ts', 'scheduled-audits.ts'])
      expect(crossing('src/', to)).toEqual([]);
  });

  it('keeps commands and adapters apart', () => {
    expect(crossing('commands/', 'adapters/')).toEqual([]);
    expect(crossing('adapters/', 'commands/')).toEqual([]);
  });

  it('keeps adapters from each other', () => {
    const names = readdirSync(join(ROOT, 'adapters'));
    for (const name of names) {
      for (const other of names.filter((candidate) => candidate !== name)) {
        expect(crossing(`adapters/${name}/`, `adapters/${other}/`)).toEqual([]);
      }
    }
  });

  it('keeps clip, draw, store, probe and chat from each other', () => {
    const rooms = ['clip', 'draw', 'store', 'probe', 'chat'];
    for (const room of rooms) {
      for (const other of rooms.filter((candidate) => candidate !== room)) {
        expect(crossing(`src/${room}/`, `src/${other}/`)).toEqual([]);
      }
    }
  });

  it('keeps chat SDKs in their adapters', () => {
    expect(imports.filter(({ file, target }) => SDKS.test(target) && !file.startsWith('adapters/'))).toEqual([]);
  });

  it('reads the environment in src/config.ts alone', () => {
    const readers = [...sources, 'main.ts', 'app.ts', 'chats.ts', 'scheduled-audits.ts'].filter((file) =>
      /process\s*\.\s*env\b|process\s*\[/.test(readFileSync(join(ROOT, file), 'utf8')),
    );
    expect(readers).toEqual(['src/config.ts']);
  });
});
