import type { ArchiveFile } from '../archive/read.ts';
import type { Locale } from './locale.ts';
import type { Visibility } from './reply.ts';

/** A file somebody sent. `fetch` is closed over the platform's authentication: the core sees no token and no address. */
export interface FileReference {
  name: string;
  mediaType: string;
  /** Bytes, as the platform tells them; not to be trusted. */
  size: number;
  /** Enough for the adapter to find the file again, serialisable. */
  ref: string;
  /** @throws UserError `image-unreadable` when the platform gives no bytes. */
  fetch(): Promise<Uint8Array>;
  /** Of a folder on the asker's own machine, which has files in place of bytes. */
  list?(): Promise<ArchiveFile[]>;
}

export type ImageReference = FileReference;

export interface Actor {
  id: string;
  /** Whether the platform lets this person change the channel's settings. */
  isManager: boolean;
  /** Whether this person sits at the machine that runs Cliplens, or is its own schedule: nobody to hold back from it. */
  isOperator: boolean;
}

/** One thing a person asked, whatever platform it came by. `O` is what the options are: text until dispatch parsed them. */
export interface Request<O = Readonly<Record<string, string>>> {
  command: string;
  /** For commands with subcommands, which of them. */
  subcommand?: string | undefined;
  options: O;
  images: readonly ImageReference[];
  /** Zips and folders, for `src/archive` to read. */
  archives: readonly FileReference[];
  actor: Actor;
  /** Unique over all platforms, as in `discord:guild:channel`. */
  channel: string;
  locale: Locale;
  /** Who is to see the answer, where the asker said so. */
  visibility?: Visibility | undefined;
}
