import type { Answer } from '../../src/chat/answer.ts';
import { type FollowUpBook, toFollowUp } from '../../src/chat/follow-up.ts';
import type { Locale } from '../../src/chat/locale.ts';
import { paginate } from '../../src/chat/pages.ts';
import type { FileReference } from '../../src/chat/request.ts';
import { escapeText } from './escapes.ts';
import { LIMITS } from './limits.ts';
import { AS_IT_STANDS, type Message, section, toMessage } from './message.ts';
import { isDirect, type Visit } from './place.ts';
import { isNotInChannel, refusalOf } from './problems.ts';
import { respond } from './respond.ts';
import { slackTexts } from './texts.ts';
import { type Uploaded, upload } from './upload.ts';

const BLOCKS_REFUSED = ['invalid_blocks', 'invalid_blocks_format', 'invalid_arguments', 'internal_error'];

interface Context {
  followUps: FollowUpBook;
  locale: Locale;
  /** The images and zips that were asked about, for what can be done next. */
  images: readonly FileReference[];
}

/** Shows an answer to those who are to see it: all in the channel, in the thread it belongs to, or the asker alone. */
export async function deliver(visit: Visit, answer: Answer, { followUps, locale, images }: Context): Promise<void> {
  const pages = paginate(escapeText(answer.text), LIMITS.sectionText);
  const content = toFollowUp(answer, images, pages);
  const id = await followUps.keep(content);
  const { place } = visit;
  const isWhispered = answer.visibility === 'private' && !isDirect(place);
  const message = toMessage(pages[0] ?? '…', id, content, isWhispered ? { origin: place } : {});
  const files = await upload(answer, visit.client);
  if (isWhispered && files) return writeTo(visit, message, files);
  if (answer.visibility === 'private') return tell(visit, message, files);
  if (!answer.spoiler) return post(visit, message, files);
  // The text is what notifications show.
  const { covered } = slackTexts[locale];
  return post(await coverUp(visit, covered), { ...message, text: covered }, files);
}

/** In the channel. What has no file can be shown where the app is no member, as long as there is a response_url. */
async function post({ client, place }: Visit, message: Message, files: Uploaded | undefined): Promise<void> {
  const { channel, thread, responseUrl } = place;
  const where = { channel, ...AS_IT_STANDS, ...(thread ? { thread_ts: thread } : {}) };
  try {
    if (!files) await client.chat.postMessage({ ...where, ...message });
    else if (!(await share({ client, place }, files, message))) {
      await client.chat.postMessage({ ...where, ...message });
      await share({ client, place }, files);
    }
  } catch (error) {
    const mayRespond = isNotInChannel(error) && !files && responseUrl !== undefined;
    // Direct messages where the app is no member are those of two people, of whom one asked.
    const response_type = isDirect(place) ? 'ephemeral' : 'in_channel';
    const response = { response_type, thread_ts: thread, ...message } as const;
    if (!mayRespond || !(await respond(responseUrl, response))) throw error;
  }
}

/** Pictures and message in one. @returns whether Slack took them: it is known to refuse some blocks beside files */
async function share({ client, place }: Visit, files: Uploaded, message?: Message): Promise<boolean> {
  const where = { channel_id: place.channel, ...(place.thread ? { thread_ts: place.thread } : {}) };
  try {
    await client.files.completeUploadExternal({ ...where, files, ...(message && { blocks: message.blocks }) });
  } catch (error) {
    // The answer to an earlier try got lost, and the SDK tried again.
    if (refusalOf(error) === 'file_already_completed') return true;
    if (!message || !BLOCKS_REFUSED.includes(refusalOf(error) ?? '')) throw error;
    return false;
  }
  return true;
}

/** To the asker alone. Only a response_url reaches people in channels where the app is no member. */
async function tell(visit: Visit, message: Message, files?: Uploaded): Promise<void> {
  const { client, place } = visit;
  const { channel, user, within, responseUrl } = place;
  if (isDirect(place)) return post(visit, message, files);
  const response = { response_type: 'ephemeral', replace_original: false, thread_ts: within, ...message } as const;
  if (responseUrl !== undefined && (await respond(responseUrl, response))) return;
  const thread = within === undefined ? {} : { thread_ts: within };
  try {
    await client.chat.postEphemeral({ channel, user, ...thread, ...AS_IT_STANDS, ...message });
  } catch {
    await client.chat.postMessage({ channel: user, ...AS_IT_STANDS, ...message });
  }
}

/** In the direct messages with the asker, since what only one person sees in a channel cannot hold a file. */
async function writeTo({ client, place }: Visit, message: Message, files: Uploaded): Promise<void> {
  const { channel } = await client.chat.postMessage({ channel: place.user, ...AS_IT_STANDS, ...message });
  await share({ client, place: { ...place, channel: channel ?? place.user, thread: undefined } }, files);
}

/** Slack has no spoilers: what may hurt stands in a thread, below a line that does not. @returns where that is */
async function coverUp(visit: Visit, covered: string): Promise<Visit> {
  const { client, place } = visit;
  if (place.thread !== undefined) return visit;
  const message = { text: covered, blocks: [section(covered)] };
  const { ts } = await client.chat.postMessage({ channel: place.channel, ...AS_IT_STANDS, ...message });
  return { client, place: { ...place, thread: ts } };
}
