import type { Command } from '../src/chat/command.ts';
import { type CommandDescription, describeCommand } from '../src/chat/describe.ts';
import type { Services } from '../src/services.ts';
import { about } from './about.ts';
import { own } from './biasaudit.own.ts';
import { biasaudit } from './biasaudit.ts';
import { classify } from './classify.ts';
import { detect } from './detect.ts';
import { evaluate } from './evaluate.ts';
import { createHelp } from './help.ts';
import { how } from './how.ts';
import { labels } from './labels.ts';
import { matrix } from './matrix.ts';
import { models } from './models.ts';
import { prompts } from './prompts.ts';
import { saliency } from './saliency.ts';
import { segment } from './segment.ts';
import { stress } from './stress.ts';
import { teach } from './teach.ts';
import { warned } from './warned.ts';

/** Every command, in the order in which they are listed. A new one is added here and nowhere else. */
function listWith(audit: Command<Services>) {
  const list: readonly Command<Services>[] = [
    classify,
    saliency,
    detect,
    segment,
    prompts,
    matrix,
    stress,
    how,
    audit,
    labels,
    teach,
    evaluate,
    createHelp(() => descriptions),
    about,
  ];
  const descriptions = list.map(describeCommand);
  return { list, descriptions };
}

const forChats = listWith(biasaudit);
/** Where nobody looks on, people may bring pictures of people. A chat's dispatch does not even know how. */
const { run, ...others } = biasaudit.subcommands;
const forPage = listWith({ ...biasaudit, subcommands: { run, own, ...others } });
/** What only who sits at the machine may ask, on its command line. */
const operatorList: readonly Command<Services>[] = [...forPage.list, models];

export const commands = byName(forChats.list);
export const pageCommands = byName(forPage.list);
export const operatorCommands = byName(operatorList);

export const descriptions: readonly CommandDescription[] = forChats.descriptions;
export const pageDescriptions: readonly CommandDescription[] = forPage.descriptions;
export const operatorDescriptions: readonly CommandDescription[] = operatorList.map(describeCommand);

function byName(all: readonly Command<Services>[]): ReadonlyMap<string, Command<Services>> {
  return new Map(all.map((command) => [command.name, warned(command)]));
}
