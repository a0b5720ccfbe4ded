export interface ReplyImage {
  /** File name with extension, safe on every platform. */
  name: string;
  mediaType: 'image/png' | 'image/jpeg';
  bytes: Uint8Array;
  /** What the image shows, for those who do not see it. */
  alt: string;
}

/** A file to keep and work on: figures in full, or a picture that is for printing rather than for the answer. */
export interface ReplyFile {
  /** File name with extension, safe on every platform. */
  name: string;
  mediaType: 'text/csv' | 'application/json' | 'image/png';
  bytes: Uint8Array;
  /** What is in it, in the reader's language. */
  description: string;
}

export interface Table {
  title: string;
  columns: readonly string[];
  rows: readonly (readonly string[])[];
}

/** Something to run with a click: a command with these options. */
interface Run {
  command: string;
  subcommand?: string | undefined;
  options: Readonly<Record<string, string>>;
  /** Whether the images and zips of the request go along. */
  withImages: boolean;
}

export interface Button extends Run {
  label: string;
  /** The text options that the person is asked for in a form first; what `options` has for them stands in its fields. */
  ask?: readonly string[];
  /** Who is to see the answer, where it is not for the command to say. */
  visibility?: Visibility;
}

/** One of several values to choose for `option`; choosing runs the command with it. */
export interface Choice extends Run {
  label: string;
  option: string;
  values: readonly { label: string; value: string }[];
}

export type Visibility = 'public' | 'private';

type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json | undefined };

/** An answer. Adapters render it and add nothing. `data` is the machine-readable result. */
export interface Reply {
  text: string;
  images: readonly ReplyImage[];
  /** As private as the answer, and covered where it is. */
  files: readonly ReplyFile[];
  tables: readonly Table[];
  buttons: readonly Button[];
  choices: readonly Choice[];
  /** Where it may hurt to read: text and images are covered until somebody wants to see them. */
  spoiler: boolean;
  data: { readonly [key: string]: Json | undefined };
}

/** A reply of text, and whatever else is given. */
export function reply(text: string, rest: Partial<Omit<Reply, 'text'>> = {}): Reply {
  return { text, images: [], files: [], tables: [], buttons: [], choices: [], spoiler: false, data: {}, ...rest };
}
