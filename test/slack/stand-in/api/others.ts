import { z } from 'zod';
import { exchangeCode } from '../oauth.ts';
import { Refusal } from '../refusal.ts';
import { flag, json } from '../rules/content.ts';
import { argumentsOf, channelFor, type Method, method, personFor } from './method.ts';

const user = z.object({ user: z.string(), include_locale: flag.optional() });
const reaction = z.object({ channel: z.string(), timestamp: z.string(), name: z.string() });
const status = z.object({
  channel_id: z.string(),
  thread_ts: z.string(),
  status: z.string(),
  loading_messages: json(z.array(z.string()).max(10)).optional(),
});

/** Methods about tokens, people, reactions and what shows that an answer is on its way. */
export const others: Record<string, Method> = {
  'auth.test': method([], z.object({}), (_, { backend, installation: { team } }) => ({
    url: `https://${team.domain}.slack.com/`,
    team: team.name,
    user: 'cliplens',
    team_id: team.id,
    user_id: team.botUser,
    bot_id: team.botId,
    app_id: backend.appId,
    is_enterprise_install: false,
  })),

  'auth.revoke': method([], z.object({ test: flag.optional() }), ({ test }, { installation }) => {
    if (test !== true) installation.state = 'revoked';
    return { revoked: test !== true };
  }),

  'apps.connections.open': ({ backend, token }) => {
    if (token === undefined) throw new Refusal('not_authed');
    if (token.startsWith('xoxb-')) throw new Refusal('not_allowed_token_type');
    if (token !== backend.appToken) throw new Refusal('invalid_auth');
    return { url: backend.openTicket() };
  },

  'oauth.v2.access': ({ backend, request, raw }) => {
    const [id, secret] = Buffer.from(/^Basic (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '', 'base64')
      .toString()
      .split(':');
    const schema = z.object({
      code: z.string(),
      client_id: z.string().default(id ?? ''),
      client_secret: z.string().default(secret ?? ''),
      redirect_uri: z.string().optional(),
    });
    return exchangeCode(backend, argumentsOf(schema, raw));
  },

  'users.info': method(['users:read'], user, (args, caller) => {
    const person = personFor(caller, args.user);
    return {
      user: {
        id: person.id,
        team_id: person.team.id,
        name: person.name,
        real_name: person.name,
        deleted: false,
        is_admin: person.isAdmin,
        is_owner: person.isOwner,
        is_primary_owner: person.isOwner,
        is_restricted: false,
        is_ultra_restricted: false,
        is_bot: false,
        is_app_user: false,
        tz: 'Etc/UTC',
        profile: { real_name: person.name, display_name: person.name, team: person.team.id },
        ...(args.include_locale === true ? { locale: person.locale } : {}),
      },
    };
  }),

  'reactions.add': method(['reactions:write'], reaction, (args, caller) => {
    const channel = channelFor(caller, args.channel);
    const message = caller.backend.messages.find(channel.id, args.timestamp);
    if (!message || message.visibleTo !== undefined) throw new Refusal('message_not_found', args.timestamp);
    if (message.reactions.includes(args.name)) throw new Refusal('already_reacted', args.name);
    message.reactions.push(args.name);
    return {};
  }),

  'assistant.threads.setStatus': method(['assistant:write', 'chat:write'], status, (args, caller) => {
    const { backend } = caller;
    const channel = channelFor(caller, args.channel_id);
    const exchange = backend.exchanges.find({ channel: channel.id, threadTs: args.thread_ts });
    exchange?.statuses.push(args.status);
    exchange?.changed();
    return {};
  }),
};
