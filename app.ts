import type { Logger } from 'pino';
import { commands as chatCommands, pageCommands } from './commands/index.ts';
import { Capacity } from './src/chat/capacity.ts';
import { type Complete, createComplete } from './src/chat/completion.ts';
import { Cooldowns } from './src/chat/cooldowns.ts';
import { createDispatch, type Dispatch } from './src/chat/dispatch.ts';
import { type Config, useBundledFonts } from './src/config.ts';
import { createServices, type RunningServices } from './src/services.ts';

export interface App {
  dispatch: Dispatch;
  /** Of the local page, which may be asked more. */
  pageDispatch: Dispatch;
  complete: Complete;
  services: RunningServices;
}

/**
 * Everything between the adapters and the models: what main.ts runs, and what tests and the bench run.
 * @param commands those that may be asked
 */
export async function createApp(config: Config, log: Logger, commands = chatCommands): Promise<App> {
  useBundledFonts();
  const services = await createServices(config);
  const capacity = new Capacity(config.QUEUE_LIMIT);
  const shared = { services, capacity, cooldowns: new Cooldowns(), log };
  const dispatch = createDispatch({ commands, ...shared });
  const pageDispatch = createDispatch({ commands: pageCommands, ...shared });
  return { dispatch, pageDispatch, complete: createComplete(commands, services), services };
}
