import { type Context, Hono, type MiddlewareHandler } from 'hono';
import { streamSSE } from 'hono/streaming';
import type { Logger } from 'pino';
import type { CommandDescription } from '../../src/chat/describe.ts';
import { type Dispatch, toOutcome } from '../../src/chat/dispatch.ts';
import { type Locale, toLocale } from '../../src/chat/locale.ts';
import type { ModelStatus } from '../../src/clip/status.ts';
import { describeFailure } from './answer.ts';
import type { Asset } from './assets.ts';
import { UploadMemory } from './body.ts';
import { FileStore, KEPT_SECONDS } from './file-store.ts';
import { onlyOwnHost, onlyOwnPages, protectiveHeaders } from './guard.ts';
import { describeRefusal, RefusalError } from './refusal.ts';
import { runCommand } from './run-command.ts';

const STATUS_MILLISECONDS = 500;

export interface AppParts {
  commands: readonly CommandDescription[];
  dispatch: Dispatch;
  status: () => ModelStatus;
  /** Whether all else that is configured is up. */
  isReady: () => boolean;
  host: string;
  log: Logger;
  assets: ReadonlyMap<string, Asset>;
  /** Aborted once the server takes no more requests. */
  stopping: AbortSignal;
}

export interface Environment {
  Variables: { locale: Locale };
}

/** The page and its interface over HTTP, without the listening. */
export function createApp(parts: AppParts): Hono<Environment> {
  const files = new FileStore();
  const memory = new UploadMemory();
  const app = new Hono<Environment>();

  app.use(inLanguageAsked, protectiveHeaders, closing(parts.stopping), onlyOwnHost(parts.host));
  app.get('/livez', (c) => c.json({ live: true }));
  app.get('/readyz', (c) => {
    const ready = parts.status().state === 'ready' && parts.isReady();
    return c.json({ ready }, ready ? 200 : 503);
  });
  app.get('/api/commands', (c) => c.json(parts.commands));
  app.get('/api/status', (c) => streamStatus(c, parts));
  app.get('/images/:id/:name', (c) => sendKept(c, files, 'inline'));
  app.get('/files/:id/:name', (c) => sendKept(c, files, 'attachment'));
  app.post('/api/commands', onlyOwnPages, (c) => runCommand(c, { ...parts, files, memory }));
  app.get('*', (c) => sendAsset(c, parts.assets));
  app.notFound(() => {
    throw new RefusalError('not-found');
  });
  app.onError((error, c) => explain(error, c, parts.log));
  return app;
}

const inLanguageAsked: MiddlewareHandler<Environment> = async (c, next) => {
  c.set('locale', toLocale(c.req.header('accept-language')));
  await next();
};

/** Once stopping, refuses what comes and lets connections end, so that the server can close. */
function closing(stopping: AbortSignal): MiddlewareHandler {
  return async (c, next) => {
    if (stopping.aborted) throw new RefusalError('stopping');
    await next();
    if (stopping.aborted) c.header('connection', 'close');
  };
}

function streamStatus(c: Context, { status, stopping }: AppParts): Response {
  return streamSSE(c, async (stream) => {
    let sent = '';
    while (!stream.aborted && !stopping.aborted) {
      const data = JSON.stringify(status());
      if (data !== sent) await stream.writeSSE({ data });
      sent = data;
      await stream.sleep(STATUS_MILLISECONDS);
    }
  });
}

/** The name stands in the path, where every browser takes it from, in any script. */
function sendKept(c: Context, files: FileStore, disposition: 'inline' | 'attachment'): Response {
  const kept = files.find(c.req.param('id') ?? '');
  if (!kept) throw new RefusalError('not-found');
  c.header('content-type', kept.mediaType);
  c.header('content-disposition', disposition);
  c.header('cache-control', `private, max-age=${KEPT_SECONDS}, immutable`);
  return c.body(new Uint8Array(kept.bytes));
}

function sendAsset(c: Context, assets: ReadonlyMap<string, Asset>): Response {
  const asset = assets.get(c.req.path);
  if (!asset) throw new RefusalError('not-found');
  c.header('content-type', asset.mediaType);
  c.header('cache-control', 'no-cache');
  return c.body(asset.body);
}

function explain(error: Error, c: Context<Environment>, log: Logger): Response {
  const locale = c.get('locale');
  if (error instanceof RefusalError) {
    const { body, status } = describeRefusal(error.refusal, locale);
    return c.json(body, status);
  }
  const outcome = toOutcome(error, locale);
  if (outcome.code === 'bug') log.error({ err: error, message: outcome.message }, 'bug');
  const { body, status } = describeFailure(outcome);
  return c.json(body, status);
}
