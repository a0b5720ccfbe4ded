import type { Format } from './image/sniff.ts';

/** What each refusal tells: its code, and the figures its sentence needs. The sentences stand in `chat/texts`. */
export interface ErrorParameters {
  'unknown-command': { name: string };
  'unknown-option': { name: string; command: string };
  'bad-option': { name: string; value: string; expected: string };
  'option-missing': { name: string };
  'subcommand-missing': { command: string; subcommands: string };
  'image-missing': Record<never, never>;
  'too-many-images': { limit: number };
  'image-empty': { name: string };
  'image-too-large': { name: string; megabytes: number };
  'image-too-many-pixels': { name: string; megapixels: number };
  'image-format': { name: string; format: Format };
  'image-broken': { name: string };
  'image-unreadable': { name: string };
  'folder-unwritable': { folder: string };
  'labels-missing': Record<never, never>;
  'too-few-labels': { limit: number };
  'too-many-labels': { limit: number; count: number };
  'label-too-long': { limit: number; label: string };
  'label-control': { label: string };
  'label-unknown': { label: string };
  'template-slot': { template: string };
  'template-too-long': { limit: number };
  'preset-unknown': { name: string; presets: string };
  'nothing-to-undo': Record<never, never>;
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
  'form-late': Record<never, never>;
  'signed-out': Record<never, never>;
  'model-loading': { percent: number };
  'model-unavailable': { model: string; reason: string };
}

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
