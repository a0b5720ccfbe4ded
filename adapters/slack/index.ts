import { App, type AuthorizeResult, webApi } from '@slack/bolt';
import type { Logger } from 'pino';
import { z } from 'zod';
import type { ChatParts, RunningChat } from '../../src/chat/parts.ts';
import { SeenEvents } from '../../src/chat/seen-events.ts';
import { ConfigError } from '../../src/config.ts';
import type { SlackConfig } from '../../src/slack-config.ts';
import type { Installations } from '../../src/store/installations.ts';
import { carefulFetch } from './careful-fetch.ts';
import { listenToControls } from './controls-used.ts';
import { Desk } from './desk.ts';
import { listenToHome } from './home.ts';
import { createHttp } from './http.ts';
import { createInstallationStore, listenToRemovals } from './installation-store.ts';
import { toSlackLogger } from './logger.ts';
import { listenToMessages } from './messages.ts';
import { persist } from './persist.ts';
import { createPost } from './posting.ts';
import { describeFailure, toUserError } from './problems.ts';
import { listenToShortcuts } from './shortcuts.ts';
import { listenToSlash } from './slash.ts';
import { createSocket } from './socket.ts';
import type { Transport } from './transport.ts';

export interface SlackParts extends ChatParts, SlackConfig {
  /** Of the workspaces that installed the app, where it is for several. */
  installations: Installations;
}

/** Of the SDK's own policies the shortest takes five minutes, in which nobody waits for an answer. */
const RETRIES = { retries: 4, minTimeout: 250, factor: 2, maxTimeout: 4_000 };
const CALL_MILLISECONDS = 15_000;

const REFUSED = 'SLACK_BOT_TOKEN is not accepted: install the app again and copy the token under OAuth & Permissions.';

/**
 * Connects to Slack and answers there.
 * @throws ConfigError with a sentence for the operator where Slack refuses for good
 */
export async function startSlack(parts: SlackParts): Promise<RunningChat> {
  const { log, access, apiUrl, installations } = parts;
  const logger = toSlackLogger(log);
  const calls = { retryConfig: RETRIES, timeout: CALL_MILLISECONDS, fetch: carefulFetch };
  const clientOptions = { slackApiUrl: apiUrl, logger, ...calls };
  const transport = createTransport(parts, clientOptions);
  const own = access.kind === 'token' ? await authorize(access.botToken, clientOptions, log) : undefined;
  const app = new App({
    ...{ receiver: transport.receiver, clientOptions, logger, convoStore: false },
    ...(own && { authorize: async () => own }),
  });
  // Mostly a socket that ended before what came through it was acknowledged, which then comes again.
  app.error(async (error) => log.warn(describeFailure(error), 'an event was not taken'));
  const desk = new Desk(parts, apiUrl, clientOptions);
  takeOnce(app);
  listenToSlash(app, desk);
  listenToShortcuts(app, desk);
  listenToMessages(app, desk);
  listenToControls(app, desk);
  listenToHome(app, desk, parts);
  listenToRemovals(app, installations);
  await transport.start();
  return {
    post: createPost(parts, clientOptions),
    isReady: () => transport.isReady(),
    async stop() {
      await transport.stop();
      await desk.stop();
    },
  };
}

function createTransport(parts: SlackParts, clientOptions: webApi.WebClientOptions): Transport {
  const { transport, access, apiUrl, installations, log } = parts;
  const logger = toSlackLogger(log);
  if (transport.kind === 'socket') {
    return createSocket({ appToken: transport.appToken, clientOptions, logger, log });
  }
  const oauth =
    access.kind === 'oauth' ? { access, store: createInstallationStore(installations, access.tokenKey) } : undefined;
  return createHttp({ transport, oauth, apiUrl, clientOptions, logger });
}

/** Whose token it is. Asked here, since the SDK would ask once and fail with every event where that failed. */
async function authorize(botToken: string, options: webApi.WebClientOptions, log: Logger): Promise<AuthorizeResult> {
  const client = new webApi.WebClient(botToken, options);
  const answer = await persist(
    () => client.auth.test(),
    (cause, again) => {
      const isRefused = toUserError(cause) !== cause;
      if (isRefused) throw new ConfigError(REFUSED, { cause });
      log.error({ again }, `Slack cannot be reached: ${String(cause)}`);
    },
  );
  const { bot_id: botId, user_id: botUserId, team_id: teamId } = answer ?? {};
  return { botToken, ...(botId && { botId }), ...(botUserId && { botUserId }), ...(teamId && { teamId }) };
}

const idSchema = z.object({ event_id: z.string().optional(), trigger_id: z.string().optional() });

/** Slack tells everything at least once: again after three seconds, after an error, or after a socket that ended. */
function takeOnce(app: App): void {
  const seen = new SeenEvents();
  app.use(async (args) => {
    const { event_id, trigger_id } = idSchema.parse(args.body);
    const id = event_id ?? trigger_id;
    if (id === undefined || seen.take(id)) return args.next();
    if ('ack' in args && typeof args.ack === 'function') await args.ack().catch(() => {});
  });
}
