import { App, HTTPReceiver, LogLevel } from '@slack/bolt';
import { expect, it, onTestFinished } from 'vitest';
import { clientOptions } from './stand-in/bolt-app.ts';
import { SlackStandIn } from './stand-in/slack-stand-in.ts';

it('the stand-in installs by OAuth, with a token for each workspace', async () => {
  const slack = await SlackStandIn.start();
  onTestFinished(() => slack.close());
  const { signingSecret, clientId, clientSecret, authorizationUrl } = slack;
  const redirectUri = 'http://127.0.0.1/slack/oauth_redirect';
  const receiver = new HTTPReceiver({
    ...{ signingSecret, clientId, clientSecret, redirectUri, logLevel: LogLevel.ERROR },
    stateSecret: 'secret',
    scopes: ['chat:write'],
    installerOptions: {
      authorizationUrl,
      directInstall: true,
      redirectUriPath: '/slack/oauth_redirect',
      clientOptions: clientOptions(slack),
    },
  });
  const app = new App({ receiver, clientOptions: clientOptions(slack), logLevel: LogLevel.ERROR });
  app.event('app_mention', async ({ say }) => void (await say('installed')));
  const address = (await receiver.start(0)).address();
  const own = `http://127.0.0.1:${address !== null && typeof address === 'object' ? address.port : 0}`;
  const install = await fetch(`${own}/slack/install`, { redirect: 'manual' });
  const cookie = install.headers.get('set-cookie')?.split(';')[0] ?? '';
  const page = await fetch(install.headers.get('location') ?? '', { redirect: 'manual' });
  const back = new URL(page.headers.get('location') ?? '');
  const done = await fetch(`${own}${back.pathname}${back.search}`, { headers: { cookie } });
  expect(done.status).toBe(200);
  slack.deliverOverHttp(`${own}/slack/events`);
  const { otherAdmin: by } = slack.people;
  const answer = await slack.mention({ by, where: slack.channels.other }).answered();
  expect(answer).toMatchObject({ text: 'installed', author: slack.otherWorkspace.botUser });
  await receiver.stop();
});
