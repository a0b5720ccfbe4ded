import { type Logger, LogLevel } from '@slack/bolt';
import type { Logger as Pino } from 'pino';

/**
 * Lets the SDK log to ours. What it would say below a warning is left out: there it prints bodies, which hold what people
 * wrote, and addresses that are as good as tokens.
 */
export function toSlackLogger(log: Pino): Logger {
  const text = (parts: unknown[]) => parts.map((part) => (part instanceof Error ? part.message : part)).join(' ');
  return {
    debug() {},
    info() {},
    warn: (...parts) => log.warn(`Slack: ${text(parts)}`),
    error: (...parts) => log.error(`Slack: ${text(parts)}`),
    setLevel() {},
    setName() {},
    getLevel: () => LogLevel.WARN,
  };
}
