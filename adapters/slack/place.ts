import type { webApi } from '@slack/bolt';

/** Where something was asked, and so where its answer goes. */
export interface Place {
  team: string;
  channel: string;
  user: string;
  /** The thread that a public answer belongs to. */
  thread?: string | undefined;
  /** The thread the asker looks at, where a private answer is seen. */
  within?: string | undefined;
  /** Takes five answers within half an hour, also where the app is no member. */
  responseUrl?: string | undefined;
}

/** Somebody who asks, with the token of that workspace. */
export interface Visit {
  place: Place;
  client: webApi.WebClient;
}

/** Ids of direct messages begin so: those with the app, and those of two people where a command was typed. */
export function isDirect({ channel }: Place): boolean {
  return channel.startsWith('D');
}
