import type { z } from 'zod';
import type { OnProgress } from '../progress.ts';
import type { Pace } from './cooldowns.ts';
import type { Locale, Localised } from './locale.ts';
import { parseOptions } from './options.ts';
import type { Reply, Visibility } from './reply.ts';
import type { Request } from './request.ts';

export type Who = 'everyone' | 'manager';

/** Who may use it, who sees the answer, and how often it may be used, where that is bounded. */
export interface Policy {
  who: Who;
  visibility: Visibility;
  pace?: Pace;
}

/** Where something is typed that is to be completed. */
export interface CompletionContext {
  channel: string;
  locale: Locale;
}

/** @returns whole values for the option that go on from what was typed, best first */
export type Completer<Services> = (
  typed: string,
  context: CompletionContext,
  services: Services,
) => readonly string[] | Promise<readonly string[]>;

interface ImageCount {
  min: number;
  max: number;
  /** What is said to whoever brings one where none may be, or a zip of them where none is taken. */
  refusal?: 'image-not-audited';
}

/** One thing that can be run: a command without subcommands, or one subcommand. */
export interface Action<Services> {
  description: Localised;
  /** A zod object of the options; each carries its texts in `.meta()` (see `option`). */
  options: z.ZodObject;
  /** How many images it takes. */
  images: ImageCount;
  /** How many zips it takes; none unless said otherwise. */
  archives?: { min: number; max: number };
  policy: Policy;
  /** By option: what completes it, where fixed suggestions do not do. */
  completers?: Readonly<Record<string, Completer<Services>>>;
  /** @param onProgress is told how far it is by what may take long */
  execute(request: Request, services: Services, onProgress: OnProgress): Promise<Reply>;
}

export interface Subcommand<Services> extends Action<Services> {
  korean: string;
}

interface Texts {
  name: string;
  /** The name as Discord shows it to Korean users; so with subcommands and options. */
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
    | {
        kind: 'group';
        description: Localised;
        /** Whom a platform shows the command at all, unless its managers decide otherwise. */
        offeredTo: Who;
        /** The subcommand that a line means where it names none, as in `biasaudit occupation`; Discord always names one. */
        usual?: string;
        subcommands: Readonly<Record<string, Subcommand<Services>>>;
      }
  );

/** What a command does by itself or, where it has subcommands, by the one named. */
export function findAction<Services>(
  command: Command<Services> | undefined,
  subcommand: string | undefined,
): Action<Services> | undefined {
  if (command?.kind !== 'group') return command?.action;
  return Object.entries(command.subcommands).find(([name]) => name === subcommand)?.[1];
}

/** An action whose `execute` receives its options parsed. */
export function action<Services, O extends z.ZodObject>(
  spec: Omit<Action<Services>, 'options' | 'execute'> & {
    options: O;
    execute(request: Request<z.output<O>>, services: Services, onProgress: OnProgress): Promise<Reply>;
  },
): Action<Services> {
  return {
    ...spec,
    execute: (request, services, onProgress) =>
      spec.execute({ ...request, options: parseOptions(spec.options, request.options) }, services, onProgress),
  };
}
