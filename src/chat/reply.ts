export interface ReplyImage {
  /** File name with extension, safe on every platform. */
  name: string;
  mediaType: 'image/png' | 'image/jpeg';
  bytes: Uint8Array;
  /** What the image shows, for those who do not see it. */
  alt: string;
}

export interface Table {
  title: string;
  columns: readonly string[];
  rows: readonly (readonly string[])[];
}

/** Runs a command again with these options; `withImages` sends the images of the request along. */
export interface Button {
  label: string;
  command: string;
  subcommand?: string;
  options: Readonly<Record<string, string>>;
  withImages: boolean;
}

export type Visibility = 'public' | 'private';

type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json | undefined };

/** An answer. Adapters render it and add nothing. `data` is the machine-readable result. */
export interface Reply {
  text: string;
  images: readonly ReplyImage[];
  tables: readonly Table[];
  buttons: readonly Button[];
  data: { readonly [key: string]: Json | undefined };
}

/** A reply of text, and whatever else is given. */
export function reply(text: string, rest: Partial<Omit<Reply, 'text'>> = {}): Reply {
  return { text, images: [], tables: [], buttons: [], data: {}, ...rest };
}
