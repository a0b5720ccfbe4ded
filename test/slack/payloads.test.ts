import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { FollowUpBook } from '../../src/chat/follow-up.ts';
import { reply } from '../../src/chat/reply.ts';
import type { Request } from '../../src/chat/request.ts';
import { start } from './setup.ts';

const PERSON = { id: 'slack:TEAM:U06AAAAAAA1', isManager: false, isOperator: false };
const IN_CHANNEL = { actor: PERSON, channel: 'slack:TEAM:C06AAAAAAC1', locale: 'en' };
const PHOTO = { name: 'IMG_2041.jpg', mediaType: 'image/jpeg', size: 248112, ref: 'file:F07AB12CD34' };

const run = { command: 'look', options: { labels: 'cat' }, withImages: true };
const FOLLOW_UP = {
  buttons: [{ ...run, label: 'Share', visibility: 'public' }],
  choices: [{ ...run, label: 'Template', option: 'template', values: [{ label: 'the second', value: 'two' }] }],
  images: [PHOTO],
  pages: [],
};

/** What reaches dispatch of a payload, over HTTP and signed, once there are as many as are `expected`. */
async function requestsOf(name: string, expected: number): Promise<Request[]> {
  const requests: Request[] = [];
  const kept = { keep: async () => 'kept', find: async () => JSON.stringify(FOLLOW_UP) };
  const { slack } = await start('http', (parts) => ({
    ...parts,
    followUps: new FollowUpBook(kept),
    dispatch: async (request) => {
      requests.push(request);
      return { kind: 'reply', reply: reply('seen'), visibility: 'public' };
    },
  }));
  // Where the answer goes is no matter here, but it must not be the real Slack.
  const text = (await readFile(new URL(`../fixtures/slack/${name}.json`, import.meta.url), 'utf8'))
    .replaceAll('https://hooks.slack.com', `${slack.origin}/response`)
    .replaceAll('T06AAAAAAA0', slack.workspace.id)
    .replaceAll('U06AAAAAAB0', slack.workspace.botUser);
  const payload: Record<string, string> = JSON.parse(text);
  const contentType = 'application/x-www-form-urlencoded';
  const form = (fields: Record<string, string>) => ({ contentType, body: new URLSearchParams(fields).toString() });
  const isCommand = payload.command !== undefined;
  const post = payload.type === 'event_callback' ? { body: text } : form(isCommand ? payload : { payload: text });
  expect((await slack.http.post(post)).status).toBe(200);
  // A person's words after it: mostly, once they are through, so is what came before.
  const { member: by } = slack.people;
  slack.slash({ command: '/echo', text: 'the end', by, where: slack.channels.general });
  await expect.poll(() => requests.some(({ options }) => options.labels === 'the end')).toBe(true);
  await expect.poll(() => requests.length).toBeGreaterThan(expected);
  const asked = requests.filter(({ options }) => options.labels !== 'the end');
  return asked.map(({ actor, channel, ...request }) => ({
    ...request,
    actor: { ...actor, id: actor.id.replace(slack.workspace.id, 'TEAM') },
    channel: channel.replace(slack.workspace.id, 'TEAM'),
  }));
}

describe('payloads of Slack', () => {
  it.each([
    [
      'app-mention-with-file',
      {
        command: 'look',
        options: { labels: 'cat, big dog & "fox"', template: 'plain' },
        images: [PHOTO],
        ...IN_CHANNEL,
      },
    ],
    ['slash-command', { command: 'echo', options: { labels: 'R&D, "cat"' }, images: [], ...IN_CHANNEL }],
    ['message-action', { command: 'look', options: {}, images: [PHOTO], ...IN_CHANNEL }],
    [
      'block-actions-ephemeral',
      { command: 'look', options: { labels: 'cat' }, images: [PHOTO], visibility: 'public', ...IN_CHANNEL },
    ],
    [
      'block-actions-menu',
      { command: 'look', options: { labels: 'cat', template: 'two' }, images: [PHOTO], ...IN_CHANNEL },
    ],
    ['view-submission', { command: 'look', options: { labels: 'cat, dog' }, images: [PHOTO], ...IN_CHANNEL }],
    [
      'message-im-file-not-ready',
      {
        command: 'look',
        images: [{ name: 'shot.png', ref: 'file:F07AB12CD35' }],
        channel: 'slack:TEAM:D06AAAAAAD1',
      },
    ],
  ])('%s is understood', async (name, request) => {
    expect(await requestsOf(name, 1)).toMatchObject([request]);
  });

  it.each(['message-im-changed', 'message-im-welcome'])('%s is nothing to answer', async (name) => {
    expect(await requestsOf(name, 0)).toEqual([]);
  });
});
