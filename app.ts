import type { Logger } from 'pino';
import { commands as chatCommands } from './commands/index.ts';
import { Capacity } from './src/chat/capacity.ts';
import { type Complete, createComplete } from './src/chat/completion.ts';
import { Cooldowns } from './src/chat/cooldowns.ts';
import { createDispatch, type Dispatch } from './src/chat/dispatch.ts';
import { type Config, useBundledFonts } from './src/config.ts';
import { createServices, type RunningServices } from './src/services.ts';

export interface App {
  dispatch: Dispatch;
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
  const dispatch = createDispatch({ commands, services, capacity, cooldowns: new Cooldowns(), log });
  return { dispatch, complete: createComplete(commands, services), services };
}
