import type { Exchange } from './exchange.ts';
import { mimetypeOf, type StoredFile, type UserFile } from './file.ts';
import type { Ids } from './ids.ts';
import type { Installation, Person, Workspace } from './world.ts';

interface Upload {
  name: string;
  length: number;
  received: StoredFile['received'];
}

/** All files, those of people and those the app uploads. */
export class FileStore {
  readonly #files = new Map<string, StoredFile>();
  readonly #lengths = new Map<string, number>();
  readonly #ids: Ids;

  constructor(ids: Ids) {
    this.#ids = ids;
  }

  find(id: string): StoredFile | undefined {
    const file = this.#files.get(id);
    return file?.deleted ? undefined : file;
  }

  share(file: UserFile, by: Person): StoredFile {
    const stored = this.#add(file.name, by.team, by.id, file.mimetype);
    return Object.assign(stored, {
      title: file.title ?? file.name,
      bytes: file.bytes,
      thumbnail: file.thumbnail,
      width: file.width,
      height: file.height,
      isStub: file.isStub ?? false,
      notReadyFor: file.notReadyFor ?? 0,
      download: file.download ?? 'bytes',
      upload: 'processed',
    });
  }

  /** A file announced by the app, without its bytes yet. */
  announce({ name, length, received }: Upload, team: Workspace): StoredFile {
    const stored = this.#add(name, team, team.botUser, undefined);
    this.#lengths.set(stored.id, length);
    return Object.assign(stored, { received, alt: received.alt_txt });
  }

  /** @returns whether these are as many bytes as were announced */
  receive(file: StoredFile, bytes: Uint8Array): boolean {
    if (this.#lengths.get(file.id) !== bytes.length) return false;
    this.#lengths.delete(file.id);
    file.bytes = bytes;
    return true;
  }

  isReceived(file: StoredFile): boolean {
    return !this.#lengths.has(file.id);
  }

  ownedBy(exchange: Exchange, file: StoredFile): void {
    exchange.owns(() => {
      this.#files.delete(file.id);
      this.#lengths.delete(file.id);
    });
  }

  /** A bot sees what is shared where it is a member, what it was handed, and what it uploaded. */
  isVisible(file: StoredFile, { team }: Installation): boolean {
    if (file.team !== team || file.deleted) return false;
    return file.owner === team.botUser || file.isHandedOver || [...file.sharedIn].some(({ hasApp }) => hasApp);
  }

  get size(): number {
    return this.#files.size;
  }

  #add(name: string, team: Workspace, owner: string, mimetype = mimetypeOf(name)): StoredFile {
    const file: StoredFile = {
      id: this.#ids.next('F'),
      team,
      owner,
      name,
      mimetype,
      width: undefined,
      height: undefined,
      isStub: false,
      download: 'bytes',
      created: Math.floor(Date.now() / 1000),
      sharedIn: new Set(),
      title: name,
      bytes: new Uint8Array(),
      thumbnail: undefined,
      alt: undefined,
      received: {},
      notReadyFor: 0,
      upload: 'open',
      isHandedOver: false,
      deleted: false,
      downloads: 0,
    };
    this.#files.set(file.id, file);
    return file;
  }
}
