import type { Outcome } from './dispatch.ts';
import type { Button, Reply, Visibility } from './reply.ts';
import type { Request } from './request.ts';
import { textsFor } from './texts/index.ts';

/** An outcome as a chat shows it: an answer, or a sentence that says what to do. */
export type Answer = Omit<Reply, 'data'> & { visibility: Visibility };

/** Errors are for the asker alone. A private answer can be shared: it is asked again, for everybody. */
export function toAnswer(outcome: Outcome, request: Request): Answer {
  if (outcome.kind === 'error') {
    const { message, buttons = [] } = outcome;
    return { text: message, images: [], tables: [], buttons, choices: [], spoiler: false, visibility: 'private' };
  }
  const { visibility, reply } = outcome;
  const { data: _, ...shown } = reply;
  const share = visibility === 'private' ? [shareButton(request)] : [];
  return { ...shown, buttons: [...reply.buttons, ...share], visibility };
}

function shareButton({ command, subcommand, options, locale }: Request): Button {
  const label = textsFor(locale).share;
  return { label, command, subcommand, options, withImages: true, visibility: 'public' };
}
