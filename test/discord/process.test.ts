import { describe, expect, it, onTestFinished } from 'vitest';
import { upload } from '../contract/stage.ts';
import { startProcess } from '../process.ts';
import { DiscordStandIn } from './stand-in/stand-in.ts';

describe('npm start with a Discord token', () => {
  it('answers in Discord and in the browser, is ready with both, and stops cleanly', async () => {
    const discord = await DiscordStandIn.start();
    onTestFinished(() => discord.close());
    const settings = { DISCORD_TOKEN: discord.token, DISCORD_API_URL: discord.apiUrl };
    const { child, said, ended } = await startProcess(settings);
    const [, address] = await said(/(http:\S+)/);
    await said(/ready in Discord/);
    await expect.poll(async () => (await fetch(`${address}/readyz`)).status).toBe(200);
    const image = { ...(await upload('photo.jpg', 'upright.jpg')), type: 'image/jpeg' };
    const asked = { command: 'classify', options: { labels: 'cat, dog' }, attachments: { image } };
    const { answer } = await discord.slash(asked).answered();
    expect(answer?.attachments).toHaveLength(1);
    child.kill('SIGTERM');
    expect(await ended).toEqual([0, null]);
  });

  it('with a wrong one says so, and leaves the page running', async () => {
    const discord = await DiscordStandIn.start();
    onTestFinished(() => discord.close());
    const wrong = 'MTIzNDU2Nzg5MDEyMzQ1Njc4.wrong.token';
    const { said } = await startProcess({ DISCORD_TOKEN: wrong, DISCORD_API_URL: discord.apiUrl });
    const [, address] = await said(/(http:\S+)/);
    await said(/^Discord does not accept DISCORD_TOKEN\..*$/m);
    expect((await fetch(`${address}/livez`)).status).toBe(200);
    expect((await fetch(`${address}/readyz`)).status).toBe(503);
  });

  it('ends where its model cannot be used, though it is still being connected', async () => {
    const discord = await DiscordStandIn.start();
    onTestFinished(() => discord.close());
    const settings = { CLIP_MODEL: './nowhere', DISCORD_TOKEN: discord.token, DISCORD_API_URL: discord.apiUrl };
    const { said, ended } = await startProcess(settings);
    await said(/CLIP_MODEL=\.\/nowhere cannot be used/);
    expect(await ended).toEqual([1, null]);
  });
});
