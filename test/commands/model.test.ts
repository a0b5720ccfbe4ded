import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp } from './app.ts';

describe('the model that answers', () => {
  let app: Awaited<ReturnType<typeof startApp>>;
  beforeAll(async () => {
    app = await startApp();
  });
  afterAll(() => app.close());

  const classify = async (line: string, channel: string) => {
    const { data, text, buttons, choices } = await app.ask(`/classify cat, dog ${line}`, ['upright.jpg'], { channel });
    return { data, text, buttons, choices };
  };

  it('is the default, the one of the channel, or the one that is asked for', async () => {
    expect(await classify('', 'a')).toMatchObject({ data: { model: { id: 'clip-tiny' } } });
    expect(await classify('model:demo', 'a')).toMatchObject({ data: { model: { id: 'demo', dtype: 'fp32' } } });
    expect((await app.ask('/labels model demo', [], { channel: 'a' })).data).toEqual({
      model: { id: 'demo', dtype: 'fp32' },
    });
    expect(await classify('', 'a')).toMatchObject({ data: { model: { id: 'demo' } } });
    expect(await classify('', 'b')).toMatchObject({ data: { model: { id: 'clip-tiny' } } });
    expect(await classify('model:clip-tiny', 'a')).toMatchObject({ data: { model: { id: 'clip-tiny' } } });
    await app.ask('/labels model', [], { channel: 'a' });
    expect(await classify('', 'a')).toMatchObject({ data: { model: { id: 'clip-tiny' } } });
  });

  it('stays the one that was asked for when the answer is followed', async () => {
    const { buttons, choices } = await classify('model:demo', 'c');
    for (const { options } of [...buttons, ...choices]) expect(options).toMatchObject({ model: 'demo' });
  });

  it('is told by /about, with the others that are here', async () => {
    await app.ask('/labels model demo', [], { channel: 'd' });
    const { text, data } = await app.ask('/about', [], { channel: 'd' });
    expect(data).toMatchObject({ model: { id: 'demo' }, models: ['clip-tiny', 'demo', 'demo-biased'] });
    expect(text).toContain('Models here: clip-tiny, demo, demo-biased.');
    expect((await app.ask('/about model:clip-tiny', [], { channel: 'd' })).data).toMatchObject({
      model: { id: 'clip-tiny' },
    });
  });

  it('is completed from those that are here', async () => {
    const typing = { command: 'classify', option: 'model', channel: 'a', locale: 'en' } as const;
    expect(await app.complete({ ...typing, typed: '' })).toEqual(['clip-tiny', 'demo', 'demo-biased']);
    expect(await app.complete({ ...typing, typed: 'DEM' })).toEqual(['demo', 'demo-biased']);
    const naming = { ...typing, command: 'labels', subcommand: 'model', option: 'name' };
    expect(await app.complete({ ...naming, typed: 'tiny' })).toEqual(['clip-tiny']);
  });

  it.each([
    ['/classify cat, dog model:owner/other', 'model-unavailable', /models pull owner\/other/],
    ['/classify cat, dog model:nonsense', 'model-unknown', /There are: clip-tiny, demo, demo-biased\./],
    ['/labels model demo:q8', 'model-unavailable', /choose a dtype that it has: fp32/],
    ['/models pull owner/other', 'unknown-command', /no command "models"/],
  ])('is refused for %s as %s', async (line, code, message) => {
    const images = line.startsWith('/classify') ? ['upright.jpg'] : [];
    const outcome = await app.run(line, images, { channel: 'e' });
    expect(outcome).toMatchObject({ kind: 'error', code, message: expect.stringMatching(message) });
    expect(await classify('', 'e')).toMatchObject({ data: { model: { id: 'clip-tiny' } } });
  });

  it('is for managers to choose', async () => {
    const actor = { id: 'bob', isManager: false, isOperator: false };
    expect(await app.run('/labels model demo', [], { actor })).toMatchObject({ code: 'not-allowed' });
  });
});
