import { UserError } from '../errors.ts';
import { keyOf, parseText, splitList } from './labels.ts';

const MOST_PAIRS = 20;

/** Two labels of which a model is to choose one. */
export interface LabelPair {
  a: string;
  b: string;
}

/** A slash as English and Korean keyboards type it. */
const BETWEEN = /[/\uff0f]/;

/**
 * Reads pairs such as `nurse/doctor, teacher/mechanic`, each once, whichever of its labels comes first.
 * @throws UserError `pairs-missing`, `pair-unread`, `pair-same` or `too-many-pairs`, and those of labels
 */
export function parsePairs(text: string): LabelPair[] {
  const byKey = new Map<string, LabelPair>();
  for (const pair of splitList(text).map(parsePair)) {
    const key = JSON.stringify([pair.a, pair.b].map(keyOf).sort());
    if (!byKey.has(key)) byKey.set(key, pair);
  }
  if (byKey.size === 0) throw new UserError('pairs-missing', {});
  if (byKey.size > MOST_PAIRS) throw new UserError('too-many-pairs', { limit: MOST_PAIRS, count: byKey.size });
  return [...byKey.values()];
}

/** Reads one pair. @throws UserError `pair-unread` or `pair-same`, and those of labels */
export function parsePair(text: string): LabelPair {
  const [a = '', b = '', ...more] = text.split(BETWEEN).map(parseText);
  if (a === '' || b === '' || more.length > 0) throw new UserError('pair-unread', { pair: cut(text) });
  if (keyOf(a) === keyOf(b)) throw new UserError('pair-same', { label: a });
  return { a, b };
}

function cut(text: string): string {
  const characters = [...text];
  return characters.length > 60 ? `${characters.slice(0, 59).join('')}…` : text;
}
