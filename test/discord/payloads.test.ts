import { readFile } from 'node:fs/promises';
import { GatewayDispatchEvents, Routes } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { upload } from '../contract/stage.ts';
import { start } from './setup.ts';

const CAT = await upload('cat.png', 'wide.png');

/** Delivers a payload as it stands. The answer to it is none of the stand-in's, so what was asked is looked at. */
async function deliver(name: string, change = (payload: string) => payload) {
  const harness = await start();
  const { discord } = harness;
  const text = await readFile(new URL(`../fixtures/discord/${name}.json`, import.meta.url), 'utf8');
  const names = {
    APPLICATION: discord.applicationId,
    GUILD: discord.guild.id,
    CHANNEL: discord.channel.id,
    CDN: discord.cdnUrl,
  };
  const payload = Object.entries(names).reduce((all, [from, to]) => all.replaceAll(from, to), text);
  for (const [, path = ''] of text.matchAll(/"CDN([^"]+)"/g))
    discord.cdn.put(path, { kind: 'bytes', bytes: CAT.bytes });
  discord.fault({ path: /callback/, status: 200, body: {} });
  discord.gateway.dispatch(GatewayDispatchEvents.InteractionCreate, true, JSON.parse(change(payload)));
  return { ...harness, names };
}

describe('interactions as Discord sends them', () => {
  it('a slash command with an image', async () => {
    const { stage, names } = await deliver('slash');
    await expect.poll(() => stage.received).toHaveLength(1);
    expect(stage.requests[0]).toMatchObject({
      command: 'look',
      options: { labels: '한옥, 궁궐' },
      images: [{ name: 'IMG_0412.png', mediaType: 'image/png', size: 4321 }],
      actor: { id: 'discord:80351110224678912', isManager: false, isOperator: false },
      channel: `discord:${names.GUILD}:${names.CHANNEL}`,
      locale: 'ko',
    });
  });

  it('the menu of a message with a photo and a moving picture', async () => {
    const { stage } = await deliver('message-command');
    await expect.poll(() => stage.received).toHaveLength(1);
    expect(stage.requests[0]?.images.map(({ name }) => name)).toEqual(['trip.jpg', 'cat.png']);
  });

  it('a subcommand in a direct message', async () => {
    const { discord } = await deliver('direct-subcommand');
    const callback = Routes.interactionCallback('1196552044444444444', 'direct-token');
    await expect.poll(() => discord.requests.some(({ path }) => path.endsWith(callback))).toBe(true);
  });

  it('a subcommand without options, as the documentation allows', async () => {
    const { discord } = await deliver('direct-subcommand', (payload) => payload.replace(/,\s*"options": \[\]/, ''));
    // Only what was taken is promised first and then filled in; a refusal comes at once.
    const filled = () =>
      discord.requests.some(({ method, path }) => method === 'PATCH' && path.includes('direct-token'));
    await expect.poll(filled).toBe(true);
  });

  it('an option that is being typed', async () => {
    const { discord } = await deliver('autocomplete');
    const callback = Routes.interactionCallback('1196552055555555555', 'typing-token');
    await expect.poll(() => discord.requests.some(({ path }) => path.endsWith(callback))).toBe(true);
  });
});
