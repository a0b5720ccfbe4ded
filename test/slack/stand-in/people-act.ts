import { Backend } from './backend.ts';
import { type Delivery, Exchange, type Start } from './exchange.ts';
import type { UserFile } from './file.ts';
import { type Interactive, interactive, labelOf, optionOf } from './interactive.ts';
import type { Message } from './message.ts';
import { channelNameJson, eventPayload, interactionPayload, type Json, messageJson, viewJson } from './payloads.ts';
import { showAcknowledgement } from './responses.ts';
import { afterSubmission, type Entry, stateOf } from './submission.ts';
import type { View } from './view.ts';
import type { Channel, Person } from './world.ts';

interface Writing {
  text?: string;
  files?: readonly UserFile[];
  by: Person;
  where: Channel;
  /** In the thread of this message. */
  threadTs?: string | undefined;
}

/** What people do in Slack. Each is delivered to the app at once, and gives what the app does about it. */
export abstract class PeopleAct {
  protected readonly backend = new Backend();

  protected abstract deliver(delivery: Delivery): void;

  /** `/command text`, written where there is no thread. */
  slash({ command, text = '', by, where }: { command: string; text?: string; by: Person; where: Channel }): Exchange {
    const { backend } = this;
    const onAcknowledged = (body: unknown) => showAcknowledgement(backend, exchange, where, body);
    const exchange = this.#begin({ what: command, by, where, onAcknowledged });
    return this.#send(exchange, 'slash_commands', {
      token: backend.verificationToken,
      team_id: by.team.id,
      team_domain: by.team.domain,
      channel_id: where.id,
      channel_name: channelNameJson(where).name,
      user_id: by.id,
      user_name: by.name,
      command,
      text,
      api_app_id: backend.appId,
      is_enterprise_install: 'false',
      response_url: this.#responseUrl(exchange, where),
      trigger_id: backend.views.trigger(exchange),
    });
  }

  /** A shortcut in a message's menu. */
  shortcut({ callbackId, message, by }: { callbackId: string; message: Message; by: Person }): Exchange {
    const { backend } = this;
    const { channel: where, ts, threadTs = ts } = message;
    const exchange = this.#begin({ what: callbackId, by, where, threadTs });
    return this.#send(exchange, 'interactive', {
      ...interactionPayload(backend, 'message_action', exchange),
      callback_id: callbackId,
      channel: channelNameJson(where),
      message_ts: ts,
      message: messageJson(backend, message),
      response_url: this.#responseUrl(exchange, where),
    });
  }

  /** A shortcut in the menu beside the text field. */
  globalShortcut({ callbackId, by }: { callbackId: string; by: Person }): Exchange {
    const exchange = this.#begin({ what: callbackId, by });
    const payload = interactionPayload(this.backend, 'shortcut', exchange);
    return this.#send(exchange, 'interactive', { ...payload, callback_id: callbackId });
  }

  /** A message that the app is not told of. */
  write({ text = '', files = [], by, where, threadTs }: Writing): Message {
    const { backend } = this;
    const stored = files.map((file) => backend.files.share(file, by));
    return backend.messages.post({ channel: where, author: by.id, via: 'person', text, files: stored, threadTs });
  }

  /**
   * A message that mentions the app; the mention is put before the text where it has none.
   * @throws Error where the app is not in the channel, for then Slack does not tell it
   */
  mention({ text = '', ...rest }: Writing): Exchange {
    const { botUser } = rest.by.team;
    if (!rest.where.hasApp) throw new Error(`the app is not in ${rest.where.name}, so it is not told`);
    const address = `<@${botUser}>`;
    const full = text.includes(address) ? text : `${address} ${text}`.trim();
    return this.#say('app_mention', { ...rest, text: full }, { type: 'app_mention' });
  }

  /** A message to the app alone. */
  directMessage({ text = '', files = [], by, threadTs }: Omit<Writing, 'where'>): Exchange {
    const where = this.backend.world.dm(by);
    const subtype = files.length > 0 ? { subtype: 'file_share' } : {};
    return this.#say('message.im', { text, files, by, where, threadTs }, { channel_type: 'im', ...subtype });
  }

  /**
   * A click on a button: `which` is its text, value or action_id.
   * @param entries what was filled in before, as for `submit`
   */
  press(on: Message | View, which: string, by: Person, entries: Record<string, Entry> = {}): Exchange {
    const found = interactive(blocksOf(on), which);
    const { text, value, url } = found.element;
    return this.#act(on, found, { text, value, url }, by, entries);
  }

  /** A choice in a menu outside a form: `which` is its action_id or placeholder, `option` a text or value. */
  select(on: Message | View, which: string, option: string | readonly string[], by: Person): Exchange {
    const found = interactive(blocksOf(on), which);
    const { element } = found;
    const isMany = element.type === 'multi_static_select' || element.type === 'checkboxes';
    const chosen = [option].flat().map((one) => optionOf(element, one));
    const value = isMany ? { selected_options: chosen } : { selected_option: chosen[0] };
    return this.#act(on, found, value, by, element.type === 'overflow' ? {} : { [found.actionId]: option });
  }

  /**
   * Fills in a modal and submits it.
   * @param entries by action_id, block_id or label
   */
  submit(view: View, entries: Record<string, Entry> = {}, by: Person = view.person): Exchange {
    const { backend } = this;
    if (!view.isOpen) throw new Error(`the view ${view.content.title?.text ?? view.id} is closed`);
    const onAcknowledged = (body: unknown) => afterSubmission(backend, view, exchange, body);
    const origin = view.exchange;
    const what = `submit ${view.content.callback_id ?? view.id}`;
    const place = { where: origin?.where, threadTs: origin?.threadTs };
    const exchange = this.#begin({ what, by, onAcknowledged, ...place });
    const { values, missing } = stateOf(backend, view.content.blocks, entries, exchange);
    if (missing.length > 0) throw new Error(`Slack asks for ${missing.join(', ')}`);
    view.exchange = exchange;
    return this.#send(exchange, 'interactive', {
      ...interactionPayload(backend, 'view_submission', exchange, view),
      view: viewJson(backend, view, values),
      response_urls: [],
    });
  }

  /** Closes a modal without submitting. The app is told only where it asked for that. */
  dismiss(view: View): Exchange | undefined {
    view.isOpen = false;
    if (view.content.notify_on_close !== true) return undefined;
    const exchange = this.#begin({ what: 'close', by: view.person, where: view.exchange?.where });
    const { trigger_id: _, ...payload } = interactionPayload(this.backend, 'view_closed', exchange);
    return this.#send(exchange, 'interactive', { ...payload, view: viewJson(this.backend, view), is_cleared: false });
  }

  openHome(by: Person): Exchange {
    const { backend } = this;
    const where = backend.world.dm(by);
    const exchange = this.#begin({ what: 'app_home_opened', by, where });
    const view = backend.views.home(by);
    return this.#event(exchange, {
      type: 'app_home_opened',
      user: by.id,
      channel: where.id,
      tab: 'home',
      ...(view ? { view: viewJson(backend, view) } : {}),
    });
  }

  /** Removes the app from a workspace: its tokens end, and it is told twice. */
  uninstall(by: Person): Exchange {
    for (const installation of this.backend.world.installationsIn(by.team)) installation.state = 'inactive';
    const exchange = this.#begin({ what: 'app_uninstalled', by });
    this.#event(exchange, { type: 'tokens_revoked', tokens: { oauth: [], bot: [by.team.botUser] } });
    return this.#event(exchange, { type: 'app_uninstalled' });
  }

  /** All the ways in which Slack tells an app of its own messages. It must not answer itself. */
  ownMessage({ by, text = 'said by the app itself' }: { by: Person; text?: string }): Exchange {
    const { backend } = this;
    const where = backend.world.dm(by);
    const { botUser, botId } = by.team;
    const exchange = this.#begin({ what: 'own message', by, where });
    const message = backend.messages.post({ channel: where, author: botUser, via: 'itself', text, exchange });
    exchange.messages.pop();
    const seen = { ...messageJson(backend, message), channel: where.id, channel_type: 'im' };
    const { ts } = message;
    const hidden = { type: 'message', hidden: true, channel: where.id, channel_type: 'im' };
    this.#event(exchange, seen);
    this.#event(exchange, { ...seen, subtype: 'bot_message', bot_id: botId });
    this.#event(exchange, { ...seen, type: 'app_mention', text: `<@${botUser}> ${text}` });
    this.#event(exchange, { ...hidden, subtype: 'message_changed', message: seen, previous_message: seen, ts });
    return this.#event(exchange, { ...hidden, subtype: 'message_deleted', deleted_ts: ts, previous_message: seen, ts });
  }

  /** Any other event, for what the stand-in has no words of its own. */
  event(event: Json, by: Person, where?: Channel): Exchange {
    return this.#event(this.#begin({ what: String(event.type), by, where }), event);
  }

  #say(what: string, writing: Writing, more: Json): Exchange {
    const { backend } = this;
    const message = this.write(writing);
    const { by, where, threadTs = message.ts } = writing;
    const exchange = this.#begin({ what, by, where, threadTs });
    backend.messages.ownedBy(exchange, message);
    for (const file of message.files) backend.files.ownedBy(exchange, file);
    return this.#event(exchange, {
      ...messageJson(backend, message),
      channel: where.id,
      event_ts: message.ts,
      ...more,
    });
  }

  #act(
    on: Message | View,
    { blockId, actionId, element }: Interactive,
    value: Json,
    by: Person,
    entries: Record<string, Entry>,
  ): Exchange {
    const { backend } = this;
    const action = {
      type: element.type,
      action_id: actionId,
      block_id: blockId,
      action_ts: backend.ids.ts(),
      ...value,
    };
    const what = `use ${labelOf(element) ?? actionId}`;
    if (!('channel' in on)) {
      const where = on.content.type === 'home' ? backend.world.dm(by) : on.exchange?.where;
      const exchange = this.#begin({ what, by, where, threadTs: on.exchange?.threadTs });
      const { values } = stateOf(backend, on.content.blocks, entries, exchange);
      on.exchange = exchange;
      return this.#send(exchange, 'interactive', {
        ...interactionPayload(backend, 'block_actions', exchange, on.content.type === 'modal' ? on : undefined),
        container: { type: 'view', view_id: on.id },
        view: viewJson(backend, on, values),
        actions: [action],
      });
    }
    const { channel: where, ts, threadTs } = on;
    const isEphemeral = on.visibleTo !== undefined;
    const exchange = this.#begin({ what, by, where, threadTs: threadTs ?? ts });
    const place = { message_ts: ts, channel_id: where.id, is_ephemeral: isEphemeral };
    return this.#send(exchange, 'interactive', {
      ...interactionPayload(backend, 'block_actions', exchange),
      container: { type: 'message', ...place, ...(threadTs === undefined ? {} : { thread_ts: threadTs }) },
      channel: channelNameJson(where),
      // Slack does not tell what an ephemeral message said.
      ...(isEphemeral ? {} : { message: messageJson(backend, on) }),
      state: { values: stateOf(backend, on.blocks, entries, exchange).values },
      response_url: this.#responseUrl(exchange, where, on),
      actions: [action],
    });
  }

  #begin(start: Omit<Start, 'clock'>): Exchange {
    const { clock, exchanges } = this.backend;
    const exchange = new Exchange({ clock, ...start });
    exchanges.add(exchange);
    return exchange;
  }

  #event(exchange: Exchange, event: Json): Exchange {
    return this.#send(exchange, 'events_api', eventPayload(this.backend, exchange.by.team, event));
  }

  #send(exchange: Exchange, type: Delivery['type'], payload: Json): Exchange {
    const id = this.backend.ids.next('envelope-');
    const delivery = { id, type, payload, exchange, attempts: 0, isAcknowledged: false };
    exchange.deliveries.push(delivery);
    this.deliver(delivery);
    return exchange;
  }

  #responseUrl(exchange: Exchange, where: Channel, original?: Message): string {
    return this.backend.origin + this.backend.responseUrls.open(this.backend.ids.next(''), exchange, where, original);
  }
}

function blocksOf(on: Message | View) {
  return 'channel' in on ? on.blocks : on.content.blocks;
}
