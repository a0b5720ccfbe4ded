import { readFile } from 'node:fs/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { DiscordStandIn } from '../discord/stand-in/stand-in.ts';
import { startProcess } from '../process.ts';
import { SlackStandIn } from './stand-in/slack-stand-in.ts';

const SAMPLE = new URL('../../adapters/web/samples/cat.png', import.meta.url);

async function standIns() {
  const [slack, discord] = [await SlackStandIn.start(), await DiscordStandIn.start()];
  onTestFinished(async () => {
    await slack.close();
    await discord.close();
  });
  const environment = {
    ...{ SLACK_BOT_TOKEN: slack.botToken, SLACK_APP_TOKEN: slack.appToken, SLACK_API_URL: slack.apiUrl },
    ...{ DISCORD_TOKEN: discord.token, DISCORD_API_URL: discord.apiUrl },
  };
  return { slack, discord, environment };
}

describe('npm start with tokens of Slack and Discord', () => {
  it('answers in both and in the browser, from one store, and stops cleanly', async () => {
    const { slack, discord, environment } = await standIns();
    const { child, said, ended } = await startProcess(environment);
    const [, address] = await said(/(http:\S+)/);
    await said(/ready in Slack/);
    await said(/ready in Discord/);
    await expect.poll(async () => (await fetch(`${address}/readyz`)).status).toBe(200);
    const image = { name: 'cat.png', bytes: await readFile(SAMPLE) };
    const where = slack.channels.general;
    const set = slack.slash({ command: '/labels', text: 'set cat, dog', by: slack.people.admin, where });
    expect((await set.answered()).text).toContain('cat, dog');
    const told = slack.mention({ files: [image], by: slack.people.korean, where });
    const shown = await told.answered();
    expect(shown).toMatchObject({ files: [{ name: 'cat-classified.png', alt: expect.stringContaining('모델 demo') }] });
    const asked = { command: 'classify', options: { labels: 'cat, dog' } };
    const { answer } = await discord
      .slash({ ...asked, attachments: { image: { ...image, type: 'image/png' } } })
      .answered();
    expect(answer?.attachments).toHaveLength(1);
    expect([...slack.violations]).toEqual([]);
    child.kill('SIGTERM');
    expect(await ended).toEqual([0, null]);
  });

  it('with a wrong one of Slack’s says what to do, and leaves the others running', async () => {
    const { discord, environment } = await standIns();
    const { said } = await startProcess({ ...environment, SLACK_BOT_TOKEN: 'xoxb-guessed' });
    const [, address] = await said(/(http:\S+)/);
    await said(/^SLACK_BOT_TOKEN is not accepted: .*$/m);
    await said(/ready in Discord/);
    expect((await fetch(`${address}/readyz`)).status).toBe(503);
    const { answer } = await discord.slash({ command: 'help' }).answered();
    expect(answer?.content).toContain('/classify');
  });

  it('with half of what Slack needs ends, and says what is missing', async () => {
    const { said, ended } = await startProcess({ SLACK_BOT_TOKEN: 'xoxb-1' });
    await said(
      /^Slack has no way to reach this: set SLACK_APP_TOKEN for Socket Mode, or SLACK_SIGNING_SECRET for HTTP\.$/m,
    );
    expect(await ended).toEqual([1, null]);
  });
});
