import { setTimeout as delay } from 'node:timers/promises';
import type { Message } from './message.ts';

/** The SDK's own `respond` neither ends in time nor tries again. */
const TIME_LIMIT = 10_000;
const ATTEMPTS = 3;
const MOST_PATIENCE_SECONDS = 5;

interface Response extends Message {
  response_type?: 'ephemeral' | 'in_channel';
  replace_original?: boolean;
  thread_ts?: string | undefined;
}

/** Answers at a response_url. @returns whether Slack took it: after five answers or half an hour it does not */
export async function respond(url: string, response: Response): Promise<boolean> {
  const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(response) };
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    const answer = await fetch(url, { ...init, redirect: 'error', signal: AbortSignal.timeout(TIME_LIMIT) }).catch(
      () => undefined,
    );
    await answer?.body?.cancel();
    if (answer?.ok) return true;
    if (answer && answer.status !== 429 && answer.status < 500) return false;
    const seconds = Number(answer?.headers.get('retry-after') ?? 0.2 * attempt);
    if (attempt < ATTEMPTS) await delay(Math.min(seconds, MOST_PATIENCE_SECONDS) * 1000);
  }
  return false;
}
