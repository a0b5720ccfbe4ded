import type { Backend } from './backend.ts';
import type { Exchange } from './exchange.ts';
import { eventFileJson } from './file.ts';
import type { Message } from './message.ts';
import type { View } from './view.ts';
import type { Channel, Person, Workspace } from './world.ts';

/** A payload, or a part of one, before it is written as JSON. */
export type Json = Record<string, unknown>;

/** A message as Slack's events, shortcuts and methods show it. */
export function messageJson(backend: Backend, message: Message): Json {
  const { channel, author, ts, threadTs, text, blocks, files, edits, reactions } = message;
  const { team } = channel;
  const isOwn = author === team.botUser;
  const root = threadTs === undefined ? undefined : backend.messages.find(channel.id, threadTs);
  return {
    type: 'message',
    user: author,
    ts,
    text,
    team: team.id,
    ...(isOwn ? { bot_id: team.botId, app_id: backend.appId } : { client_msg_id: `client-${ts}` }),
    ...(threadTs === undefined ? {} : { thread_ts: threadTs, parent_user_id: root?.author }),
    ...(blocks.length > 0 ? { blocks } : {}),
    ...(files.length > 0 ? { files: files.map((file) => eventFileJson(file, backend.origin)), upload: true } : {}),
    ...(edits.length > 0 ? { edited: { user: author, ts } } : {}),
    ...(reactions.length > 0
      ? { reactions: reactions.map((name) => ({ name, users: [team.botUser], count: 1 })) }
      : {}),
  };
}

export function viewJson(backend: Backend, view: View, values: Json = {}): Json {
  const { id, person, previous, content, hash } = view;
  const { team } = person;
  const plain = (part: { text: string } | undefined) =>
    part === undefined ? null : { type: 'plain_text', emoji: true, ...part };
  return {
    id,
    team_id: team.id,
    type: content.type,
    title: plain(content.title),
    submit: plain(content.submit),
    close: plain(content.close),
    blocks: content.blocks,
    private_metadata: content.private_metadata ?? '',
    callback_id: content.callback_id ?? '',
    external_id: content.external_id ?? '',
    state: { values },
    hash,
    clear_on_close: content.clear_on_close ?? false,
    notify_on_close: content.notify_on_close ?? false,
    previous_view_id: previous?.id ?? null,
    root_view_id: rootOf(view).id,
    app_id: backend.appId,
    app_installed_team_id: team.id,
    bot_id: team.botId,
  };
}

/** What Slack wraps around an event. */
export function eventPayload(backend: Backend, team: Workspace, event: Json): Json {
  return {
    token: backend.verificationToken,
    team_id: team.id,
    context_team_id: team.id,
    context_enterprise_id: null,
    api_app_id: backend.appId,
    event: { event_ts: backend.ids.ts(), ...event },
    type: 'event_callback',
    event_id: backend.ids.next('Ev'),
    event_time: Math.floor(Date.now() / 1000),
    authorizations: [
      { enterprise_id: null, team_id: team.id, user_id: team.botUser, is_bot: true, is_enterprise_install: false },
    ],
    is_ext_shared_channel: false,
  };
}

/** What every use of a shortcut, a button or a form says first. */
export function interactionPayload(backend: Backend, type: string, exchange: Exchange, view?: View): Json {
  const { by } = exchange;
  return {
    type,
    token: backend.verificationToken,
    api_app_id: backend.appId,
    action_ts: backend.ids.ts(),
    team: { id: by.team.id, domain: by.team.domain },
    user: userJson(by),
    trigger_id: backend.views.trigger(exchange, view),
    is_enterprise_install: false,
    enterprise: null,
  };
}

export function channelNameJson({ id, name, kind }: Channel): Json {
  return { id, name: kind === 'private' ? 'privategroup' : name };
}

function userJson({ id, name, team }: Person): Json {
  return { id, username: name, name, team_id: team.id };
}

function rootOf(view: View): View {
  return view.previous ? rootOf(view.previous) : view;
}
