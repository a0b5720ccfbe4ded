import type { Outcome } from './dispatch.ts';
import type { Button, Reply, Table, Visibility } from './reply.ts';
import type { Request } from './request.ts';
import { textsFor } from './texts/index.ts';

/** An outcome as a chat shows it: an answer with its tables as text, or a sentence that says what to do. */
export type Answer = Omit<Reply, 'data' | 'tables'> & { visibility: Visibility };

/**
 * Errors are for the asker alone. A private answer can be shared: it is asked again, for everybody.
 * @param request what was asked, where that could be read
 */
export function toAnswer(outcome: Outcome, request: Request | undefined): Answer {
  if (outcome.kind === 'error') {
    const { message, buttons = [] } = outcome;
    return { text: message, images: [], files: [], buttons, choices: [], spoiler: false, visibility: 'private' };
  }
  const { visibility, reply } = outcome;
  const { data: _, tables, text, ...shown } = reply;
  const share = request && visibility === 'private' ? [shareButton(request)] : [];
  return {
    ...shown,
    text: [text, ...tables.map(toText)].join('\n'),
    buttons: [...reply.buttons, ...share],
    visibility,
  };
}

/** Lines, since a chat's columns do not stand below each other, least of all with Korean in them. */
function toText({ title, columns, rows }: Table): string {
  return [title, ...[columns, ...rows].map((cells) => cells.join(' · '))].join('\n');
}

function shareButton({ command, subcommand, options, locale }: Request): Button {
  const label = textsFor(locale).share;
  return { label, command, subcommand, options, withImages: true, visibility: 'public' };
}
