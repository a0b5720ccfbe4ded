import { z } from 'zod';
import { action, type Command } from '../../src/chat/command.ts';
import { option } from '../../src/chat/options.ts';
import { type Reply, type ReplyFile, type ReplyImage, reply } from '../../src/chat/reply.ts';
import type { Request } from '../../src/chat/request.ts';
import { UserError } from '../../src/errors.ts';
import type { OnProgress } from '../../src/progress.ts';

/** Text that a platform would take for a mention, a link, a channel, markup or a file, and must show as it stands. */
export const HOSTILE =
  '@everyone <@123> <#1> <!channel> [here](https://evil.example) https://evil.example **bold** _it_ `code` ||x|| # h &lt; ../../etc/passwd';

/** The files of `/report`: one is called as its picture is. */
export const FILES: readonly ReplyFile[] = [
  ['scores.csv', 'text/csv', 'label,percent\r\n"<b>고양이</b>",90\r\n'] as const,
  ['scores.json', 'application/json', '{"고양이":90}'] as const,
  ['chart.png', 'image/png', 'for print'] as const,
].map(([name, mediaType, content]) => ({
  ...{ name, mediaType, bytes: Buffer.from(content) },
  description: `All of ${name}, "quoted" & <b>`,
}));

/** What the contract's commands do, and what they were asked. */
export interface Stage {
  requests: Request[];
  /** The bytes of the images, then zips, of each request, as they were fetched. */
  received: Uint8Array[][];
  /** `/look` and `/march` answer once this resolves. */
  gate: Promise<void>;
  picture: Uint8Array;
}

/** One of the lines that `/long` answers. */
export function lineOfLong(i: number): string {
  return `line ${i} *and* ${'ㅁ'.repeat(i % 30)}`.trim();
}

const about = { en: 'text', ko: '글' };
const text = (korean: string, main = false) => option(z.string().optional(), { korean, ...about }, { main });

/** Commands that do what any command may do, so that an adapter can be held to all of it. */
export function contractCommands(stage: Stage): ReadonlyMap<string, Command<null>> {
  const image = (name: string): ReplyImage => ({
    name,
    mediaType: 'image/png',
    bytes: stage.picture,
    alt: `What ${name} shows, "quoted" & <b>`,
  });
  const noted = async (request: Request): Promise<void> => {
    stage.requests.push(request);
    stage.received.push(await Promise.all([...request.images, ...request.archives].map((file) => file.fetch())));
  };
  const one = (
    name: string,
    korean: string,
    execute: (request: Request, onProgress: OnProgress) => Promise<Reply> | Reply,
    rest: Partial<Pick<Command<null> & { kind: 'action' }, 'onMessage'>> & {
      images?: { min: number; max: number };
      archives?: { min: number; max: number };
      visibility?: 'public' | 'private';
    } = {},
  ): Command<null> => {
    const { images = { min: 0, max: 0 }, archives, visibility = 'public', ...more } = rest;
    const options = z.object({ labels: text('라벨', true), template: text('템플릿') });
    return {
      kind: 'action',
      name,
      korean,
      ...more,
      action: action<null, typeof options>({
        description: about,
        options,
        images,
        ...(archives && { archives }),
        policy: { who: 'everyone', visibility },
        execute: async ({ options, ...request }, _, onProgress) => {
          const given = Object.entries(options).flatMap(([name, value]) =>
            value === undefined ? [] : [[name, value]],
          );
          const asked = { ...request, options: Object.fromEntries(given) };
          await noted(asked);
          return execute(asked, onProgress);
        },
      }),
    };
  };

  const look = one(
    'look',
    '보기',
    async ({ options, images }) => {
      await stage.gate;
      return reply(`looked at ${images.length} with ${options.labels ?? 'nothing'}, ${options.template ?? 'plain'}`, {
        images: images.map((_, i) => image(`drawing-${i + 1}.png`)),
        buttons: [
          { label: 'Again', command: 'look', options: { labels: 'again' }, withImages: true },
          { label: 'Whisper', command: 'whisper', options: { labels: 'psst' }, withImages: false },
          { label: 'Other labels…', command: 'look', options: { labels: 'old' }, withImages: true, ask: ['labels'] },
        ],
        choices: [
          {
            label: 'Template',
            command: 'look',
            options: { labels: 'chosen' },
            withImages: true,
            option: 'template',
            values: [
              { label: 'the first', value: 'one' },
              { label: 'the second', value: 'two' },
            ],
          },
        ],
      });
    },
    { images: { min: 1, max: 4 }, onMessage: { en: 'Look', ko: '살펴보기' } },
  );
  const unpack = one(
    'unpack',
    '풀기',
    ({ archives }) =>
      reply(`unpacked ${archives.map(({ name }) => name).join(', ')}`, {
        buttons: [{ label: 'Unpack again', command: 'unpack', options: {}, withImages: true }],
      }),
    { archives: { min: 1, max: 2 } },
  );
  const whisper = one('whisper', '속삭임', ({ options }) => reply(`whispered ${options.labels ?? ''}`), {
    visibility: 'private',
  });
  const echo = one('echo', '메아리', ({ options }) => reply(`said ${options.labels ?? ''}`.trim()));
  const march = one('march', '행진', async ({ options }, onProgress) => {
    onProgress(1, 4);
    await stage.gate;
    onProgress(2, 4);
    return reply(`marched ${options.labels ?? ''}`.trim());
  });
  const hostile = one('hostile', '공격', () => reply(HOSTILE));
  const long = one('long', '길게', () => reply(Array.from({ length: 700 }, (_, i) => lineOfLong(i)).join('\n')));
  const report = one('report', '보고서', () => reply('a report', { images: [image('chart.png')], files: FILES }));
  const confide = one('confide', '털어놓기', () => reply('between us', { files: FILES }), { visibility: 'private' });
  const harm = one('harm', '주의', () =>
    reply('a hard word', { images: [image('hard.png')], files: FILES.slice(0, 1), spoiler: true }),
  );
  const table = one('table', '표', () =>
    reply('a table', { tables: [{ title: 'Scores', columns: ['label', 'percent'], rows: [['`cat`', '90 %']] }] }),
  );
  const fail = one('fail', '실패', () => Promise.reject(new Error('secret detail')));
  const refuse = one('refuse', '거절', ({ options }) => {
    if (options.labels === undefined) throw new UserError('labels-missing', {}, { remedy: { ask: 'labels' } });
    return reply(`thank you for ${options.labels}`);
  });
  const settings: Command<null> = {
    kind: 'group',
    name: 'settings',
    korean: '설정',
    description: about,
    offeredTo: 'everyone',
    subcommands: {
      change: {
        korean: '바꾸기',
        ...action<null, z.ZodObject>({
          description: about,
          options: z.object({}),
          images: { min: 0, max: 0 },
          policy: { who: 'manager', visibility: 'public' },
          execute: async (request) => reply(`changed in ${request.channel}`),
        }),
      },
    },
  };
  const all = [look, unpack, whisper, echo, march, hostile, long, report, confide, harm, table, fail, refuse, settings];
  return new Map(all.map((command) => [command.name, command]));
}
