import type { Command } from '../src/chat/command.ts';
import { type CommandDescription, describeCommand } from '../src/chat/describe.ts';
import type { Services } from '../src/services.ts';
import { about } from './about.ts';
import { classify } from './classify.ts';
import { createHelp } from './help.ts';
import { labels } from './labels.ts';

/** Every command, in the order in which they are listed. A new one is added here and nowhere else. */
const list: readonly Command<Services>[] = [classify, labels, createHelp(() => descriptions), about];

export const commands: ReadonlyMap<string, Command<Services>> = new Map(list.map((command) => [command.name, command]));

export const descriptions: readonly CommandDescription[] = list.map(describeCommand);
