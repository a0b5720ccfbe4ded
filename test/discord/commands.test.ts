import { PermissionFlagsBits } from 'discord.js';
import { describe, expect, it, onTestFinished } from 'vitest';
import { toCommands } from '../../adapters/discord/commands.ts';
import { startDiscord } from '../../adapters/discord/index.ts';
import { inviteLink } from '../../adapters/discord/invite.ts';
import { descriptions } from '../../commands/index.ts';
import type { CommandDescription } from '../../src/chat/describe.ts';
import type { OptionDescription } from '../../src/chat/options.ts';
import { openStage, partsOf } from '../contract/stage.ts';
import { DiscordStandIn } from './stand-in/stand-in.ts';

const stage = await openStage();

const named = (name: string) => toCommands(descriptions).find((command) => command.name === name);

describe('the commands as Discord gets them', () => {
  it('take images as attachments, labels with completion, and a wish to be private', () => {
    expect(named('classify')).toMatchObject({
      name_localizations: { ko: '분류' },
      description_localizations: { ko: expect.stringMatching(/이미지/) },
      contexts: [0, 1, 2],
      integration_types: [0, 1],
      default_member_permissions: null,
      options: [
        { name: 'image', type: 11, required: true, file_types: ['image'], name_localizations: { ko: '이미지' } },
        { name: 'labels', type: 3, required: false, autocomplete: true, name_localizations: { ko: '라벨' } },
        { name: 'template', type: 3, autocomplete: true },
        { name: 'model', type: 3, autocomplete: true },
        { name: 'top', type: 4, min_value: 1, max_value: 100 },
        { name: 'image2', type: 11, required: false, name_localizations: { ko: '이미지2' } },
        ...[3, 4, 5, 6, 7, 8, 9, 10].map((number) => ({ name: `image${number}` })),
        { name: 'private', type: 5, name_localizations: { ko: '비공개' } },
      ],
    });
  });

  it('offer as many images as the command promises', () => {
    const { images } = descriptions.find(({ name }) => name === 'matrix')?.action ?? { images: { max: 0 } };
    const matrix = named('matrix');
    const options = matrix && 'options' in matrix ? (matrix.options ?? []) : [];
    expect(images.max).toBe(10);
    expect(options.filter(({ name }) => /^image\d*$/.test(name))).toHaveLength(images.max);
    expect(options.length).toBeLessThanOrEqual(25);
  });

  it('have subcommands with Korean names, for those who manage channels', () => {
    const labels = named('labels');
    expect(labels?.default_member_permissions).toBe(String(PermissionFlagsBits.ManageChannels));
    const subcommands = labels && 'options' in labels ? labels.options : undefined;
    expect(subcommands?.find(({ name }) => name === 'set')).toMatchObject({
      type: 1,
      name_localizations: { ko: '정하기' },
      options: [{ name: 'labels', required: true }, { name: 'template' }, { name: 'private' }],
    });
  });

  it('stand on messages where the command says so', () => {
    expect(named('Classify')).toMatchObject({ type: 3, name_localizations: { ko: '분류하기' }, contexts: [0, 1, 2] });
    const titles = toCommands(descriptions).filter(({ type }) => type === 3);
    expect(titles.map(({ name }) => name)).toEqual(['Classify', 'Why?', 'Where?']);
  });

  it('take zips as attachments of their own', () => {
    const [unpack] = toCommands(partsOf(stage).commands.filter(({ name }) => name === 'unpack'));
    expect(unpack && 'options' in unpack ? unpack.options?.slice(0, 3) : []).toMatchObject([
      { name: 'archive', type: 11, required: true, file_types: ['.zip'], name_localizations: { ko: '압축파일' } },
      { name: 'archive2', required: false, name_localizations: { ko: '압축파일2' } },
      { name: 'labels' },
    ]);
  });

  it('offer choices as they are', () => {
    const about = { en: 'how', ko: '어떻게' };
    const method: OptionDescription = {
      ...{
        name: 'method',
        korean: '방법',
        kind: 'choice',
        required: true,
        description: about,
        main: false,
        afterMain: false,
      },
      ...{ choices: ['dense', 'gradcam'], suggestions: [] },
    };
    const policy = { who: 'everyone', visibility: 'private' } as const;
    const action = {
      description: about,
      options: [method],
      images: { min: 0, max: 0 },
      archives: { min: 0, max: 0 },
      policy,
      completed: [],
    };
    const why = {
      name: 'why',
      korean: '왜',
      description: about,
      offeredTo: 'everyone',
      action,
      subcommands: {},
    } as const;
    const [command] = toCommands([why]);
    const choices = [
      { name: 'dense', value: 'dense' },
      { name: 'gradcam', value: 'gradcam' },
    ];
    expect(command).toMatchObject({ options: [{ name: 'method', required: true, choices }] });
  });
});

describe('registration', () => {
  async function registering(discord: DiscordStandIn, commands: readonly CommandDescription[], guild?: string) {
    const parts = { ...partsOf(await openStage()), commands };
    const { token, apiUrl } = discord;
    const before = discord.requests.length;
    const running = await startDiscord({ ...parts, token, apiUrl, shards: 'auto', guild });
    await running.stop();
    const overwrites = discord.requests
      .slice(before)
      .filter(({ method, path }) => method === 'PUT' && /commands$/.test(path));
    return overwrites.length;
  }

  it('happens when something changed, and only then', async () => {
    const discord = await DiscordStandIn.start();
    onTestFinished(() => discord.close());
    expect(await registering(discord, descriptions)).toBe(1);
    expect(await registering(discord, descriptions)).toBe(0);
    expect(await registering(discord, descriptions.toReversed())).toBe(0);
    const [first, ...others] = descriptions;
    if (!first) throw new Error('no commands');
    const changed = { ...first, description: { ...first.description, ko: '다른 설명' } };
    expect(await registering(discord, [changed, ...others])).toBe(1);
    expect(await registering(discord, others)).toBe(1);
    expect(discord.commands().map(({ name }) => name)).toEqual([...others.map(({ name }) => name), 'Why?', 'Where?']);
    // The stand-in holds what is registered to Discord's limits.
    expect(discord.violations).toEqual([]);
  });

  it('is for one server where that is said', async () => {
    const discord = await DiscordStandIn.start();
    onTestFinished(() => discord.close());
    expect(await registering(discord, descriptions, discord.guild.id)).toBe(1);
    expect(discord.commands('guild')).toHaveLength(descriptions.length + 3);
    expect(discord.commands()).toEqual([]);
  });
});

describe('the invitation', () => {
  it('asks for what is needed and no more', () => {
    const token = `${Buffer.from('123456789012345678').toString('base64url')}.x.y`;
    const { origin, pathname, searchParams } = new URL(inviteLink(token));
    expect(origin + pathname).toBe('https://discord.com/oauth2/authorize');
    expect(searchParams.get('client_id')).toBe('123456789012345678');
    expect(searchParams.get('scope')).toBe('bot applications.commands');
    const { ViewChannel, SendMessages, SendMessagesInThreads, AttachFiles, ReadMessageHistory } = PermissionFlagsBits;
    const needed = ViewChannel | SendMessages | SendMessagesInThreads | AttachFiles | ReadMessageHistory;
    expect(BigInt(searchParams.get('permissions') ?? 0)).toBe(needed);
  });

  it.each([undefined, '', 'not a token', 'e30.x.y'])('says what is wrong with the token %s', (token) => {
    expect(() => inviteLink(token)).toThrow(/DISCORD_TOKEN is not a bot token.*Reset Token/);
  });
});
