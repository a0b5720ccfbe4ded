import type { Ids } from './ids.ts';

/** What the app may do where it is installed with every scope that the stand-in knows. */
export const ALL_SCOPES: readonly string[] = [
  'app_mentions:read',
  'channels:history',
  'channels:read',
  'chat:write',
  'commands',
  'files:read',
  'files:write',
  'groups:history',
  'groups:read',
  'im:history',
  'im:read',
  'im:write',
  'reactions:write',
  'users:read',
];

export interface Workspace {
  readonly id: string;
  readonly name: string;
  readonly domain: string;
  /** The app's user and its bot in this workspace. */
  readonly botUser: string;
  readonly botId: string;
}

export interface Person {
  readonly id: string;
  readonly name: string;
  readonly team: Workspace;
  readonly locale: string;
  readonly isAdmin: boolean;
  readonly isOwner: boolean;
}

export interface Channel {
  readonly id: string;
  readonly name: string;
  readonly kind: 'public' | 'private' | 'dm';
  readonly team: Workspace;
  readonly members: Set<string>;
  /** Whether the app was invited. */
  hasApp: boolean;
  /** Who made it; nobody of these people if left empty. */
  creator: string;
}

/** A bot token, and what it is good for. */
export interface Installation {
  readonly token: string;
  readonly team: Workspace;
  scopes: Set<string>;
  state: 'active' | 'revoked' | 'inactive';
}

/** Workspaces with their people and channels, and the app's installations in them. */
export class World {
  readonly people = new Map<string, Person>();
  readonly channels = new Map<string, Channel>();
  /** By token. */
  readonly installations = new Map<string, Installation>();
  readonly #ids: Ids;
  readonly #dms = new Map<string, Channel>();

  constructor(ids: Ids) {
    this.#ids = ids;
  }

  addWorkspace(name: string): Workspace {
    const next = (prefix: string) => this.#ids.next(prefix);
    return { id: next('T'), name, domain: name.toLowerCase(), botUser: next('U'), botId: next('B') };
  }

  addPerson(
    team: Workspace,
    name: string,
    traits: Partial<Pick<Person, 'locale' | 'isAdmin' | 'isOwner'>> = {},
  ): Person {
    const person = { locale: 'en-US', isAdmin: false, isOwner: false, ...traits, id: this.#ids.next('U'), name, team };
    this.people.set(person.id, person);
    for (const channel of this.channels.values()) {
      if (channel.team === team && channel.kind === 'public') channel.members.add(person.id);
    }
    return person;
  }

  /** With everyone of the workspace in it. */
  addChannel(team: Workspace, name: string, kind: 'public' | 'private', hasApp = true): Channel {
    const all = [...this.people.values()].filter((person) => person.team === team);
    const members = new Set(all.map(({ id }) => id));
    const channel = {
      id: this.#ids.next(kind === 'public' ? 'C' : 'G'),
      name,
      kind,
      team,
      members,
      hasApp,
      creator: '',
    };
    this.channels.set(channel.id, channel);
    return channel;
  }

  /** The direct messages between a person and the app. */
  dm(person: Person): Channel {
    const known = this.#dms.get(person.id);
    if (known) return known;
    const { team } = person;
    const members = new Set([person.id]);
    const channel: Channel = {
      id: this.#ids.next('D'),
      name: 'directmessage',
      kind: 'dm',
      team,
      members,
      hasApp: true,
      creator: '',
    };
    this.#dms.set(person.id, channel);
    this.channels.set(channel.id, channel);
    return channel;
  }

  install(team: Workspace, scopes: Iterable<string>): Installation {
    const token = `xoxb-${team.id}-${this.#ids.next('')}`;
    const installation: Installation = { token, team, scopes: new Set(scopes), state: 'active' };
    this.installations.set(token, installation);
    return installation;
  }

  installationsIn(team: Workspace): Installation[] {
    return [...this.installations.values()].filter((installation) => installation.team === team);
  }
}
