import { Routes, SlashCommandBuilder } from 'discord.js';
import { describe, expect, test } from 'vitest';
import { command, connect, newClient, PHOTO, start } from './bot.ts';

describe('commands', () => {
  const classify = new SlashCommandBuilder()
    .setName('classify')
    .setNameLocalization('ko', '분류')
    .setDescription('Shows what it sees')
    .setContexts(0)
    .addAttachmentOption((option) => option.setName('image').setDescription('The image').setRequired(true))
    .addNumberOption((option) => option.setName('threshold').setDescription('From when on'))
    .addStringOption((option) => option.setName('labels').setDescription('Which').setAutocomplete(true));

  test('are registered, kept, checked against what a user does, and completed', async () => {
    const { discord, client } = await connect({
      onInteraction: async (interaction) => {
        if (interaction.isAutocomplete()) {
          const { name, value } = interaction.options.getFocused(true);
          await interaction.respond([
            { name: `${name} ${value} ${interaction.options.getNumber('threshold')}`, value: 'v' },
          ]);
        } else await command(interaction).reply(String(command(interaction).options.getNumber('threshold')));
      },
    });
    const [first] = (await client.application?.commands.set([classify]))?.values() ?? [];
    const [again] = (await client.application?.commands.set([classify]))?.values() ?? [];
    expect(again?.id).toBe(first?.id);
    const fetched = await client.application?.commands.fetch({ withLocalizations: true });
    expect(fetched?.first()).toMatchObject({ name: 'classify', nameLocalizations: { ko: '분류' } });
    const plain = await client.rest.get(Routes.applicationCommands(discord.applicationId));
    expect(plain).toEqual([expect.not.objectContaining({ name_localizations: expect.anything() })]);
    await client.application?.commands.set([{ name: 'Look', type: 3 }], discord.guild.id);
    expect(discord.commands('guild')).toMatchObject([{ name: 'Look', type: 3, guild_id: discord.guild.id }]);
    const ask = { command: 'classify', attachments: { image: PHOTO } };
    expect(() => discord.slash({ command: 'other' })).toThrow('no ChatInput command "other"');
    expect(() => discord.slash({ command: 'classify' })).toThrow('requires image');
    expect(() => discord.slash({ ...ask, options: { nothing: 1 } })).toThrow('no option nothing');
    expect(() => discord.slash({ ...ask, where: 'dm' })).toThrow('not offered');
    const { answer } = await discord.slash({ ...ask, options: { threshold: 1 } }).answered();
    expect(answer?.content).toBe('1');
    const typing = { command: 'classify', option: 'labels', typed: 'do', options: { threshold: 0.5 } };
    expect((await discord.autocomplete(typing).answered()).choices).toEqual([{ name: 'labels do 0.5', value: 'v' }]);
    expect(discord.violations).toEqual([]);
  });

  const option = { type: 3, name: 'a', description: 'A' };
  const chat = { name: 'a', description: 'A' };
  const many = (count: number, of: object) =>
    Array.from({ length: count }, (_, index) => ({ ...of, name: `n${index}` }));
  test.each([
    ['command-name', [{ ...chat, name: 'Upper' }]],
    ['command-name', [{ ...chat, name: 'two words' }]],
    ['command-name', [{ ...chat, name_localizations: { ko: '두 단어' } }]],
    ['form', [{ ...chat, name_localizations: { xx: 'a' } }]],
    ['command-description', [{ ...chat, description: 'x'.repeat(101) }]],
    ['command-description', [{ ...chat, type: 3 }]],
    ['command-description', [{ ...chat, description_localizations: { ko: '' } }]],
    ['options', [{ ...chat, options: many(26, option) }]],
    ['option-name-twice', [{ ...chat, options: [option, option] }]],
    ['option-name-twice', [{ ...chat, options: many(2, { ...option, name_localizations: { ko: '가' } }) }]],
    ['required-first', [{ ...chat, options: [option, { ...option, name: 'b', required: true }] }]],
    ['subcommands', [{ ...chat, options: [option, { type: 1, name: 'b', description: 'B' }] }]],
    ['autocomplete', [{ ...chat, options: [{ ...option, type: 5, autocomplete: true }] }]],
    ['choices', [{ ...chat, options: [{ ...option, choices: many(26, { value: 'v' }) }] }]],
    ['choice-name', [{ ...chat, options: [{ ...option, choices: [{ name: 'x'.repeat(101), value: 'v' }] }] }]],
    ['choice-value', [{ ...chat, options: [{ ...option, choices: [{ name: 'x', value: 'v'.repeat(101) }] }] }]],
    ['commands', many(101, chat)],
    ['commands', many(16, { type: 3 })],
    ['command-name-twice', [chat, chat]],
    ['command-size', [{ ...chat, options: many(25, { ...option, choices: many(25, { value: 'v'.repeat(20) }) }) }]],
  ])('that break the rule %s are refused', async (rule, body) => {
    const discord = await start();
    const { rest } = newClient(discord);
    rest.setToken(discord.token);
    const put = rest.put(Routes.applicationCommands(discord.applicationId), { body });
    await expect(put).rejects.toMatchObject({ status: 400, code: 50035 });
    expect(discord.violations).toMatchObject([{ rule }]);
    expect(discord.commands()).toEqual([]);
  });
});
