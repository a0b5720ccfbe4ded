import type { App, types } from '@slack/bolt';
import { toAnswer } from '../../src/chat/answer.ts';
import { toFollowUp } from '../../src/chat/follow-up.ts';
import { parseLine } from '../../src/chat/line.ts';
import type { Locale } from '../../src/chat/locale.ts';
import { paginate } from '../../src/chat/pages.ts';
import type { ChatParts } from '../../src/chat/parts.ts';
import { PRESETS } from '../../src/chat/presets.ts';
import { toControls } from './controls.ts';
import type { Desk } from './desk.ts';
import { escapeText } from './escapes.ts';
import { LIMITS } from './limits.ts';
import { section } from './message.ts';
import { homeSchema } from './payloads.ts';
import type { Visit } from './place.ts';
import { slackTexts } from './texts.ts';

/** What the commands themselves say of the labels and of the model stands in the home tab as well. */
const LABELS = 'labels show';
const ABOUT = 'about';

/** The home tab: how to ask, the labels of the direct messages, ready-made ones, the model and what is stored. */
export function listenToHome(app: App, desk: Desk, { dispatch }: Pick<ChatParts, 'dispatch'>): void {
  app.event('app_home_opened', async ({ event, client, context }) => {
    const { user, channel, tab } = homeSchema.parse(event);
    if (tab !== 'home') return;
    const visit = { client, place: { team: context.teamId ?? '', channel, user } };
    const locale = await desk.people.locale(visit);
    const labels = await sayInHome(visit, desk, dispatch, LABELS);
    const about = await sayInHome(visit, desk, dispatch, ABOUT);
    await client.views.publish({ user_id: user, view: { type: 'home', blocks: toBlocks(labels, about, locale) } });
  });
}

async function sayInHome(
  visit: Visit,
  desk: Desk,
  dispatch: ChatParts['dispatch'],
  line: string,
): Promise<types.KnownBlock[]> {
  const request = await desk.toRequest(visit, { ...parseLine(line, desk.commands), images: [], archives: [] });
  const { text, buttons } = toAnswer(await dispatch({ ...request, visibility: 'public' }), request);
  const content = toFollowUp({ buttons, choices: [] }, [], []);
  const id = await desk.followUps.keep(content);
  const pages = paginate(escapeText(text), LIMITS.sectionText);
  return [...pages.map(section), ...toControls(id, content, { origin: visit.place })];
}

function toBlocks(labels: types.KnownBlock[], about: types.KnownBlock[], locale: Locale): types.KnownBlock[] {
  const texts = slackTexts[locale];
  const presets = Object.entries(PRESETS).map(([name, preset]) => {
    return `${name} (${preset.title[locale]}): ${preset.labels[locale].join(', ')}`;
  });
  const blocks = [
    header(texts.homeTitle),
    section(escapeText(texts.homeLines.join('\n'))),
    header(texts.homeLabels),
    ...labels,
    header(texts.homePresets),
    section(escapeText(presets.join('\n'))),
    header(texts.homeAbout),
    ...about,
  ];
  return blocks.slice(0, LIMITS.homeBlocks);
}

function header(text: string): types.HeaderBlock {
  return { type: 'header', text: { type: 'plain_text', text, emoji: false } };
}
