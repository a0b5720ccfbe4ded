/** What Slack takes at most; the figures are those of its reference for Block Kit, methods and manifests. */
export const LIMITS = {
  sectionText: 3000,
  actions: 25,
  buttonText: 75,
  optionText: 75,
  optionValue: 150,
  options: 100,
  placeholder: 150,
  inputText: 3000,
  inputHint: 2000,
  fileInput: 10,
  modalTitle: 24,
  homeBlocks: 100,
  fileAlt: 1000,
  slashCommands: 50,
  commandName: 32,
  commandDescription: 2000,
  usageHint: 1000,
  shortcuts: 10,
  shortcutName: 24,
  shortcutDescription: 150,
} as const;

/** A text no longer than the limit; one that was longer ends in an ellipsis. */
export function cut(text: string, limit: number): string {
  if (text.length <= limit) return text;
  // A surrogate that lost its other half is no character.
  return `${text.slice(0, limit - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}
