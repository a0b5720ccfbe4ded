import type { Format } from './image/sniff.ts';

/** What each refusal tells: its code, and the figures its sentence needs. The sentences stand in `chat/texts`. */
export interface ErrorParameters {
  'unknown-command': { name: string };
  'unknown-option': { name: string; command: string };
  'bad-option': { name: string; value: string; expected: string };
  'option-missing': { name: string };
  'subcommand-missing': { command: string; subcommands: string };
  'image-missing': Record<never, never>;
  'too-few-images': { limit: number };
  'too-many-images': { limit: number };
  'image-empty': { name: string };
  'image-too-large': { name: string; megabytes: number };
  'image-too-many-pixels': { name: string; megapixels: number };
  'image-format': { name: string; format: Format };
  'image-broken': { name: string };
  'image-unreadable': { name: string };
  'archive-missing': Record<never, never>;
  /** On the command line, where there is nothing at the path. */
  'folder-missing': { path: string };
  'too-many-archives': { limit: number };
  'archive-broken': { name: string };
  'archive-damaged': { name: string; path: string };
  'archive-too-large': { name: string; megabytes: number };
  'archive-too-many': { name: string; limit: number };
  'archive-unpacks-too-large': { name: string; megabytes: number };
  'archive-file-too-large': { name: string; path: string; megabytes: number };
  'archive-bomb': { name: string; path: string };
  'archive-path': { name: string; path: string };
  'archive-link': { name: string; path: string };
  'archive-twice': { name: string; path: string };
  'archive-nested': { name: string; path: string };
  'archive-encrypted': { name: string };
  'archive-empty': { name: string };
  'folder-unwritable': { folder: string };
  'labels-missing': Record<never, never>;
  'too-few-labels': { limit: number };
  'too-few-texts': { limit: number };
  'too-few-synonyms': { limit: number };
  'synonyms-alone': Record<never, never>;
  'too-many-labels': { limit: number; count: number };
  'too-many-channel-labels': { limit: number; count: number };
  'label-too-long': { limit: number; label: string };
  'label-control': { label: string };
  'label-unknown': { label: string };
  'texts-missing': Record<never, never>;
  'too-many-texts': { limit: number; count: number };
  'template-slot': { template: string };
  'template-too-long': { limit: number };
  'preset-unknown': { name: string; presets: string };
  'nothing-to-undo': Record<never, never>;
  'one-label': Record<never, never>;
  'too-many-examples': { limit: number };
  'too-few-classes': { found: string };
  'no-class-folders': { name: string };
  'too-many-pictures': { count: number; limit: number };
  'nothing-taught': Record<never, never>;
  'taught-one-label': { label: string };
  'taught-other-model': { count: number };
  'nothing-of-yours': Record<never, never>;
  'not-allowed': { command: string };
  cooldown: { seconds: number };
  'channel-cooldown': { seconds: number };
  busy: Record<never, never>;
  'button-gone': Record<never, never>;
  stopping: Record<never, never>;
  stopped: Record<never, never>;
  'encoder-crashed': Record<never, never>;
  'address-refused': { address: string };
  'file-not-ready': { name: string };
  'scope-missing': { scope: string };
  'not-in-channel': Record<never, never>;
  'channel-closed': Record<never, never>;
  'form-late': Record<never, never>;
  'signed-out': Record<never, never>;
  'pack-unknown': { name: string; nearest: string; packs: string };
  'pack-off': { pack: string };
  'variant-unknown': { name: string; variants: string };
  'image-not-audited': Record<never, never>;
  'pairs-missing': Record<never, never>;
  'pair-unread': { pair: string };
  'pair-same': { label: string };
  'too-many-pairs': { limit: number; count: number };
  'no-group-folders': { name: string };
  'group-too-deep': { path: string };
  /** Two folders whose names stand for the same group. */
  'group-twice': { one: string; other: string };
  'too-few-groups': { found: string };
  'too-many-groups': { limit: number; count: number };
  'group-unknown': { name: string; groups: string };
  'too-many-to-audit': { limit: number; count: number };
  'picture-in-two-groups': { one: string; other: string };
  'group-too-small': { group: string; count: number; limit: number };
  /** `count` is how many file names are in every group. */
  'too-few-names-in-common': { count: number; limit: number };
  'pack-broken': { pack: string; field: string; reason: string };
  'pack-changed': { file: string };
  'zone-unknown': { zone: string };
  'schedule-unread': { text: string };
  'schedule-never': { text: string };
  'schedule-too-often': { text: string };
  'nowhere-to-post': { pack: string };
  'too-many-schedules': { limit: number; packs: string };
  'not-scheduled': { pack: string; packs: string };
  'model-loading': { percent: number };
  'model-unknown': { name: string; models: string };
  'model-damaged': { files: string; mend: string };
  'model-not-here': { id: string; models: string };
  /** Of those that come with Cliplens, nothing is fetched. */
  'model-bundled': { id: string };
  /** `missing` is what was not found in the graph of its vision file. */
  'not-explainable': { model: string; missing: string };
  'model-unavailable': { model: string; problem: ModelProblem };
  'detector-unavailable': { model: string; problem: ModelProblem };
}

/** Why a model cannot be used. `path` is a file's in the model, `host` the hub's. */
export type ModelProblem =
  | { kind: 'no-name' }
  | { kind: 'no-folder'; folder: string }
  /** The hub has none of this id; `nearest` is the known one that is spelled most like it. */
  | { kind: 'no-such-model'; host: string; nearest: string }
  /** The hub does not say whether it is private or not there at all. */
  | { kind: 'private'; host: string; nearest: string; hasToken: boolean }
  | { kind: 'gated'; host: string; hasToken: boolean }
  | { kind: 'no-clip' }
  /** It finds boxes, and is no CLIP. */
  | { kind: 'detector-only' }
  | { kind: 'no-detector' }
  /** A detector of another kind than is supported. */
  | { kind: 'owlv2' }
  | { kind: 'text-only' }
  | { kind: 'vision-only' }
  | { kind: 'file-missing'; path: string }
  | { kind: 'file-wrong'; path: string }
  | { kind: 'variant-missing'; path: string; there: readonly string[] }
  /** Two files that do not belong together. */
  | { kind: 'contradiction'; paths: readonly [string, string] }
  /** onnxruntime or transformers.js does not take it, in its own words. */
  | { kind: 'not-loadable'; reason: string }
  | { kind: 'file-changes'; path: string }
  | { kind: 'size-unknown'; path: string }
  | { kind: 'wrong-bytes'; path: string; host: string; are: 'fewer' | 'more' | 'other' }
  | { kind: 'unreachable'; host: string }
  | { kind: 'stalled'; host: string }
  | { kind: 'hub-busy'; host: string }
  | { kind: 'hub-fails'; host: string; status: number }
  | { kind: 'hub-refuses'; host: string; status: number }
  | { kind: 'offline' }
  /** It could be fetched, but not by whoever asked. */
  | { kind: 'not-fetched'; id: string; dtype: string }
  /** More megabytes than the loaded models may take together. */
  | { kind: 'too-large'; megabytes: number; limit: number }
  | { kind: 'disk-full'; folder: string }
  | { kind: 'no-space'; folder: string; megabytes: number; free: number }
  | { kind: 'not-writable'; folder: string }
  | { kind: 'fetched-twice'; path: string };

export type ErrorCode = keyof ErrorParameters;

/** What would mend it: the same again with this option, which a chat can ask for at once. */
interface Remedy {
  ask: string;
}

/** An error that is the asker's to mend: dispatch shows its sentence in the asker's language. All else is a bug. */
export class UserError<C extends ErrorCode = ErrorCode> extends Error {
  readonly code: C;
  readonly parameters: ErrorParameters[C];
  readonly remedy: Remedy | undefined;

  constructor(code: C, parameters: ErrorParameters[C], options: ErrorOptions & { remedy?: Remedy } = {}) {
    super(`${code} ${JSON.stringify(parameters)}`, options);
    this.name = 'UserError';
    this.code = code;
    this.parameters = parameters;
    this.remedy = options.remedy;
  }
}
