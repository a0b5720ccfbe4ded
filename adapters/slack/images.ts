import { basename } from 'node:path';
import querystring from 'node:querystring';
import { setTimeout as delay } from 'node:timers/promises';
import type { webApi } from '@slack/bolt';
import { ARCHIVE_SIZE } from '../../src/archive/limits.ts';
import type { FileReference } from '../../src/chat/request.ts';
import { isArchive } from '../../src/chat/sent.ts';
import { UserError } from '../../src/errors.ts';
import { download, openAny } from '../../src/image/download.ts';
import { isPublicUrl, openPublic } from '../../src/image/open-public.ts';
import { fileSchema, type SlackFile } from './payloads.ts';
import { refusalOf, toUserError } from './problems.ts';

type Client = webApi.WebClient;
type KeptFile = Omit<FileReference, 'fetch'>;

/** Slack tells of a file before it is through with it; asked again after so long, it mostly is. */
const PATIENCE_MILLISECONDS = [500, 1000, 2000];

/** How Slack marks a file that was deleted, or that a free workspace has outlived. */
const GONE: readonly string[] = ['tombstone', 'hidden_by_limit'];

/** Images and zips people sent, as files in Slack or as addresses. Slack's token goes to Slack alone. */
export class Images {
  readonly #ownOrigin: string;

  /** @param apiUrl where it is not Slack's own, files of its origin are trusted as well */
  constructor(apiUrl: string) {
    this.#ownOrigin = new URL(apiUrl).origin;
  }

  /** The images and zips among the files of a message; where there is none, the files, for the command to say what they are. */
  async fromFiles(files: readonly SlackFile[], client: Client): Promise<FileReference[]> {
    const kept = files.filter(({ mode }) => !mode || !GONE.includes(mode));
    const told = await Promise.all(kept.map((file) => (file.name ? file : this.#ask(file.id, client))));
    const all = told.map((file) => {
      const { id, name, mimetype, size } = file;
      const shown = { name: name ?? id, mediaType: mimetype ?? '', size: size ?? 0, ref: `file:${id}` };
      return this.#reference(shown, () => this.#fetchFile(shown, file, client));
    });
    const wanted = all.filter((file) => /^(image\/|$)/.test(file.mediaType) || isArchive(file));
    return wanted.length > 0 ? wanted : all;
  }

  fromUrl(address: string): FileReference {
    const url = new URL(address);
    const name = querystring.unescape(basename(url.pathname)).slice(-100) || url.hostname;
    return this.#reference({ name, mediaType: '', size: 0, ref: url.href }, () => this.#fetchUrl(name, url.href));
  }

  /** An image or a zip of an earlier request. */
  fromKept(kept: KeptFile, client: Client): FileReference {
    const [, id] = /^file:(\w+)$/.exec(kept.ref) ?? [];
    if (id === undefined) return this.#reference(kept, () => this.#fetchUrl(kept.name, kept.ref));
    return this.#reference(kept, () => this.#fetchFile(kept, { id }, client));
  }

  #reference(kept: KeptFile, fetch: () => Promise<Uint8Array>): FileReference {
    return { ...kept, fetch };
  }

  async #fetchFile(shown: KeptFile, file: SlackFile, client: Client): Promise<Uint8Array> {
    const { name } = shown;
    const limit = isArchive(shown) ? { limit: ARCHIVE_SIZE } : {};
    const { id, mimetype, ...addresses } = await this.#ready(name, file, client);
    const url = addresses.url_private_download ?? addresses.url_private ?? '';
    const headers = { authorization: `Bearer ${client.token}` };
    const bytes = await download({ name, url, headers, isTrusted: (here) => this.#isSlack(here), ...limit });
    if (!mimetype?.startsWith('text/') && isPage(bytes)) await this.#explainPage(id, client);
    return bytes;
  }

  async #fetchUrl(name: string, url: string): Promise<Uint8Array> {
    const isTrusted = (here: URL) => {
      if (here.origin === this.#ownOrigin || isPublicUrl(here)) return true;
      throw new UserError('address-refused', { address: here.host });
    };
    return download({
      ...{ name, url, isTrusted },
      open: (here, init) => (here.origin === this.#ownOrigin ? openAny(here, init) : openPublic(here, init)),
    });
  }

  /** The file once Slack is through with it. */
  async #ready(name: string, file: SlackFile, client: Client): Promise<SlackFile> {
    let latest = file;
    for (const pause of [0, ...PATIENCE_MILLISECONDS]) {
      if (latest.url_private_download || latest.url_private) return latest;
      await delay(pause);
      latest = await this.#ask(file.id, client, name);
    }
    if (latest.url_private_download || latest.url_private) return latest;
    throw new UserError('file-not-ready', { name });
  }

  async #ask(file: string, client: Client, name = file): Promise<SlackFile> {
    try {
      return fileSchema.parse((await client.files.info({ file })).file);
    } catch (error) {
      const isGone = ['file_not_found', 'file_deleted'].includes(refusalOf(error) ?? '');
      throw isGone ? new UserError('image-unreadable', { name }) : toUserError(error);
    }
  }

  /** Slack sends a page to log in, with status 200, to who may not read a file: for want of a scope or of membership. */
  async #explainPage(file: string, client: Client): Promise<never> {
    await client.files.info({ file }).catch((error: unknown) => {
      if (refusalOf(error) === 'file_not_found') throw new UserError('not-in-channel', {});
      throw toUserError(error);
    });
    throw new UserError('scope-missing', { scope: 'files:read' });
  }

  #isSlack({ protocol, hostname, origin }: URL): boolean {
    if (origin === this.#ownOrigin) return true;
    return protocol === 'https:' && (hostname === 'slack-files.com' || hostname.endsWith('.slack.com'));
  }
}

function isPage(bytes: Uint8Array): boolean {
  return /^\s*<(!doctype html|html)\b/i.test(Buffer.from(bytes.subarray(0, 256)).toString('latin1'));
}
