import { webApi } from '@slack/bolt';
import { describe, expect, it } from 'vitest';
import { toControls } from '../../adapters/slack/controls.ts';
import { FollowUpBook } from '../../src/chat/follow-up.ts';
import { PHOTOS } from '../contract/stage.ts';
import { CAT, start } from './setup.ts';
import type { View } from './stand-in/view.ts';

describe('a command that needs an image and names none', () => {
  it('opens a form for images and options, and is answered in the channel', async () => {
    const { slack, follow, stage } = await start();
    const { member: by } = slack.people;
    const told = slack.slash({ command: '/look', text: 'fox', by, where: slack.channels.team });
    const view = await told.opened();
    expect(view.content).toMatchObject({ title: { text: '/look' }, submit: { text: 'Send' } });
    expect(labelsOf(view)).toEqual(['Images', 'labels', 'template']);
    expect(view.content.blocks[1]).toMatchObject({ element: { initial_value: 'fox' }, optional: true });
    const sent = slack.submit(view, { Images: [CAT, { ...CAT, name: 'more.png' }], labels: 'fox, owl', template: ' ' });
    expect(await follow(sent).everything()).toMatchObject([{ text: 'looked at 2 with fox, owl, plain' }]);
    expect(sent.messages).toMatchObject([{ channel: slack.channels.team, visibleTo: undefined }]);
    expect(view.isOpen).toBe(false);
    expect(stage.requests[0]?.channel).toBe(`slack:${slack.workspace.id}:${slack.channels.team.id}`);
    expect([...slack.violations]).toEqual([]);
  });

  it('asks for a zip where it takes one', async () => {
    const { slack, follow, stage } = await start();
    const { member: by } = slack.people;
    const view = await slack.slash({ command: '/unpack', by, where: slack.channels.team }).opened();
    expect(labelsOf(view)).toEqual(['Zip', 'labels', 'template']);
    expect(view.content.blocks[0]).toMatchObject({ element: { filetypes: ['zip'], max_files: 2 }, optional: false });
    const sent = slack.submit(view, { Zip: [PHOTOS] });
    expect(await follow(sent).everything()).toMatchObject([{ text: 'unpacked 사진.zip' }]);
    expect(stage.received).toEqual([[PHOTOS.bytes]]);
    expect([...slack.violations]).toEqual([]);
  });

  it('in Korean', async () => {
    const { slack } = await start();
    const [by, where] = [slack.people.korean, slack.channels.team];
    // A form waits for the language of somebody new no longer than it may; after this it is known.
    await slack.slash({ command: '/echo', by, where }).answered();
    const view = await slack.slash({ command: '/look', by, where }).opened();
    expect(view.content).toMatchObject({ submit: { text: '보내기' }, close: { text: '취소' } });
    expect(labelsOf(view)).toEqual(['이미지', '라벨', '템플릿']);
  });

  it('says so to the asker where the app is not in the channel', async () => {
    const { slack, follow } = await start();
    const { member: by } = slack.people;
    const view = await slack.slash({ command: '/look', by, where: slack.channels.distant }).opened();
    const sent = slack.submit(view, { Images: [CAT] });
    expect((await sent.answered()).text).toContain('Cliplens is not in this channel');
    expect(sent.messages).toMatchObject([{ channel: slack.dm(by) }]);
    await follow(slack.slash({ command: '/echo', by, where: slack.channels.general })).answer();
    expect(sent.messages).toHaveLength(1);
  });
});

describe('an answer', () => {
  it('to one person that has a picture is written to them directly, and shared where it was asked', async () => {
    const { slack, follow } = await start('socket', ({ dispatch, ...parts }) => ({
      ...parts,
      dispatch: (request, defer) => dispatch({ ...request, visibility: request.visibility ?? 'private' }, defer),
    }));
    const { member: by } = slack.people;
    const where = slack.channels.team;
    const told = slack.mention({ text: 'fox', files: [CAT], by, where });
    const shown = await told.until(() => told.messages.length === 2 && told.messages);
    expect(shown).toMatchObject([
      { channel: slack.dm(by), text: 'looked at 1 with fox, plain' },
      { channel: slack.dm(by), files: [{ name: 'drawing-1.png', alt: expect.stringContaining('What drawing-1.png') }] },
    ]);
    const [message] = shown;
    if (!message) throw new Error('no message');
    const shared = slack.press(message, 'Share', by);
    await shared.acknowledged();
    const thread = () => slack.messages(where, told.threadTs).filter(({ author }) => author !== by.id);
    await expect.poll(() => thread().map(({ files }) => files.length)).toEqual([1]);
    await follow(told).answer();
  });

  it('whose picture Slack takes without blocks alone is told beside it', async () => {
    const { slack, follow } = await start();
    const { member: by } = slack.people;
    const body = { ok: false, error: 'internal_error' };
    slack.fault({ method: 'files.completeUploadExternal', status: 200, body });
    const told = slack.mention({ text: 'fox', files: [CAT], by, where: slack.channels.team });
    await follow(told).answer();
    expect(told.messages).toMatchObject([
      { text: 'looked at 1 with fox, plain', threadTs: told.threadTs },
      { text: '', files: [{ name: 'drawing-1.png' }], threadTs: told.threadTs },
    ]);
  });

  it('that may hurt stands in a thread, and no notification shows it', async () => {
    const { slack, follow } = await start();
    const { member: by } = slack.people;
    const told = slack.slash({ command: '/harm', by, where: slack.channels.team });
    await follow(told).answer();
    const [cover, hard] = told.messages;
    expect(cover).toMatchObject({ text: 'This answer may hurt to read. It is in the thread.', threadTs: undefined });
    expect(hard).toMatchObject({ threadTs: cover?.ts, files: [{ name: 'hard.png' }, { name: 'scores.csv' }] });
    expect(hard?.text).not.toContain('hard word');
  });

  it('is found again by its buttons for as long as they are kept, and says so after that', async () => {
    const forgetful = new FollowUpBook({ keep: async () => 'gone', find: async () => undefined });
    const { slack, follow } = await start('socket', (parts) => ({ ...parts, followUps: forgetful }));
    const { member: by } = slack.people;
    const told = slack.slash({ command: '/whisper', by, where: slack.channels.team });
    const message = await told.answered();
    const pressed = await follow(slack.press(message, 'Share', by)).answer();
    expect(pressed).toMatchObject({ text: expect.stringContaining('too old'), isPrivate: true });
  });

  it('with a hundred long choices and buttons keeps to the limits', async () => {
    const run = { command: 'look', options: {}, withImages: false };
    const buttons = Array.from({ length: 30 }, (_, i) => ({ ...run, label: `${i} ${'b'.repeat(100)}` }));
    const values = Array.from({ length: 120 }, (_, i) => ({
      label: `${i} ${'v'.repeat(100)}`,
      value: 'v'.repeat(i + 100),
    }));
    const choices = [{ ...run, label: 'c'.repeat(200), option: 'template', values }];
    const blocks = toControls('id', { buttons, choices, images: [], pages: ['a', 'b'] });
    const { slack } = await start();
    const client = new webApi.WebClient(slack.botToken, { slackApiUrl: slack.apiUrl });
    await client.chat.postMessage({ channel: slack.channels.general.id, text: 'a', blocks });
    expect([...slack.violations]).toEqual([]);
  });
});

function labelsOf({ content }: View): unknown[] {
  return content.blocks.map(({ label }) => (typeof label === 'object' && label && 'text' in label ? label.text : ''));
}
