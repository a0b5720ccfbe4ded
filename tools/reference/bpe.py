"""Byte pair encoding, learned the same way each time."""

from collections import Counter


def learn_merges(counts: Counter[tuple[str, ...]], size: int) -> list[str]:
    """
    Learns `size` pairs from words (as letters, with how often each occurs): the commonest first, ties in alphabetical order.

    Written out because the trainer of `tokenizers` breaks ties differently from run to run.
    """
    merges = []
    for _ in range(size):
        pairs: Counter[tuple[str, str]] = Counter()
        for word, count in counts.items():
            for pair in zip(word, word[1:]):
                pairs[pair] += count
        best = min(pairs, key=lambda pair: (-pairs[pair], pair))
        merges.append(" ".join(best))
        counts = Counter({merged(word, best): count for word, count in counts.items()})
    return merges


def merged(word: tuple[str, ...], pair: tuple[str, str]) -> tuple[str, ...]:
    """The word with every occurrence of the pair, from the left, joined."""
    joined: list[str] = []
    letters = list(word)
    while letters:
        if tuple(letters[:2]) == pair:
            joined.append("".join(pair))
            letters = letters[2:]
        else:
            joined.append(letters.pop(0))
    return tuple(joined)
