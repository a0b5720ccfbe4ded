import type { Receiver } from '@slack/bolt';

/** How Slack's events reach the app. */
export interface Transport {
  readonly receiver: Receiver;
  isReady(): boolean;
  /** @throws ConfigError with a sentence for the operator where it can never work so */
  start(): Promise<void>;
  /** Takes no more events. */
  stop(): Promise<void>;
}
