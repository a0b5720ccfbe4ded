import { z } from 'zod';

const POST = 'chat.postMessage';
const TIME_LIMIT = 5_000;
/** Clocks differ a little. */
const SINCE_SECONDS = 30;

const foundSchema = z.object({
  messages: z.array(z.object({ ts: z.string(), text: z.string().default(''), bot_id: z.string().optional() })),
});

/**
 * `fetch` for the SDK, which does again whatever breaks off. Where that was posting a message, Slack may have taken it, and
 * knows nothing by which doing it twice would leave one: so it is looked for first. Without the scope to look, it is not.
 */
export const carefulFetch: typeof fetch = async (input, init) => {
  try {
    return await fetch(input, init);
  } catch (error) {
    const url = String(input);
    const found =
      url.endsWith(POST) && typeof init?.body === 'string' ? await find(url, init.body, init.headers) : undefined;
    if (found) return Response.json({ ok: true, ...found });
    throw error;
  }
};

async function find(url: string, body: string, headers: HeadersInit | undefined) {
  const posted = new URLSearchParams(body);
  const [channel = '', text, thread] = ['channel', 'text', 'thread_ts'].map((name) => posted.get(name) ?? undefined);
  const oldest = String(Date.now() / 1000 - SINCE_SECONDS);
  const where = new URLSearchParams({ channel, oldest, limit: '100', ...(thread !== undefined && { ts: thread }) });
  const method = thread === undefined ? 'conversations.history' : 'conversations.replies';
  try {
    const answer = await fetch(url.slice(0, -POST.length) + method, {
      ...{ method: 'POST', body: where, redirect: 'error', signal: AbortSignal.timeout(TIME_LIMIT) },
      headers: { authorization: new Headers(headers).get('authorization') ?? '' },
    });
    const { data } = foundSchema.safeParse(await answer.json());
    const message = data?.messages.find((one) => one.bot_id !== undefined && one.text === text);
    return message && { channel, ts: message.ts, message };
  } catch {
    return undefined;
  }
}
