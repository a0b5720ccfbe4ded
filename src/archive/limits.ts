import { UserError } from '../errors.ts';

/** What is read of an archive at most. Pictures hardly shrink in one, so an honest archive unpacks to about its own size. */
export const ARCHIVE_LIMITS = {
  /** Everything in it: folders and what systems add count too. */
  entries: 10_000,
  /** Bytes of one file once unpacked, and of all of them. */
  entryBytes: 25_000_000,
  unpackedBytes: 250_000_000,
  /** How many times its own size a file may unpack to, once that is more than `ratioFrom` bytes. Deflate can do 1032. */
  ratio: 100,
  ratioFrom: 1_000_000,
} as const;

/** How large the archive itself may be, and how it is told that one is larger. */
export const ARCHIVE_SIZE = {
  /** It must be smaller. */
  bytes: 50_000_000,
  refuse: (name: string) => new UserError('archive-too-large', { name, megabytes: 50 }),
} as const;
