import { PermissionFlagsBits } from 'discord.js';
import { onTestFinished, describe, expect, it } from 'vitest';
import { toCommands } from '../../adapters/discord/commands.ts';
import { startDiscord } from '../../adapters/discord/index.ts';
import { inviteLink } from '../../adapters/discord/invite.ts';
import { descriptions } from '../../commands/index.ts';
import type { CommandDescription } from '../../src/chat/describe.ts';
import { openStage, partsOf } from '../contract/stage.ts';
import { DiscordStandIn } from './stand-in/stand-in.ts';

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
        { name: 'top', type: 4, min_value: 1, max_value: 100 },
        { name: 'image2', type: 11, required: false, name_localizations: { ko: '이미지2' } },
        { name: 'image3' },
        { name: 'image4' },
        { name: 'private', type: 5, name_localizations: { ko: '비공개' } },
      ],
    });
  });

  it('have subcommands with Korean names, for those who manage channels', () => {
    expect(named('labels')).toMatchObject({
      default_member_permissions: String(PermissionFlagsBits.ManageChannels),
      options: expect.arrayContaining([
        expect.objectContaining({ name: 'set', type: 1, name_localizations: { ko: '정하기' } }),
        expect.objectContaining({ name: 'preset', options: [expect.objectContaining({ name: 'name', required: true })] }),
      ]),
    });
  });

  it('stand on messages where the command says so', () => {
    expect(named('Classify')).toMatchObject({ type: 3, name_localizations: { ko: '분류하기' }, contexts: [0, 1, 2] });
    expect(toCommands(descriptions).filter(({ type }) => type === 3)).toHaveLength(1);
  });

  it('offer choices as they are', () => {
    const [classify] = descriptions;
    if (!classify?.action) throw new Error('no classify');
    const method = { ...classify.action.options[1], name: 'method', kind: 'choice', choices: ['dense', 'gradcam'] };
    const action = { ...classify.action, options: [method] };
    const [command] = toCommands([{ ...classify, action } as CommandDescription]);
    const choices = [
      { name: 'dense', value: 'dense' },
      { name: 'gradcam', value: 'gradcam' },
    ];
    expect(command).toMatchObject({ options: expect.arrayContaining([expect.objectContaining({ choices })]) });
  });
});
