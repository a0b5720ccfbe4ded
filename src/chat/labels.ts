import { UserError } from '../errors.ts';

export const MAX_LABELS = 100;
const MAX_LENGTH = 100;

/** Commas as English, Korean and Japanese keyboards type them, and line breaks of pasted lists. */
const SEPARATOR = /[,\uff0c\u3001\n]/;

/** C0, C1, zero-width spaces and the marks that turn directions: invisible, they make one label look like another. */
const CONTROL = /[\p{Cc}\u200b\u2060\u202a-\u202e\u2066-\u2069\ufeff]/u;

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/**
 * Reads labels from a list with commas: trimmed, without empty ones and repetitions (which ignore case).
 * @throws UserError `label-control`, `label-too-long` or `too-many-labels`
 */
export function parseLabels(text: string): string[] {
  const labels = splitList(text);
  for (const label of labels) check(label);
  return distinct(labels);
}

/** What stands between the commas of a list, trimmed, without what is empty. */
export function splitList(text: string): string[] {
  return text
    .split(SEPARATOR)
    .map(tidy)
    .filter((part) => part !== '');
}

/** Reads one text, commas and all, by the rules of labels. @throws UserError `label-control` or `label-too-long` */
export function parseText(text: string): string {
  const tidied = tidy(text);
  check(tidied);
  return tidied;
}

/** The labels without those that differ from an earlier one in case alone. @throws UserError `too-many-labels` */
export function distinct(labels: readonly string[]): string[] {
  const byKey = new Map<string, string>();
  for (const label of labels) if (!byKey.has(keyOf(label))) byKey.set(keyOf(label), label);
  if (byKey.size > MAX_LABELS) throw new UserError('too-many-labels', { limit: MAX_LABELS, count: byKey.size });
  return [...byKey.values()];
}

/** What makes two labels the same one. */
export function keyOf(label: string): string {
  return label.toLowerCase();
}

function tidy(text: string): string {
  return text
    .replace(/[\t\r\n ]+/g, ' ')
    .trim()
    .normalize('NFC');
}

function check(label: string): void {
  const shown = [...graphemes.segment(label)].slice(0, 30).map(({ segment }) => segment);
  if (CONTROL.test(label))
    throw new UserError('label-control', { label: label.replace(new RegExp(CONTROL, 'gu'), '□') });
  if ([...graphemes.segment(label)].length > MAX_LENGTH) {
    throw new UserError('label-too-long', { limit: MAX_LENGTH, label: `${shown.join('')}…` });
  }
}
