import { webApi } from '@slack/bolt';
import { pino } from 'pino';
import { expect, it, vi } from 'vitest';
import { People } from '../../adapters/slack/people.ts';

/** What is asked of somebody whom the app has never seen, in a Slack that tells of people as `info` does. */
function localeInHaste(info: webApi.WebClient['users']['info']) {
  const client = new webApi.WebClient('xoxb-1');
  vi.spyOn(client.users, 'info').mockImplementation(info);
  return new People(pino({ level: 'silent' })).localeInHaste({
    client,
    place: { team: 'T1', channel: 'C1', user: 'U1' },
  });
}

it('a form is in the language of who sees it, where Slack tells it at once', async () => {
  expect(await localeInHaste(async () => ({ ok: true, user: { locale: 'ko-KR' } }))).toBe('ko');
});

it.each([
  ['does not tell it in time', () => new Promise<never>(() => {})],
  ['fails', () => Promise.reject(new Error('no answer'))],
])('a form is in English where Slack %s', async (_, info) => {
  expect(await localeInHaste(info)).toBe('en');
});
