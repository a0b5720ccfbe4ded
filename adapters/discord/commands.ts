import {
  type APIApplicationCommandBasicOption,
  type APIApplicationCommandOption,
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ApplicationIntegrationType,
  InteractionContextType,
  PermissionFlagsBits,
  type RESTPutAPIApplicationCommandsJSONBody,
} from 'discord.js';
import type { ActionDescription, CommandDescription } from '../../src/chat/describe.ts';
import type { Localised } from '../../src/chat/locale.ts';
import type { OptionDescription } from '../../src/chat/options.ts';
import { LIMITS } from './limits.ts';
import { discordTexts } from './texts.ts';

/** The name of the option that makes a public answer private. */
export const PRIVATE = 'private';

const EVERYWHERE = {
  integration_types: [ApplicationIntegrationType.GuildInstall, ApplicationIntegrationType.UserInstall],
  contexts: [InteractionContextType.Guild, InteractionContextType.BotDM, InteractionContextType.PrivateChannel],
};

/** What is registered with Discord: every command behind a slash, and those that are offered on messages there as well. */
export function toCommands(commands: readonly CommandDescription[]): RESTPutAPIApplicationCommandsJSONBody {
  return [...commands.map(slashCommand), ...commands.flatMap(messageCommand)];
}

/** What kinds of file there are options for, and what Discord lets people choose there. */
const FILE_TYPES = { image: ['image'], archive: ['.zip'] } as const;

function slashCommand(command: CommandDescription): RESTPutAPIApplicationCommandsJSONBody[number] {
  const subcommands = Object.entries(command.subcommands).map(([name, subcommand]) => ({
    type: ApplicationCommandOptionType.Subcommand as const,
    ...texts(name, subcommand.korean, subcommand.description),
    options: basicOptions(subcommand),
  }));
  const options: APIApplicationCommandOption[] = command.action ? basicOptions(command.action) : subcommands;
  return {
    type: ApplicationCommandType.ChatInput,
    ...texts(command.name, command.korean, command.description),
    options,
    default_member_permissions: permissions(command),
    ...EVERYWHERE,
  };
}

function messageCommand(command: CommandDescription): RESTPutAPIApplicationCommandsJSONBody {
  if (!command.onMessage) return [];
  const { en, ko } = command.onMessage;
  return [
    {
      type: ApplicationCommandType.Message,
      name: en,
      name_localizations: { ko },
      default_member_permissions: permissions(command),
      ...EVERYWHERE,
    },
  ];
}

function permissions({ offeredTo }: CommandDescription): string | null {
  return offeredTo === 'manager' ? String(PermissionFlagsBits.ManageChannels) : null;
}

/** Discord wants what is required first. Beyond the first image, images come last: few people need them. */
function basicOptions(action: ActionDescription): APIApplicationCommandBasicOption[] {
  const [first, ...more] = attachments('image', action.images);
  const archives = attachments('archive', action.archives);
  const options = action.options.map((option) => basicOption(option, action));
  const isPublic = action.policy.visibility === 'public';
  const all = [...(first ? [first] : []), ...archives, ...options, ...more, ...(isPublic ? [privateOption()] : [])];
  return [...all.filter(({ required }) => required), ...all.filter(({ required }) => !required)];
}

function basicOption(option: OptionDescription, { completed }: ActionDescription): APIApplicationCommandBasicOption {
  const { name, korean, description, required, minimum, maximum } = option;
  const shared = { ...texts(name, korean, description), required };
  switch (option.kind) {
    case 'integer':
      return {
        type: ApplicationCommandOptionType.Integer,
        ...shared,
        ...(minimum !== undefined && { min_value: minimum }),
        ...(maximum !== undefined && { max_value: maximum }),
      };
    case 'choice': {
      const choices = option.choices.map((value) => ({ name: value, value }));
      return { type: ApplicationCommandOptionType.String, ...shared, choices };
    }
    case 'text': {
      const autocomplete = option.suggestions.length > 0 || completed.includes(name);
      return { type: ApplicationCommandOptionType.String, ...shared, autocomplete };
    }
  }
}

/** The options for files of a kind, in order: `image`, `image2`, ... */
function attachments(
  kind: keyof typeof FILE_TYPES,
  { min, max }: ActionDescription['images'],
): APIApplicationCommandBasicOption[] {
  const { en, ko } = discordTexts;
  const description = { en: en[`${kind}Description`], ko: ko[`${kind}Description`] };
  return Array.from({ length: Math.min(max, LIMITS.attachmentOptions) }, (_, i) => {
    const number = i === 0 ? '' : i + 1;
    return {
      type: ApplicationCommandOptionType.Attachment,
      ...texts(`${kind}${number}`, `${ko[kind]}${number}`, description),
      file_types: [...FILE_TYPES[kind]],
      required: i < min,
    };
  });
}

function privateOption(): APIApplicationCommandBasicOption {
  const { en, ko } = discordTexts;
  return {
    type: ApplicationCommandOptionType.Boolean,
    ...texts(PRIVATE, ko.private, { en: en.privateDescription, ko: ko.privateDescription }),
    required: false,
  };
}

function texts(name: string, korean: string, description: Localised) {
  return {
    name,
    name_localizations: { ko: korean },
    description: description.en,
    description_localizations: { ko: description.ko },
  };
}
