import type { z } from 'zod';
import type { Localised } from './locale.ts';
import { parseOptions } from './options.ts';
import type { Reply, Visibility } from './reply.ts';
import type { Request } from './request.ts';

/** Who may use it, who sees the answer, and how long a person waits before using it again. */
export interface Policy {
  who: 'everyone' | 'manager';
  visibility: Visibility;
  cooldownSeconds: number;
}

/** One thing that can be run: a command without subcommands, or one subcommand. */
export interface Action<Services> {
  description: Localised;
  /** A zod object of the options; each carries its texts in `.meta()` (see `option`). */
  options: z.ZodObject;
  /** How many images it takes. */
  images: { min: number; max: number };
  policy: Policy;
  execute(request: Request, services: Services): Promise<Reply>;
}

interface Texts {
  name: string;
  /** The name as Discord shows it to Korean users. */
  korean: string;
}

export type Command<Services> = Texts &
  (
    | {
        kind: 'action';
        action: Action<Services>;
        /** Where set, it is also offered on any message with images, under this title. */
        onMessage?: Localised;
      }
    | { kind: 'group'; description: Localised; subcommands: Readonly<Record<string, Action<Services>>> }
  );

/** An action whose `execute` receives its options parsed. */
export function action<Services, O extends z.ZodObject>(
  spec: Omit<Action<Services>, 'options' | 'execute'> & {
    options: O;
    execute(request: Request<z.output<O>>, services: Services): Promise<Reply>;
  },
): Action<Services> {
  return {
    ...spec,
    execute: (request, services) =>
      spec.execute({ ...request, options: parseOptions(spec.options, request.options) }, services),
  };
}
