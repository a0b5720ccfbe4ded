"""Held-out pictures to measure on: single drawings, and scenes with several, in a style that was never trained."""

import json
import random
from pathlib import Path

import numpy as np
import torch

from art import SIZE, Art
from concepts import LISTS, Concepts
from scenes import Compositor, Placed, layout


def nouns(concepts: Concepts) -> list[tuple[str, str, list[int]]]:
    """(English, Korean, concepts) of each everyday noun."""
    table = json.loads((LISTS / "nouns.json").read_text())
    return [(noun, entry["ko"], [concepts.index[c] for c in entry["concepts"]]) for noun, entry in table.items()]


class Style:
    """One emoji set; `has(concept, tone)` and the pictures made of it, without augmentation."""

    def __init__(self, concepts: Concepts, work: Path, name: str):
        self.rows = concepts.by_style(name)
        drawings = [d for d in concepts.drawings if d.style == name and self.rows[d.concept, d.tone] == d.row]
        self.index = {(d.concept, d.tone): i for i, d in enumerate(drawings)}
        self._compositor = Compositor(Art(work, drawings), concepts.names, concepts.toned)

    def has(self, concept: int, tone: int = 0) -> bool:
        return (concept, tone) in self.index

    def singles(self, wanted: list[tuple[int, int]], size: float = 0.9, seed: int = 0) -> np.ndarray:
        """One centred drawing each, `size` of the frame, on a plain pale background (N, 3, 96, 96)."""
        torch.manual_seed(seed)
        pale = torch.rand(len(wanted), 3, 1, 1) * 0.3 + 0.7
        objects = [Placed(i, self.index[key], 0.5, 0.5, size) for i, key in enumerate(wanted)]
        images, _ = self._compositor.render(
            objects, len(wanted), augment=False, background=pale.expand(-1, -1, SIZE, SIZE)
        )
        return images.numpy()

    def scenes(self, choices: list[list[int]], smallest: float = 0.42, seed: int = 3) -> np.ndarray:
        """Each scene shows the given concepts, laid out at random on random backgrounds (N, 3, 96, 96)."""
        rng = random.Random(seed)
        torch.manual_seed(seed)
        objects = [
            Placed(i, self.index[concept, 0], *box)
            for i, shown in enumerate(choices)
            for concept, box in zip(shown, layout(len(shown), smallest, rng))
        ]
        return self._compositor.render(objects, len(choices), augment=False)[0].numpy()
