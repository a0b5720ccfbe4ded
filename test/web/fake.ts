import { readFile } from 'node:fs/promises';
import { pino } from 'pino';
import { startWeb } from '../../adapters/web/server.ts';
import type { CommandDescription, SubcommandDescription } from '../../src/chat/describe.ts';
import type { Outcome, Waiting } from '../../src/chat/dispatch.ts';
import type { OptionDescription } from '../../src/chat/options.ts';
import { type Reply, reply } from '../../src/chat/reply.ts';
import type { Request as CommandRequest } from '../../src/chat/request.ts';
import type { ModelStatus } from '../../src/clip/status.ts';

type Handler = (request: CommandRequest, waiting: Waiting) => Outcome | Promise<Outcome>;

/** The web adapter on a free port, with a dispatch that remembers what it was asked and answers as told. */
export interface FakeWeb {
  address: string;
  requests: CommandRequest[];
  /** What dispatch does with the next requests. */
  handler: Handler;
  status: ModelStatus;
  isReady: boolean;
  stop(): Promise<void>;
}

/** Starts it answering every command with a text, an image, a table and a button. */
export async function startFake(host = '127.0.0.1'): Promise<FakeWeb> {
  const picture = await readFile(new URL('../fixtures/images/wide.png', import.meta.url));
  const parts = {
    commands,
    dispatch: async (request: CommandRequest, waiting: Waiting = {}) => {
      fake.requests.push(request);
      return fake.handler(request, waiting);
    },
    status: () => fake.status,
    isReady: () => fake.isReady,
    host,
    port: 0,
    log: pino({ level: 'silent' }),
  };
  const { address, stop } = await startWeb(parts);
  const handler: Handler = (request) => answer(fullReply(request, picture));
  const fake: FakeWeb = { address, stop, requests: [], handler, status: { state: 'ready' }, isReady: true };
  return fake;
}

export function answer(given: Reply): Outcome {
  return { kind: 'reply', reply: given, visibility: 'public' };
}

function fullReply(request: CommandRequest, picture: Uint8Array): Reply {
  const title = `${request.command} ${JSON.stringify(request.options)} with ${request.images.length} images`;
  return reply(title, {
    images: [{ name: 'a picture.png', mediaType: 'image/png', bytes: picture, alt: 'A wide picture with bars' }],
    files: [
      {
        name: 'scores 표.csv',
        mediaType: 'text/csv',
        bytes: Buffer.from('cat,90'),
        description: 'Every figure as CSV',
      },
    ],
    tables: [{ title: 'Scores', columns: ['label', 'probability'], rows: [['<b>cat</b>', '90 %']] }],
    buttons: [
      { label: 'Try plain', command: 'classify', options: { labels: 'cat, dog', template: 'plain' }, withImages: true },
      { label: 'Show labels', command: 'labels', subcommand: 'show', options: {}, withImages: false },
      {
        label: 'Other labels…',
        command: 'classify',
        options: { labels: 'cat, dog' },
        withImages: true,
        ask: ['labels'],
      },
    ],
    choices: [
      {
        label: 'Another template',
        command: 'classify',
        options: { labels: 'cat, dog' },
        withImages: true,
        option: 'template',
        values: [
          { label: '{label}', value: 'plain' },
          {
            label: 'clip-7 (7 templates), and a name as long as only a wording of an audit can have it',
            value: 'clip-7',
          },
        ],
      },
    ],
    data: { results: [] },
  });
}

const policy = { who: 'everyone', visibility: 'public' } as const;

function text(name: string, extras: Partial<OptionDescription> = {}): OptionDescription {
  const description = { en: `the ${name}`, ko: `${name} 옵션` };
  return {
    name,
    korean: name,
    kind: 'text',
    required: false,
    description,
    main: false,
    afterMain: false,
    choices: [],
    suggestions: [],
    ...extras,
  };
}

function describe(korean: string, options: OptionDescription[] = [], images = 0): SubcommandDescription {
  return {
    korean,
    description: { en: `does ${korean}`, ko: `${korean}하기` },
    options,
    images: { min: 0, max: images },
    archives: { min: 0, max: 0 },
    policy,
    completed: [],
  };
}

const template = text('template', { suggestions: ['plain', 'photo', 'clip-7'] });

export const commands: readonly CommandDescription[] = [
  {
    name: 'classify',
    korean: '분류',
    offeredTo: 'everyone',
    description: { en: 'Find the label that fits', ko: '맞는 라벨 찾기' },
    action: describe('분류', [text('labels', { main: true }), template, text('top', { kind: 'integer' })], 10),
    subcommands: {},
  },
  {
    name: 'labels',
    korean: '라벨',
    offeredTo: 'everyone',
    description: { en: 'The labels of this channel', ko: '이 채널의 라벨' },
    subcommands: {
      set: describe('설정', [text('labels', { main: true }), template]),
      show: describe('보기'),
      preset: describe('묶음', [text('name', { main: true, suggestions: ['animals', 'food'] })]),
    },
  },
  {
    name: 'help',
    korean: '도움말',
    offeredTo: 'everyone',
    description: { en: 'What there is', ko: '무엇이 있는지' },
    action: describe('도움말', [text('command', { main: true })]),
    subcommands: {},
  },
];
