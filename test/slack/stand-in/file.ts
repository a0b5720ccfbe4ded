import { extname } from 'node:path';
import type { Channel, Workspace } from './world.ts';

/** What happens to who downloads a file. */
type Download =
  | 'bytes'
  | 'login-page'
  | 'redirect-home'
  | 'redirect-foreign'
  | 'never-ends'
  | 'endless'
  | 'not-found'
  | { slow: number };

/** A file that a person shares. */
export interface UserFile {
  name: string;
  bytes: Uint8Array;
  mimetype?: string;
  title?: string;
  width?: number;
  height?: number;
  /** What `thumb_1024` shows; the bytes themselves if left out. */
  thumbnail?: Uint8Array;
  /** Shared from another workspace: the event says `check_file_info`, `files.info` says the rest. */
  isStub?: boolean;
  /** So many calls of `files.info` find the file without its type and its addresses. */
  notReadyFor?: number;
  download?: Download;
}

export interface StoredFile {
  readonly id: string;
  readonly team: Workspace;
  readonly owner: string;
  readonly name: string;
  readonly mimetype: string;
  readonly width: number | undefined;
  readonly height: number | undefined;
  readonly isStub: boolean;
  readonly download: Download;
  readonly created: number;
  readonly sharedIn: Set<Channel>;
  title: string;
  bytes: Uint8Array;
  thumbnail: Uint8Array | undefined;
  /** The description that screen readers get. Only `alt_txt` sets it. */
  alt: string | undefined;
  /** As received by `files.getUploadURLExternal`. */
  received: { alt_txt?: string | undefined; alt_text?: string | undefined };
  notReadyFor: number;
  /** Whether its upload was completed, and whether Slack is through with it. */
  upload: 'open' | 'processing' | 'processed';
  /** Handed to the app in a submission, which opens it wherever it lies. */
  isHandedOver: boolean;
  deleted: boolean;
  downloads: number;
}

const TYPES: Record<string, string> = {
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.gif': 'image/gif',
  '.webp': 'image/webp',
  '.heic': 'image/heic',
  '.pdf': 'application/pdf',
  '.txt': 'text/plain',
  '.csv': 'text/csv',
  '.zip': 'application/zip',
};

export function mimetypeOf(name: string): string {
  return TYPES[extname(name).toLowerCase()] ?? 'application/octet-stream';
}

/** The file object in an event or a message. */
export function eventFileJson(file: StoredFile, origin: string): Record<string, unknown> {
  if (!file.isStub) return fileJson(file, origin);
  return { id: file.id, mode: 'file_access', file_access: 'check_file_info', created: 0, timestamp: 0, user: '' };
}

/** The file object that `files.info` gives. */
export function fileJson(file: StoredFile, origin: string): Record<string, unknown> {
  const { id, team, name, title, owner, created } = file;
  const base = { id, created, timestamp: created, name, title, user: owner, user_team: team.id, mode: 'hosted' };
  if (file.notReadyFor > 0 || file.upload !== 'processed') return { ...base, size: 0 };
  const address = `${origin}/files-pri/${team.id}-${id}`;
  const encoded = encodeURIComponent(name);
  const filetype = extname(name).slice(1).toLowerCase();
  const isImage = file.mimetype.startsWith('image/');
  const size = { original_w: file.width, original_h: file.height };
  const thumbs = { thumb_360: thumb(file, origin, 360), thumb_1024: thumb(file, origin, 1024), ...size };
  return {
    ...base,
    mimetype: file.mimetype,
    filetype,
    pretty_type: filetype.toUpperCase(),
    editable: false,
    size: file.bytes.length,
    is_external: false,
    external_type: '',
    is_public: [...file.sharedIn].some(({ kind }) => kind === 'public'),
    public_url_shared: false,
    display_as_bot: false,
    username: '',
    url_private: `${address}/${encoded}`,
    url_private_download: `${address}/download/${encoded}`,
    media_display_type: 'unknown',
    ...(isImage ? thumbs : {}),
    permalink: `${origin}/files/${owner}/${id}/${encoded}`,
    alt_txt: file.alt,
    channels: [...file.sharedIn].filter(({ kind }) => kind === 'public').map((channel) => channel.id),
    groups: [...file.sharedIn].filter(({ kind }) => kind === 'private').map((channel) => channel.id),
    ims: [...file.sharedIn].filter(({ kind }) => kind === 'dm').map((channel) => channel.id),
    has_rich_preview: false,
    file_access: 'visible',
  };
}

function thumb({ team, id, name }: StoredFile, origin: string, side: number): string {
  const stem = encodeURIComponent(name.slice(0, name.length - extname(name).length));
  return `${origin}/files-tmb/${team.id}-${id}-${side}/${stem}_${side}.png`;
}
