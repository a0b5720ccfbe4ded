import type { CompletionContext } from '../src/chat/command.ts';
import { keyOf } from '../src/chat/labels.ts';
import { PRESETS } from '../src/chat/presets.ts';
import type { Services } from '../src/services.ts';

/**
 * Completes a list of labels: an empty one with the channel's labels and the presets as a whole, one that was begun
 * with the words that its last label may become.
 */
export async function completeLabels(
  typed: string,
  { channel, locale }: CompletionContext,
  { labelSets }: Services,
): Promise<string[]> {
  const own = (await labelSets.current(channel))?.labels ?? [];
  const presets = Object.values(PRESETS).map(({ labels }) => labels[locale]);
  const lists = [own, ...presets].filter((list) => list.length > 0).map((list) => list.join(', '));
  // The channel's own may be a preset.
  if (typed.trim() === '') return [...new Set(lists)];
  return continued(typed, [...own, ...presets.flat()]);
}

/** Completes a list of labels that the channel has already. */
export async function completeOwnLabels(
  typed: string,
  { channel }: CompletionContext,
  { labelSets }: Services,
): Promise<string[]> {
  return continued(typed, (await labelSets.current(channel))?.labels ?? []);
}

/** The list as typed, with each word that its last label may be the beginning of. */
function continued(typed: string, words: readonly string[]): string[] {
  const [, before = '', last = ''] = /^([\s\S]*[,，、]\s*)?([\s\S]*)$/.exec(typed) ?? [];
  const used = new Set(before.split(/[,，、]/).map((label) => keyOf(label.trim())));
  const begun = keyOf(last.trim());
  const fitting = new Set(words.filter((word) => keyOf(word).startsWith(begun) && !used.has(keyOf(word))));
  return [...fitting].map((word) => before + word);
}
