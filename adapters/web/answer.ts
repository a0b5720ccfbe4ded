import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { Outcome } from '../../src/chat/dispatch.ts';
import type { Button, Choice, Reply, Table, Visibility } from '../../src/chat/reply.ts';
import type { FileStore } from './file-store.ts';

/** What `POST /api/commands` answers to a command that worked. */
export interface Answer {
  text: string;
  images: readonly { url: string; alt: string }[];
  files: readonly { url: string; description: string }[];
  data: Reply['data'];
  tables: readonly Table[];
  buttons: readonly Button[];
  choices: readonly Choice[];
  visibility: Visibility;
}

/** What it answers to one that did not: `message` is for people, in their language. */
export interface Failure {
  error: { code: string; message: string };
}

const STATUS: Readonly<Record<string, ContentfulStatusCode>> = {
  bug: 500,
  busy: 429,
  cooldown: 429,
  'detector-unavailable': 503,
  'encoder-crashed': 503,
  'model-loading': 503,
  'model-unavailable': 503,
};

export function describeFailure({ code, message }: Outcome & { kind: 'error' }): {
  body: Failure;
  status: ContentfulStatusCode;
} {
  return { body: { error: { code, message } }, status: STATUS[code] ?? 400 };
}

/** Renders an outcome as JSON with its HTTP status; images and files of a reply go into the store and come back as addresses. */
export function render(outcome: Outcome, store: FileStore): { body: Answer | Failure; status: ContentfulStatusCode } {
  if (outcome.kind === 'error') return describeFailure(outcome);
  const { visibility } = outcome;
  const { text, data, tables, buttons, choices } = outcome.reply;
  const images = outcome.reply.images.map((image) => ({ url: `/images/${store.keep(image)}`, alt: image.alt }));
  const files = outcome.reply.files.map((file) => ({
    url: `/files/${store.keep(file)}`,
    description: file.description,
  }));
  return { body: { text, images, files, data, tables, buttons, choices, visibility }, status: 200 };
}
