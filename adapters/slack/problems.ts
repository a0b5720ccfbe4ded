import { webApi } from '@slack/bolt';
import { UserError } from '../../src/errors.ts';

const SIGNED_OUT = ['token_revoked', 'invalid_auth', 'account_inactive', 'not_authed', 'token_expired'];
/** Slack says that a private channel, or somebody else's direct messages, do not exist. */
const NOT_THERE = ['not_in_channel', 'channel_not_found'];
/** Archived, or only some may write in it. Channels are restricted in several ways, all of whose codes begin alike. */
const CLOSED = /^(is_archived|restricted_action.*|posting_to_(general_)?channel_denied)$/;
const LATE = ['expired_trigger_id', 'exchanged_trigger_id', 'invalid_trigger_id'];

/** What Slack answered a call with, where it refused it. */
export function refusalOf(error: unknown): string | undefined {
  return error instanceof webApi.WebAPIPlatformError ? error.data.error : undefined;
}

/** The sentence for a refusal of Slack's that people can mend; anything else as it is. */
export function toUserError(error: unknown): unknown {
  const code = refusalOf(error) ?? '';
  const options = { cause: error };
  if (code === 'missing_scope') return new UserError('scope-missing', { scope: neededScope(error) }, options);
  if (SIGNED_OUT.includes(code)) return new UserError('signed-out', {}, options);
  if (NOT_THERE.includes(code)) return new UserError('not-in-channel', {}, options);
  if (CLOSED.test(code)) return new UserError('channel-closed', {}, options);
  if (LATE.includes(code)) return new UserError('form-late', {}, options);
  return error;
}

/** What the log is told of a failure: not the address, which may be as good as a token, nor what was to be sent. */
export function describeFailure(error: unknown): { reason: string; code: string | undefined } {
  return { reason: error instanceof Error ? error.message : String(error), code: refusalOf(error) };
}

/** Whether nothing can be written in that channel any more. */
export function isShut(error: unknown): boolean {
  return isNotInChannel(error) || CLOSED.test(refusalOf(error) ?? '');
}

export function isNotInChannel(error: unknown): boolean {
  return NOT_THERE.includes(refusalOf(error) ?? '');
}

function neededScope(error: unknown): string {
  const needed = error instanceof webApi.WebAPIPlatformError && 'needed' in error.data ? error.data.needed : undefined;
  return typeof needed === 'string' ? needed : '?';
}
