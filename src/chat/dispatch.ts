import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import { UserError } from '../errors.ts';
import type { Capacity } from './capacity.ts';
import { type Action, type Command, findAction } from './command.ts';
import type { Cooldowns } from './cooldowns.ts';
import type { Locale } from './locale.ts';
import { PROGRESS_PACE, type ProgressPace, ProgressReport } from './progress.ts';
import type { Button, Reply, Visibility } from './reply.ts';
import type { Request } from './request.ts';
import { textsFor } from './texts/index.ts';

/**
 * What an adapter renders: an answer, or a sentence that says what to do, with a button where one can do it.
 * `code` is `bug` where we are to blame.
 */
export type Outcome =
  | { kind: 'reply'; reply: Reply; visibility: Visibility }
  | { kind: 'error'; code: string; message: string; buttons?: readonly Button[] };

/** Shows that an answer is coming, to those who will see it. Resolves once the platform knows; rejects where it does not. */
export type Defer = (visibility: Visibility) => Promise<void>;

/** Shows a line, in the place of the answer that is to come, to those who will see that. May fail: nothing depends on it. */
export type Tell = (line: string, visibility: Visibility) => Promise<void>;

/** Those who wait for an answer, as far as their platform reaches them meanwhile. */
export interface Waiting {
  defer?: Defer | undefined;
  tell?: Tell | undefined;
}

export type Dispatch = (request: Request, waiting?: Waiting) => Promise<Outcome>;

interface Parts<Services> {
  commands: ReadonlyMap<string, Command<Services>>;
  services: Services;
  capacity: Capacity;
  cooldowns: Cooldowns;
  log: Logger;
  progressPace?: ProgressPace;
}

/**
 * The one way from a request to its outcome. Who may, how often, how many at once, timing, logging and the line between
 * a user's error and a bug are decided here and nowhere else. What is refused is refused before `defer` is called, what
 * takes time is begun after it. Never rejects.
 */
export function createDispatch<Services>(parts: Parts<Services>): Dispatch {
  return async (request, waiting = {}) => {
    const started = performance.now();
    const outcome = await attempt(parts, request, waiting);
    parts.log.info({
      // A command that there is not is something that a person wrote.
      command: parts.commands.has(request.command)
        ? [request.command, request.subcommand].filter(Boolean).join(' ')
        : undefined,
      images: request.images.length,
      archives: request.archives.length,
      outcome: outcome.kind === 'reply' ? 'reply' : outcome.code,
      milliseconds: Math.round(performance.now() - started),
    });
    return outcome;
  };
}

async function attempt<Services>(parts: Parts<Services>, request: Request, waiting: Waiting): Promise<Outcome> {
  try {
    const action = requireAction(parts.commands, request);
    const release = admit(parts, action, request);
    try {
      const visibility = request.visibility ?? action.policy.visibility;
      if (waiting.defer) await waiting.defer(visibility);
      return { kind: 'reply', reply: await execute(parts, action, request, visibility, waiting), visibility };
    } finally {
      release();
    }
  } catch (error) {
    const outcome = toOutcome(error, request.locale, request);
    if (outcome.code === 'bug') parts.log.error({ err: error, message: outcome.message }, 'bug');
    return outcome;
  }
}

/** Lets the action do its work, and those who wait know how far it is. */
async function execute<Services>(
  { services, progressPace = PROGRESS_PACE }: Parts<Services>,
  action: Action<Services>,
  request: Request,
  visibility: Visibility,
  { tell }: Waiting,
): Promise<Reply> {
  if (!tell) return action.execute(request, services, () => {});
  const progress = new ProgressReport(async (line) => tell(line, visibility), request.locale, progressPace);
  try {
    return await action.execute(request, services, progress.update);
  } finally {
    await progress.end();
  }
}

/** The sentence for an error: a user's own, or an apology with an id to find it by in the log. */
export function toOutcome(error: unknown, locale: Locale, request?: Request): Outcome & { kind: 'error' } {
  const texts = textsFor(locale);
  if (!(error instanceof UserError)) {
    return { kind: 'error', code: 'bug', message: texts.bug(randomUUID().slice(0, 8)) };
  }
  const outcome = { kind: 'error', code: error.code, message: texts.error(error) } as const;
  if (!request || !error.remedy) return outcome;
  return { ...outcome, buttons: [askAgain(request, error.remedy.ask, texts.type)] };
}

/** The same again, with an option that the person is asked for first. */
function askAgain({ command, subcommand, options }: Request, option: string, label: string): Button {
  return { label, command, subcommand, options, withImages: true, ask: [option] };
}

function requireAction<Services>(commands: ReadonlyMap<string, Command<Services>>, request: Request): Action<Services> {
  const command = commands.get(request.command);
  if (!command) throw new UserError('unknown-command', { name: request.command });
  const action = findAction(command, request.subcommand);
  if (action) return action;
  const subcommands = command.kind === 'group' ? Object.keys(command.subcommands).join(', ') : '';
  throw new UserError('subcommand-missing', { command: command.name, subcommands });
}

/** Checks everything that costs nothing, then takes a place. The returned function gives it back. */
function admit<Services>(parts: Parts<Services>, action: Action<Services>, request: Request): () => void {
  const { policy, images, archives = { min: 0, max: 0 }, options } = action;
  if (policy.who === 'manager' && !request.actor.isManager) {
    throw new UserError('not-allowed', { command: request.command });
  }
  const unknown = Object.keys(request.options).find((name) => !Object.hasOwn(options.shape, name));
  if (unknown !== undefined) throw new UserError('unknown-option', { name: unknown, command: request.command });
  const isRefused = request.images.length > 0 || (archives.max === 0 && request.archives.length > 0);
  if (images.refusal && isRefused) throw new UserError(images.refusal, {});
  if (request.archives.length > archives.max) throw new UserError('too-many-archives', { limit: archives.max });
  if (request.archives.length < archives.min) throw new UserError('archive-missing', {});
  if (request.images.length < images.min) throw new UserError('image-missing', {});
  if (request.images.length > images.max) throw new UserError('too-many-images', { limit: images.max });
  const { actor, channel, command } = request;
  if (policy.pace && !actor.isOperator) parts.cooldowns.check(command, actor.id, channel, policy.pace);
  return parts.capacity.enter(actor.id);
}
