import { setTimeout as delay } from 'node:timers/promises';

const TIME_LIMIT = 30_000;
const ATTEMPTS = 4;
const MOST_PATIENCE_SECONDS = 5;

/**
 * Posts to an address that Slack gave, which is not the SDK's to do. Tries again where Slack fails or asks to wait.
 * @returns the status of the last answer
 * @throws Error where there was none
 */
export async function post(url: string, body: string | Uint8Array, contentType: string): Promise<number> {
  const init = {
    method: 'POST',
    headers: { 'content-type': contentType },
    body: new Blob([new Uint8Array(Buffer.from(body))]),
  };
  for (let attempt = 1; ; attempt += 1) {
    const signal = AbortSignal.timeout(TIME_LIMIT);
    const answer = await fetch(url, { ...init, redirect: 'error', signal }).catch((error: unknown) => {
      if (attempt === ATTEMPTS) throw error;
    });
    await answer?.body?.cancel();
    const isFinal = answer && answer.status !== 429 && answer.status < 500;
    if (answer && (isFinal || attempt === ATTEMPTS)) return answer.status;
    const seconds = Number(answer?.headers.get('retry-after') ?? 0.2 * attempt);
    await delay(Math.min(seconds, MOST_PATIENCE_SECONDS) * 1000);
  }
}
