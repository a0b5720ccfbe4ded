/** What Discord takes at most (https://discord.com/developers/docs). Lengths are in UTF-16 units. */
export const LIMITS = {
  /** A message's text is 2000; this leaves room for covers and for a note beneath a page. */
  text: 1800,
  alt: 1024,
  rows: 5,
  buttonsInRow: 5,
  buttonLabel: 80,
  placeholder: 150,
  selectOptions: 25,
  selectLabel: 100,
  formTitle: 45,
  formLabel: 45,
  formDescription: 100,
  formValue: 4000,
  completions: 25,
  completion: 100,
  /** How many attachments of a kind a slash command offers, of the 25 options it may have: as many as a message carries. */
  attachmentOptions: 10,
  /** Bytes of one file, where the interaction does not say, and of all the files of a message. */
  file: 10 * 1024 * 1024,
  files: 24 * 1024 * 1024,
  /** How many files a message carries. */
  attachments: 10,
} as const;

/** Cuts a text to a length, with an ellipsis where something is lost. */
export function cut(text: string, limit: number): string {
  return text.length <= limit ? text : `${text.slice(0, limit - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}
