import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp } from '../commands/app.ts';

describe('completion', () => {
  let app: Awaited<ReturnType<typeof startApp>>;
  beforeAll(async () => {
    app = await startApp();
    await app.ask('/labels set hanok, palace, forest', [], { channel: 'own' });
  });
  afterAll(() => app.close());

  const complete = (line: string, option: string, typed: string, rest = {}) => {
    const [command = '', subcommand] = line.split(' ');
    return app.complete({ command, subcommand, option, typed, channel: 'own', locale: 'en', ...rest });
  };

  it('offers the channel’s labels first, then the presets, in the asker’s language', async () => {
    const offered = await complete('classify', 'labels', ' ');
    expect(offered[0]).toBe('hanok, palace, forest');
    expect(offered[1]).toMatch(/^dog, cat, /);
    expect((await complete('labels set', 'labels', '', { locale: 'ko', channel: 'none' }))[0]).toMatch(/^강아지, /);
  });

  it('goes on from the label that was begun, without those that are there', async () => {
    expect(await complete('classify', 'labels', 'unicorn, HAN')).toEqual([
      'unicorn, hanok',
      'unicorn, hanok village',
      'unicorn, Han River',
    ]);
    expect(await complete('classify', 'labels', 'hanok,han')).toEqual(['hanok,hanok village', 'hanok,Han River']);
    expect(await complete('classify', 'labels', 'zzz')).toEqual([]);
  });

  it('offers to remove only what is there', async () => {
    expect(await complete('labels remove', 'labels', '')).toEqual(['hanok', 'palace', 'forest']);
    expect(await complete('labels remove', 'labels', 'palace, f')).toEqual(['palace, forest']);
  });

  it('offers presets, templates and commands by a part of their name', async () => {
    expect(await complete('labels preset', 'name', 'EE')).toEqual(['feelings']);
    expect(await complete('classify', 'template', 'clip')).toEqual(['clip-7', 'clip-80']);
    expect(await complete('help', 'command', '/l')).toEqual(['labels']);
  });

  it.each([
    ['unicorn', 'labels'],
    ['constructor', 'labels'],
    ['labels constructor', 'labels'],
    ['labels', 'labels'],
    ['classify', 'constructor'],
    ['classify', 'top'],
  ])('offers nothing for what does not exist: %s %s', async (line, option) => {
    expect(await complete(line, option, '')).toEqual([]);
  });
});
