import { describe, expect, it } from 'vitest';
import { CAT, start } from './setup.ts';
import type { UserFile } from './stand-in/file.ts';

async function ask(
  file: Partial<UserFile>,
  prepare: (slack: Awaited<ReturnType<typeof start>>['slack']) => void = () => {},
) {
  const harness = await start();
  const { slack, follow } = harness;
  prepare(slack);
  const told = slack.mention({ files: [{ ...CAT, ...file }], by: slack.people.member, where: slack.channels.general });
  const all = await follow(told).everything();
  return { ...harness, texts: all.map(({ text }) => text) };
}

const LOOKED = ['looked at 1 with nothing, plain'];

describe('a file', () => {
  it('that Slack is not through with is asked for again', async () => {
    const { texts, slack, stage } = await ask({ notReadyFor: 2 });
    expect(texts).toEqual(LOOKED);
    expect(stage.received).toEqual([[CAT.bytes]]);
    expect(slack.calls.all.filter(({ method }) => method === 'files.info').length).toBeGreaterThanOrEqual(2);
  });

  it('that never comes is told to be late', async () => {
    expect((await ask({ notReadyFor: 100 })).texts).toEqual([
      'cat.png is still being processed by the chat. Try again in a few seconds.',
    ]);
  });

  it('of another workspace is asked for by its id', async () => {
    const { texts, stage } = await ask({ isStub: true });
    expect(texts).toEqual(LOOKED);
    expect(stage.requests[0]?.images[0]?.name).toBe('cat.png');
  });

  it('that comes as a page to log in is told by the scope that is missing', async () => {
    const sentence = /the permission "files:read" is missing/;
    expect((await ask({ download: 'login-page' })).texts[0]).toMatch(sentence);
    const noScope = await ask({}, (slack) => slack.setScopes('chat:write', 'users:read', 'files:write'));
    expect(noScope.texts).toEqual([expect.stringMatching(sentence)]);
  });

  it('that moved within Slack is followed, elsewhere it is not, and no token with it', async () => {
    expect((await ask({ download: 'redirect-home' })).texts).toEqual(LOOKED);
    const { texts, slack } = await ask({ download: 'redirect-foreign' });
    expect(texts[0]).toContain('could not be fetched');
    expect(slack.foreign.visits).toEqual([]);
  });

  it('that never stops is left', async () => {
    expect((await ask({ download: 'endless' })).texts[0]).toContain('too large');
  });
});

it('other files are left out beside an image, and handed over where there is none', async () => {
  const { slack, follow, stage } = await start();
  const note = { name: 'note.pdf', bytes: Buffer.from('%PDF') };
  const phone = { name: 'photo.heic', bytes: Buffer.from('....ftypheic') };
  const mention = (files: UserFile[]) =>
    follow(slack.mention({ files, by: slack.people.member, where: slack.channels.general })).answer();
  await mention([note, CAT, phone]);
  await mention([note]);
  expect(stage.requests.map(({ images }) => images.map(({ name }) => name))).toEqual([
    ['cat.png', 'photo.heic'],
    ['note.pdf'],
  ]);
});
