import {
  ActionRowBuilder,
  AttachmentBuilder,
  ButtonBuilder,
  ButtonStyle,
  FileUploadBuilder,
  GatewayIntentBits,
  InteractionResponseType,
  LabelBuilder,
  type Message,
  MessageFlags,
  ModalBuilder,
  StringSelectMenuBuilder,
  TextInputBuilder,
  TextInputStyle,
} from 'discord.js';
import { describe, expect, test } from 'vitest';
import { command, connect, PHOTO, PNG } from './stand-in/bot.ts';

const DEFERRED = InteractionResponseType.DeferredChannelMessageWithSource;

const button = (label: string) => new ButtonBuilder({ label, customId: label, style: ButtonStyle.Secondary });
const row = (...buttons: ButtonBuilder[]) => new ActionRowBuilder<ButtonBuilder>().addComponents(...buttons);

describe('a slash command', () => {
  test('with an image is deferred, and answered with a file', async () => {
    const { discord } = await connect({
      onInteraction: async (interaction) => {
        const { options, ...rest } = command(interaction);
        expect(rest).toMatchObject({ context: 0, locale: 'ko', guildLocale: 'en-US', attachmentSizeLimit: 5_000_000 });
        const { url, contentType } = options.getAttachment('image', true);
        await command(interaction).deferReply();
        const bytes = Buffer.from(await (await fetch(url)).arrayBuffer());
        const file = new AttachmentBuilder(bytes, { name: 'SPOILER_answer.png', description: `a ${contentType}` });
        await command(interaction).editReply({
          content: `${options.getString('labels')} ${options.getInteger('top')} ${options.getBoolean('private')}`,
          files: [file],
          allowedMentions: { parse: [] },
        });
      },
    });
    const exchange = discord.slash({
      command: 'classify',
      options: { labels: 'cat, dog', top: 3, private: true },
      attachments: { image: PHOTO },
      locale: 'ko',
      attachmentSizeLimit: 5_000_000,
    });
    await exchange.acknowledged();
    expect(exchange).toMatchObject({ callbackType: DEFERRED, acknowledgedAfter: expect.any(Number) });
    expect(exchange.messages).toMatchObject([{ isThinking: true }]);
    const { answer, messages } = await exchange.settled();
    expect(messages).toHaveLength(1);
    expect(answer).toMatchObject({ content: 'cat, dog 3 true', edits: 1, isThinking: false, isEphemeral: false });
    expect(answer?.allowedMentions).toEqual({ parse: [] });
    const [file] = answer?.attachments ?? [];
    expect(file).toMatchObject({ filename: 'SPOILER_answer.png', description: 'a image/png', isSpoiler: true });
    expect(Buffer.from(file?.bytes ?? []).equals(PNG)).toBe(true);
    expect(discord.cdn.requests).toMatchObject([{ path: expect.stringContaining('/ephemeral-attachments/') }]);
    discord.forget(exchange);
    expect((await fetch(file?.payload.url ?? '')).status).toBe(404);
    expect(discord.violations).toEqual([]);
  });

  test.each([
    ['guild', 0, { 0: expect.any(String) }],
    ['dm', 1, { 0: '0' }],
    ['group', 2, { 1: expect.any(String) }],
  ])('can be answered in private in a %s', async (where, context, owners) => {
    const { discord } = await connect({
      onInteraction: async (interaction) => {
        expect(interaction.context).toBe(context);
        expect(interaction.authorizingIntegrationOwners).toMatchObject(owners);
        const { resource } = await command(interaction).deferReply({
          flags: MessageFlags.Ephemeral,
          withResponse: true,
        });
        expect(resource?.message?.flags?.has('Loading')).toBe(true);
        await command(interaction).editReply({ content: 'first' });
        const { id } = await command(interaction).followUp({ content: 'second' });
        await command(interaction).editReply({ message: id, content: 'third' });
        await command(interaction).deleteReply();
      },
    });
    const exchange = discord.slash({ command: 'labels', subcommand: 'show', where, by: 'manager' });
    const third = { content: 'third', edits: 1, isEphemeral: false };
    await expect.poll(() => exchange.messages).toMatchObject([{ isEphemeral: true, isDeleted: true }, third]);
    expect((await exchange.settled()).violations).toEqual([]);
  });

  test('tells what a member may do', async () => {
    const seen: (boolean | undefined)[] = [];
    const { discord } = await connect({
      onInteraction: async (interaction) => {
        seen.push(interaction.memberPermissions?.has('ManageChannels'), interaction.appPermissions.has('AttachFiles'));
        await command(interaction).reply('ok');
      },
    });
    await discord.slash({ command: 'x', by: 'manager' }).answered();
    discord.forbid(discord.channel.id);
    await discord.slash({ command: 'x' }).answered();
    expect(seen).toEqual([true, true, false, false]);
  });
});

describe('components', () => {
  test('of a message: a button that updates, a menu, and a form with both layouts', async () => {
    const modal = new ModalBuilder({ customId: 'form', title: 'Labels' })
      .addComponents(
        new ActionRowBuilder<TextInputBuilder>().addComponents(
          new TextInputBuilder({ customId: 'words', label: 'Words', style: TextInputStyle.Short, value: 'cat' }),
        ),
      )
      .addLabelComponents(
        new LabelBuilder().setLabel('Photo').setFileUploadComponent(new FileUploadBuilder().setCustomId('photo')),
      );
    const menu = new StringSelectMenuBuilder({
      customId: 'model',
      placeholder: 'Which model',
      options: [
        { label: 'Small', value: 's' },
        { label: 'Large', value: 'l' },
      ],
    });
    const { discord } = await connect({
      onInteraction: async (interaction) => {
        if (interaction.isChatInputCommand()) {
          await interaction.reply({
            content: 'Here',
            files: [{ attachment: PNG, name: 'a.png' }],
            components: [
              row(button('again'), button('words')),
              new ActionRowBuilder<StringSelectMenuBuilder>().addComponents(menu),
            ],
          });
        } else if (interaction.isStringSelectMenu()) await interaction.reply(`model ${interaction.values}`);
        else if (interaction.isButton() && interaction.customId === 'again') {
          const { url = '' } = interaction.message.attachments.first() ?? {};
          const { length } = Buffer.from(await (await fetch(url)).arrayBuffer());
          await interaction.deferUpdate();
          await interaction.editReply({ content: `${interaction.message.content} ${length}`, components: [] });
        } else if (interaction.isButton()) await interaction.showModal(modal);
        else if (interaction.isModalSubmit()) {
          const photo = interaction.fields.getUploadedFiles('photo')?.first();
          await interaction.reply(`${interaction.fields.getTextInputValue('words')} ${photo?.name}`);
        }
      },
    });
    const { answer } = await discord.slash({ command: 'classify' }).answered();
    if (!answer) throw new Error('no answer');
    expect((await discord.select(answer, 'Which model', ['Large']).answered()).answer?.content).toBe('model l');
    const asked = await discord.press(answer, 'words').answered();
    expect(asked.modal?.title).toBe('Labels');
    expect(() => discord.submit(asked, {})).toThrow('required');
    const sent = await discord.submit(asked, { Photo: [PHOTO] }).answered();
    expect(sent.answer?.content).toBe('cat cat.png');
    const pressed = await discord.press(answer, 'again').answered();
    expect(pressed.answer).toBe(answer);
    expect(answer).toMatchObject({ content: `Here ${PNG.length}`, components: [], attachments: [{}], edits: 1 });
    expect(() => discord.press(answer, 'again')).toThrow('no button');
    expect(discord.violations).toEqual([]);
  });

  test('of a private message are for the one who sees it', async () => {
    const { discord } = await connect({
      onInteraction: async (interaction) => {
        if (interaction.isButton()) await interaction.update('pressed');
        else
          await command(interaction).reply({
            components: [row(button('go'))],
            flags: MessageFlags.Ephemeral,
            content: 'x',
          });
      },
    });
    const { answer } = await discord.slash({ command: 'x' }).answered();
    if (!answer) throw new Error('no answer');
    expect(() => discord.press(answer, 'go', { by: 'manager' })).toThrow('only noor');
    expect((await discord.press(answer, 'go').answered()).answer).toMatchObject({ content: 'pressed', edits: 1 });
  });
});

test('a message command reads its target, with stickers, embeds and what was forwarded', async () => {
  const { discord } = await connect({
    onInteraction: async (interaction) => {
      if (!interaction.isMessageContextMenuCommand()) throw new Error('not a message command');
      const { content, attachments, embeds, stickers, messageSnapshots } = interaction.targetMessage;
      const urls = [
        attachments.first()?.url,
        stickers.first()?.url,
        messageSnapshots.first()?.attachments.first()?.url,
      ];
      const files = await Promise.all(
        urls.map(async (url = '') => (await (await fetch(url)).arrayBuffer()).byteLength),
      );
      await interaction.reply(`${content} ${embeds[0]?.image?.url} ${files}`);
    },
  });
  const message = discord.compose({
    content: 'secret',
    attachments: [PHOTO],
    embeds: [{ type: 'image', image: { url: 'https://example.org/a.png' } }],
    stickers: [{ ...PHOTO, name: 'wave' }],
    forwarded: [{ attachments: [PHOTO] }],
  });
  const { answer } = await discord.messageCommand({ name: 'Classify image', message }).answered();
  expect(answer?.content).toBe(`secret https://example.org/a.png ${[PNG, PNG, PNG].map(({ length }) => length)}`);
});

describe('messages', () => {
  const echo = async (message: Message) => {
    await message.channel.fetch();
    if ('sendTyping' in message.channel) await message.channel.sendTyping();
    const reply = await message.reply({ content: `${message.content}|${message.attachments.size}`, files: [PNG] });
    await reply.edit({ content: `${reply.content}!` });
  };

  test('that mention the bot, or reach it directly, are delivered whole', async () => {
    const { discord } = await connect({ onMessage: echo });
    const mentioned = discord.mention({ content: 'what is it', attachments: [PHOTO] });
    await expect.poll(() => mentioned).toMatchObject({ typing: 1, messages: [{ edits: 1, attachments: [{}] }] });
    expect(mentioned.answer?.content).toBe(`<@${discord.applicationId}> what is it|1!`);
    expect(mentioned.answer?.repliesTo).toBe(mentioned.message);
    const direct = await discord.directMessage({ content: 'hello' }).answered();
    expect(direct.answer?.content).toMatch('hello|0');
    const inThread = discord.mention({ content: 'here', where: discord.world.thread.id });
    expect((await inThread.answered()).answer?.channel).toBe(discord.world.thread);
    expect(discord.violations).toEqual([]);
  });

  test('of others come empty, except where they reply to the bot', async () => {
    const { discord } = await connect({ onMessage: echo });
    const { answer } = await discord.write({ content: 'secret', attachments: [PHOTO] }).answered();
    expect(answer?.content).toMatch(/^\|0/);
    if (!answer) throw new Error('no answer');
    const reply = discord.write({ content: 'why', replyTo: answer });
    expect((await reply.answered()).answer?.content).toMatch('why|0');
  });

  test('come only with the intent', async () => {
    const seen: string[] = [];
    const { discord } = await connect({
      onMessage: async ({ content }) => seen.push(content),
      client: { intents: [GatewayIntentBits.Guilds, GatewayIntentBits.DirectMessages] },
    });
    discord.mention({ content: 'one' });
    discord.directMessage({ content: 'two' });
    await expect.poll(() => seen).toEqual(['two']);
  });

  test('are sent once with a nonce, though the connection breaks after the first took effect', async () => {
    const { discord, client } = await connect({ client: { enforceNonce: true } });
    const dm = await client.users.createDM(discord.people.member.user.id);
    discord.fault({ method: 'POST', path: /messages$/, destroy: 'after' });
    const { id } = await dm.send('once');
    const posts = discord.requests.filter(({ path }) => path.endsWith('/messages'));
    expect(posts.map(({ status }) => status)).toEqual([0, 200]);
    expect((await dm.messages.fetch({ message: id, force: true })).content).toBe('once');
    await dm.messages.delete(id);
    await expect(dm.messages.fetch({ message: id, force: true })).rejects.toMatchObject({ code: 10008, status: 404 });
  });
});
