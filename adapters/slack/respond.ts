import type { Message } from './message.ts';
import { post } from './post.ts';

interface Response extends Message {
  response_type?: 'ephemeral' | 'in_channel';
  replace_original?: boolean;
  thread_ts?: string | undefined;
}

/** Answers at a response_url. @returns whether Slack took it: after five answers or half an hour it does not */
export async function respond(url: string, response: Response): Promise<boolean> {
  const status = await post(url, JSON.stringify(response), 'application/json').catch(() => undefined);
  return status === 200;
}
