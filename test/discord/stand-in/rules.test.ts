import { type Client, InteractionResponseType, MessageFlags, type RawFile, Routes } from 'discord.js';
import { describe, expect, test } from 'vitest';
import { connect, PNG } from './bot.ts';
import type { Exchange } from './exchange.ts';

const DEFERRED = InteractionResponseType.DeferredChannelMessageWithSource;

describe('rules', () => {
  const { ChannelMessageWithSource, Modal, ApplicationCommandAutocompleteResult } = InteractionResponseType;
  const data = (count: number): RawFile[] =>
    Array.from({ length: count }, (_, index) => ({ name: `${index}.png`, data: PNG, contentType: 'image/png' }));
  const buttons = (count: number, change: object = {}) =>
    Array.from({ length: count }, (_, index) => ({ type: 2, style: 2, label: 'b', custom_id: `b${index}`, ...change }));
  const rows = (...components: object[]) => ({ components: [{ type: 1, components }] });
  const options = (count: number) => Array.from({ length: count }, (_, index) => ({ label: 'o', value: `${index}` }));
  const menu = (change: object) => rows({ type: 3, custom_id: 'm', options: options(1), ...change });
  const input = { type: 4, custom_id: 'i', label: 'I', style: 1 };
  const form = (change: object) => ({ custom_id: 'f', title: 'F', ...rows(input), ...change });
  const long = 'x'.repeat(101);

  test.each<[rule: string, type: InteractionResponseType, body: object, files?: RawFile[], code?: number]>([
    ['content-length', ChannelMessageWithSource, { content: 'x'.repeat(2001) }],
    ['empty-message', ChannelMessageWithSource, {}, [], 50006],
    ['files-count', ChannelMessageWithSource, {}, data(11)],
    ['file-size', ChannelMessageWithSource, {}, [{ name: 'a', data: Buffer.alloc(1001) }], 40005],
    ['alt-text', ChannelMessageWithSource, { attachments: [{ id: 0, description: 'x'.repeat(1025) }] }, data(1)],
    ['attachment-id', ChannelMessageWithSource, { content: 'x', attachments: [{ id: 7 }] }],
    ['embeds', ChannelMessageWithSource, { embeds: Array(11).fill({ title: 'x' }) }],
    ['embed-text', ChannelMessageWithSource, { embeds: [{ title: 'x'.repeat(257) }] }],
    ['custom-id', ChannelMessageWithSource, rows(...buttons(1, { custom_id: long }))],
    ['custom-id', ChannelMessageWithSource, rows(...buttons(1, { custom_id: '' }))],
    ['custom-id-twice', ChannelMessageWithSource, rows(...buttons(2, { custom_id: 'b' }))],
    ['button-label', ChannelMessageWithSource, rows(...buttons(1, { label: 'x'.repeat(81) }))],
    ['buttons-in-row', ChannelMessageWithSource, rows(...buttons(6))],
    ['rows', ChannelMessageWithSource, { components: Array(6).fill({ type: 1, components: buttons(1) }) }],
    ['select-alone', ChannelMessageWithSource, rows(...buttons(1), { type: 3, custom_id: 'm', options: options(1) })],
    ['select-options', ChannelMessageWithSource, menu({ options: options(26) })],
    ['option-label', ChannelMessageWithSource, menu({ options: [{ label: long, value: 'v' }] })],
    ['option-value', ChannelMessageWithSource, menu({ options: [{ label: 'l', value: long }] })],
    [
      'option-description',
      ChannelMessageWithSource,
      menu({ options: [{ label: 'l', value: 'v', description: long }] }),
    ],
    ['not-modelled', ChannelMessageWithSource, { flags: MessageFlags.IsComponentsV2 }],
    ['form', ChannelMessageWithSource, { content: 7 }],
    ['modal-title', Modal, form({ title: 'x'.repeat(46) })],
    ['modal-components', Modal, form({ components: Array(6).fill({ type: 1, components: [input] }) })],
    ['modal-row', Modal, form(rows(input, { ...input, custom_id: 'j' }))],
    ['field-label', Modal, form({ components: [{ type: 18, label: 'x'.repeat(46), component: input }] })],
    ['custom-id-twice', Modal, form({ components: Array(2).fill({ type: 18, label: 'l', component: input }) })],
    ['callback-type', ApplicationCommandAutocompleteResult, { choices: [] }],
  ])('%s', async (rule, type, body, files = [], code = 50035) => {
    const { discord, client } = await connect();
    const exchange = discord.slash({ command: 'x', attachmentSizeLimit: 1000 });
    await expect(callback(client, exchange, { type, data: body }, files)).rejects.toMatchObject({ code });
    expect(exchange).toMatchObject({ violations: [{ rule }], acknowledgedAfter: undefined, messages: [] });
  });

  const callback = ({ rest }: Client, { id, token }: Exchange, body: object, files: RawFile[] = []) =>
    rest.post(Routes.interactionCallback(id, token), { auth: false, body, files });

  test('choices', async () => {
    const { discord, client } = await connect();
    const exchange = discord.autocomplete({ command: 'x', option: 'o', typed: '' });
    const body = {
      type: ApplicationCommandAutocompleteResult,
      data: { choices: Array(26).fill({ name: 'n', value: 'v' }) },
    };
    await expect(callback(client, exchange, body)).rejects.toMatchObject({ code: 50035 });
    expect(exchange.violations).toMatchObject([{ rule: 'choices' }]);
  });

  test('of acknowledging, of tokens, of permissions and of what is not there', async () => {
    const { discord, client } = await connect({ client: { rest: { api: '' } }, prepare: () => {} }).catch(() =>
      connect(),
    );
    const defer = { type: DEFERRED };
    const exchange = discord.slash({ command: 'x' });
    const { rest } = client;
    const original = Routes.webhookMessage(discord.applicationId, exchange.token);
    const edit = () => rest.patch(original, { auth: false, body: { content: 'x' } });
    await expect(edit()).rejects.toMatchObject({ code: 10015 });
    await callback(client, exchange, defer);
    // What was deferred in public stays so.
    await rest.patch(original, { auth: false, body: { content: 'x', flags: MessageFlags.Ephemeral } });
    expect(exchange.answer?.isEphemeral).toBe(false);
    await expect(callback(client, exchange, defer)).rejects.toMatchObject({ status: 400, code: 40060 });
    await rest.delete(original, { auth: false });
    await expect(edit()).rejects.toMatchObject({ status: 404, code: 10008 });
    discord.expire(exchange);
    await expect(edit()).rejects.toMatchObject({ status: 401, code: 50027 });
    const rules = ['not-acknowledged', 'acknowledged-twice', 'unknown-message', 'token-expired'];
    expect(exchange.violations.map(({ rule }) => rule)).toEqual(rules);
    discord.forbid(discord.channel.id);
    const send = rest.post(Routes.channelMessages(discord.channel.id), { body: { content: 'x' } });
    await expect(send).rejects.toMatchObject({ status: 403, code: 50013 });
    await expect(rest.get('/nowhere')).rejects.toMatchObject({ status: 404 });
    expect(discord.violations.at(-1)).toMatchObject({ rule: 'unknown-route', request: 'GET /nowhere' });
  });

  test('of three seconds', async () => {
    const { discord, client } = await connect();
    const exchange = discord.slash({ command: 'x' });
    discord.fault({ path: /callback/, late: 3_001 });
    await expect(callback(client, exchange, { type: DEFERRED })).rejects.toMatchObject({ status: 404, code: 10062 });
    expect(exchange.violations).toMatchObject([{ rule: 'acknowledged-late' }]);
    await expect(exchange.acknowledged(1)).rejects.toThrow('was not acknowledged');
  });

  test('of five follow-ups where only a user has installed it', async () => {
    const { discord, client } = await connect();
    const exchange = discord.slash({ command: 'x', where: 'group' });
    await callback(client, exchange, { type: ChannelMessageWithSource, data: { content: 'x' } });
    const more = () =>
      client.rest.post(Routes.webhook(discord.applicationId, exchange.token), { auth: false, body: { content: 'x' } });
    for (let count = 0; count < 5; count += 1) await more();
    await expect(more()).rejects.toMatchObject({ code: 40094 });
  });
});
