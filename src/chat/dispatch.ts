import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import { UserError } from '../errors.ts';
import type { Capacity } from './capacity.ts';
import type { Action, Command } from './command.ts';
import type { Cooldowns } from './cooldowns.ts';
import type { Locale } from './locale.ts';
import type { Reply, Visibility } from './reply.ts';
import type { Request } from './request.ts';
import { textsFor } from './texts/index.ts';

/** What an adapter renders: an answer, or a sentence that says what to do. `code` is `bug` where we are to blame. */
export type Outcome =
  | { kind: 'reply'; reply: Reply; visibility: Visibility }
  | { kind: 'error'; code: string; message: string };

export type Dispatch = (request: Request) => Promise<Outcome>;

interface Parts<Services> {
  commands: ReadonlyMap<string, Command<Services>>;
  services: Services;
  capacity: Capacity;
  cooldowns: Cooldowns;
  log: Logger;
}

/**
 * The one way from a request to its outcome. Who may, how often, how many at once, timing, logging and the line between
 * a user's error and a bug are decided here and nowhere else. Never rejects.
 */
export function createDispatch<Services>(parts: Parts<Services>): Dispatch {
  return async (request) => {
    const started = performance.now();
    const outcome = await attempt(parts, request);
    parts.log.info({
      command: [request.command, request.subcommand].filter(Boolean).join(' '),
      images: request.images.length,
      outcome: outcome.kind === 'reply' ? 'reply' : outcome.code,
      milliseconds: Math.round(performance.now() - started),
    });
    return outcome;
  };
}

async function attempt<Services>(parts: Parts<Services>, request: Request): Promise<Outcome> {
  try {
    const action = findAction(parts.commands, request);
    const release = admit(parts, action, request);
    try {
      const reply = await action.execute(request, parts.services);
      return { kind: 'reply', reply, visibility: action.policy.visibility };
    } finally {
      release();
    }
  } catch (error) {
    const outcome = toOutcome(error, request.locale);
    if (outcome.code === 'bug') parts.log.error({ err: error, message: outcome.message }, 'bug');
    return outcome;
  }
}

/** The sentence for an error: a user's own, or an apology with an id to find it by in the log. */
export function toOutcome(error: unknown, locale: Locale): Outcome & { kind: 'error' } {
  const texts = textsFor(locale);
  if (error instanceof UserError) return { kind: 'error', code: error.code, message: texts.error(error) };
  return { kind: 'error', code: 'bug', message: texts.bug(randomUUID().slice(0, 8)) };
}

function findAction<Services>(commands: ReadonlyMap<string, Command<Services>>, request: Request): Action<Services> {
  const command = commands.get(request.command);
  if (!command) throw new UserError('unknown-command', { name: request.command });
  if (command.kind === 'action') return command.action;
  const found = Object.entries(command.subcommands).find(([name]) => name === request.subcommand);
  if (found) return found[1];
  const subcommands = Object.keys(command.subcommands).join(', ');
  throw new UserError('subcommand-missing', { command: command.name, subcommands });
}

/** Checks everything that costs nothing, then takes a place. The returned function gives it back. */
function admit<Services>(parts: Parts<Services>, action: Action<Services>, request: Request): () => void {
  const { policy, images, options } = action;
  if (policy.who === 'manager' && !request.actor.isManager) {
    throw new UserError('not-allowed', { command: request.command });
  }
  const unknown = Object.keys(request.options).find((name) => !Object.hasOwn(options.shape, name));
  if (unknown !== undefined) throw new UserError('unknown-option', { name: unknown, command: request.command });
  if (request.images.length < images.min) throw new UserError('image-missing', {});
  if (request.images.length > images.max) throw new UserError('too-many-images', { limit: images.max });
  parts.cooldowns.check(request.actor.id, request.command, policy.cooldownSeconds);
  return parts.capacity.enter(request.actor.id);
}
