import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp } from './app.ts';

describe('/labels', () => {
  let app: Awaited<ReturnType<typeof startApp>>;
  beforeAll(async () => {
    app = await startApp();
  });
  afterAll(() => app.close());

  const inRoom = (channel: string) => ({
    data: async (line: string) => (await app.ask(line, [], { channel })).data,
    code: async (line: string) => {
      const outcome = await app.run(line, [], { channel });
      return outcome.kind === 'error' ? outcome.code : outcome.kind;
    },
  });

  it('are set, added to, removed from, cleared and taken back', async () => {
    const { data } = inRoom('a');
    expect(await data('/labels set cat, dog, Cat template:plain')).toEqual({
      labels: ['cat', 'dog'],
      template: 'plain',
      preset: null,
    });
    expect(await data('/labels add bird, DOG')).toMatchObject({ labels: ['cat', 'dog', 'bird'], template: 'plain' });
    expect(await data('/labels remove CAT')).toMatchObject({ labels: ['dog', 'bird'] });
    expect(await data('/labels clear')).toEqual({ labels: [], template: 'photo', preset: null });
    expect(await data('/labels undo')).toMatchObject({ labels: ['dog', 'bird'], template: 'plain' });
    expect(await data('/labels undo')).toMatchObject({ labels: ['cat', 'dog', 'bird'] });
    expect(await data('/labels show')).toMatchObject({ labels: ['cat', 'dog', 'bird'] });
  });

  it('come from presets, in a language the model knows', async () => {
    const { data } = inRoom('b');
    expect(await data('/labels preset animals')).toMatchObject({
      preset: 'animals',
      labels: expect.arrayContaining(['dog']),
    });
    const korean = await app.ask('/labels preset food', [], { channel: 'b', locale: 'ko' });
    expect(korean.data).toMatchObject({ labels: expect.arrayContaining(['pizza']) });
    expect(await data('/labels add ship')).toMatchObject({ preset: null });
  });

  it('are offered once where they are those of a preset', async () => {
    await inRoom('offers').data('/labels preset animals');
    const asked = { command: 'classify', option: 'labels', typed: '', channel: 'offers', locale: 'en' } as const;
    const offers = await app.complete(asked);
    expect(offers[0]).toMatch(/^dog, cat/);
    expect(offers).toEqual([...new Set(offers)]);
  });

  it('are the channel’s own', async () => {
    await inRoom('c').data('/labels set one, two');
    expect(await inRoom('d').data('/labels show')).toMatchObject({ labels: [] });
  });

  it.each([
    ['subcommand-missing', '/labels'],
    ['subcommand-missing', '/labels put cat'],
    ['option-missing', '/labels set'],
    ['option-missing', '/labels set , ,'],
    ['label-unknown', '/labels remove unicorn'],
    ['preset-unknown', '/labels preset unicorns'],
    ['preset-unknown', '/labels preset constructor'],
    ['template-slot', '/labels set a, b template:"no slot"'],
    ['nothing-to-undo', '/labels undo'],
    ['unknown-option', '/labels show --all yes'],
  ])('refuses with %s: %s', async (code, line) => {
    const room = inRoom('e');
    expect(await room.code(line)).toBe(code);
    expect(await room.data('/labels show')).toMatchObject({ labels: [] });
  });

  it('does not grow beyond a hundred by adding', async () => {
    const { data, code } = inRoom('f');
    await data(`/labels set ${Array.from({ length: 99 }, (_, i) => `l${i}`).join()}`);
    expect(await code('/labels add x, y')).toBe('too-many-labels');
    expect(await code('/labels add x')).toBe('reply');
  });

  it('may be changed by managers alone, and seen by everyone', async () => {
    const actor = { id: 'guest', isManager: false, isOperator: false };
    for (const line of ['/labels set a, b', '/labels clear', '/labels undo', '/labels preset food']) {
      expect(await app.run(line, [], { actor })).toMatchObject({ code: 'not-allowed' });
    }
    expect(await app.run('/labels show', [], { actor })).toMatchObject({ kind: 'reply', visibility: 'private' });
  });
});

describe('/help and /about', () => {
  let app: Awaited<ReturnType<typeof startApp>>;
  beforeAll(async () => {
    app = await startApp();
  });
  afterAll(() => app.close());

  it('list every command, in both languages', async () => {
    const { text } = await app.ask('/help');
    for (const name of ['/classify', '/labels set', '/labels undo', '/help', '/about']) expect(text).toContain(name);
    expect((await app.ask('/help', [], { locale: 'ko' })).text).toContain('라벨');
  });

  it('explain one command with its options', async () => {
    const { text } = await app.ask('/help /classify');
    expect(text).toContain('clip-80');
    expect(text).not.toContain('/labels set');
    expect(await app.run('/help unicorn')).toMatchObject({ code: 'unknown-command' });
  });

  it('tell the model, its limits, its licence and what is stored', async () => {
    const { text, data } = await app.ask('/about');
    for (const word of ['clip-tiny', 'fp32', 'sha256', 'Licence', 'Stored', 'Images are not stored'])
      expect(text).toContain(word);
    expect(data).toMatchObject({ model: { id: 'clip-tiny' } });
    expect(text).toContain('Licence: not known.');
    expect((await app.ask('/about', [], { locale: 'ko' })).text).toContain('라이선스: 알려지지 않음.');
  });
});
