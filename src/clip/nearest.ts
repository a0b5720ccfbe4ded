/** Of the candidates, the one that takes the fewest edits to become `word`, whatever the case. */
export function nearest(word: string, candidates: readonly [string, ...string[]]): string {
  const [first] = candidates;
  const far = { candidate: first, edits: Number.POSITIVE_INFINITY };
  return candidates.reduce((best, candidate) => {
    const edits = editsBetween(word.toLowerCase(), candidate.toLowerCase());
    return edits < best.edits ? { candidate, edits } : best;
  }, far).candidate;
}

/** The Levenshtein distance: insertions, deletions and replacements of one character. */
function editsBetween(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const replaced = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
