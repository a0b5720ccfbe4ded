import type { ColumnType, Generated } from 'kysely';

/** Every set of labels a channel has had of late: the newest counts, the older ones are there to go back to. */
interface LabelSets {
  id: Generated<number>;
  channel: string;
  /** A JSON array of texts. */
  labels: string;
  template: string;
  preset: string | null;
}

/** What the buttons and pages of an answer need. */
interface FollowUps {
  id: string;
  /** Milliseconds since 1970. */
  at: number;
  /** JSON, as `chat/follow-up.ts` reads it. */
  body: string;
}

/** What is needed to speak in a workspace that installed the app. */
interface Installations {
  /** With the platform before it, as in `slack:T0123`. */
  workspace: string;
  /** Sealed by the adapter that reads it. */
  body: string;
}

/** Which model answers in a channel, where it is not the one of CLIP_MODEL. */
interface ChannelModels {
  channel: string;
  /** As people name it: `owner/name`, or `owner/name:dtype`. */
  model: string;
}

/** What one audit found, in figures. */
interface AuditRuns {
  id: Generated<number>;
  channel: string;
  pack: string;
  packHash: string;
  /** Of the drawings; each style is tried and judged by itself. */
  style: string;
  model: string;
  /** Milliseconds since 1970. */
  at: number;
  verdict: string;
  effect: number | null;
  low: number | null;
  high: number | null;
}

/** A pack that runs by itself in a channel. */
interface AuditSchedules {
  id: Generated<number>;
  channel: string;
  pack: string;
  /** A cron expression of five fields. */
  expression: string;
  /** The IANA time zone it is read in. */
  zone: string;
  /** Of the person who asked for it. */
  locale: string;
  /** Milliseconds since 1970. */
  due: number;
}

/** What a channel was taught: the vector of a picture, never the picture. */
interface Examples {
  id: Generated<number>;
  channel: string;
  label: string;
  /** Who added it. */
  actor: string;
  /** The same for what was added together. */
  addition: string;
  /** Milliseconds since 1970. */
  at: number;
  /** The fingerprint of the model that made the vector. */
  model: string;
  /** Little-endian float32; libsql reads a blob as an ArrayBuffer, whatever wrote it. */
  vector: ColumnType<ArrayBuffer, Uint8Array>;
}

/** A harmful pack that a channel's managers turned on. */
interface AllowedPacks {
  channel: string;
  pack: string;
}

export interface Tables {
  label_sets: LabelSets;
  follow_ups: FollowUps;
  installations: Installations;
  channel_models: ChannelModels;
  audit_runs: AuditRuns;
  audit_schedules: AuditSchedules;
  examples: Examples;
  allowed_packs: AllowedPacks;
}
