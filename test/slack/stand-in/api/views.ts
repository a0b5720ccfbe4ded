import { z } from 'zod';
import { viewJson } from '../payloads.ts';
import { Refusal } from '../refusal.ts';
import { json } from '../rules/content.ts';
import { checkView } from '../rules/views.ts';
import type { View } from '../view.ts';
import { type Caller, type Method, method, personFor } from './method.ts';

const opening = z.object({ trigger_id: z.string(), view: json(z.unknown()) });
const updating = z.object({
  view: json(z.unknown()),
  view_id: z.string().optional(),
  external_id: z.string().optional(),
  hash: z.string().optional(),
});
const publishing = z.object({ user_id: z.string(), view: json(z.unknown()), hash: z.string().optional() });
const STACK = 3;

/** Methods about modals and home tabs. */
export const views: Record<string, Method> = {
  'views.open': method([], opening, (args, caller) => {
    const { backend } = caller;
    const { exchange } = backend.views.useTrigger(args.trigger_id);
    const content = checkView(args.view, 'modal', backend.isShowable);
    content.blocks = backend.withIds(content.blocks);
    return answer(caller, backend.views.open(content, exchange.by, exchange));
  }),

  'views.push': method([], opening, (args, caller) => {
    const { backend } = caller;
    const { exchange, view } = backend.views.useTrigger(args.trigger_id);
    const content = checkView(args.view, 'modal', backend.isShowable);
    content.blocks = backend.withIds(content.blocks);
    if (!view) throw new Refusal('not_found', 'no modal to push upon');
    if (depthOf(view) >= STACK) throw new Refusal('push_limit_reached');
    return answer(caller, backend.views.open(content, exchange.by, exchange, view));
  }),

  'views.update': method([], updating, (args, caller) => {
    const { backend } = caller;
    const view = backend.views.find(args.view_id, args.external_id);
    if (!view?.isOpen || view.person.team !== caller.installation.team) throw new Refusal('not_found');
    if (args.hash !== undefined && args.hash !== view.hash) throw new Refusal('hash_conflict');
    const content = checkView(args.view, 'modal', backend.isShowable);
    content.blocks = backend.withIds(content.blocks);
    backend.views.update(view, content);
    return answer(caller, view);
  }),

  'views.publish': method([], publishing, (args, caller) => {
    const { backend } = caller;
    const person = personFor(caller, args.user_id);
    const known = backend.views.home(person);
    if (args.hash !== undefined && known && args.hash !== known.hash) throw new Refusal('hash_conflict');
    const content = checkView(args.view, 'home', backend.isShowable);
    content.blocks = backend.withIds(content.blocks);
    const exchange = backend.exchanges.find({ channel: backend.world.dm(person).id, user: person.id });
    return answer(caller, backend.views.publish(content, person, exchange));
  }),
};

function answer({ backend }: Caller, view: View): Record<string, unknown> {
  return { view: viewJson(backend, view) };
}

function depthOf(view: View): number {
  return view.previous ? depthOf(view.previous) + 1 : 1;
}
