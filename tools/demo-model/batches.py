"""Training batches: scenes with captions, and everything the losses need to know about them."""

import random
from dataclasses import dataclass
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import Tensor

from art import SIZE, Art
from captions import Caption, write_caption
from concepts import TONES, TRAIN_SETS, Concepts
from scenes import Compositor, Placed, layout

NOUN_WEIGHT = 1.6
TONED_WEIGHT = 1.4
IGNORED = -100


@dataclass
class Batch:
    images: Tensor  # (B, 3, 96, 96)
    captions: list[str]
    positives: Tensor  # (image, caption): 1 where the caption is true of the image
    image_concepts: Tensor  # (B, K), rows sum to 1
    text_concepts: Tensor  # (B, K), rows sum to 1
    patches: Tensor  # (B, N): concept of a patch, K for background, IGNORED where mixed


class BatchMaker:
    """Draws batches from the training styles only."""

    def __init__(self, concepts: Concepts, work: Path, nouns: set[str], patch: int):
        self.concepts = concepts
        self.patch = patch
        drawings = [d for d in concepts.drawings if d.style in TRAIN_SETS]
        self.compositor = Compositor(Art(work, drawings), concepts.names, concepts.toned)
        self.by_tone: list[dict[int, list[int]]] = [{} for _ in concepts.names]
        for i, d in enumerate(drawings):
            self.by_tone[d.concept].setdefault(d.tone, []).append(i)
        self.weights = [
            concepts.emphasis(i) * (TONED_WEIGHT if i in concepts.toned else 1) * (NOUN_WEIGHT if name in nouns else 1)
            for i, name in enumerate(concepts.names)
        ]

    def make(self, size: int, several: float, smallest: float, rng: random.Random) -> Batch:
        """`several`: share of scenes with two or three objects; `smallest`: least size of an object on its own."""
        placed: list[Placed] = []
        contents: list[list[tuple[int, int]]] = []
        captions: list[Caption] = []
        everyone = range(len(self.concepts))
        for image in range(size):
            draw = rng.random()
            count = 1 if draw > several else (2 if draw > several / 3 else 3)
            objects = []
            for concept, box in zip(rng.choices(everyone, self.weights, k=count), layout(count, smallest, rng)):
                tone = rng.choice(list(self.by_tone[concept]))
                objects.append((concept, tone))
                placed.append(Placed(image, rng.choice(self.by_tone[concept][tone]), *box))
            contents.append(objects)
            named = [rng.choice(objects)]
            if count > 1 and rng.random() < 0.5:
                named = rng.sample(objects, count if rng.random() < 0.7 else 2)
            captions.append(write_caption(self.concepts, named, rng))
        images, visible = self.compositor.render(placed, size)
        shown = [self.compositor.art.drawings[p.drawing].concept for p in placed]
        return Batch(
            images,
            [c.text for c in captions],
            self._positives(contents, captions),
            self._image_concepts(contents),
            self._text_concepts(captions),
            self._patch_labels(placed, shown, visible, size),
        )

    def _positives(self, contents: list[list[tuple[int, int]]], captions: list[Caption]) -> Tensor:
        """A caption is true of an image when each of its claims is true of some object there."""
        tones, total = len(TONES), len(self.concepts) * len(TONES)
        present = torch.zeros(len(contents), total)
        for image, objects in enumerate(contents):
            for concept, tone in objects:
                present[image, concept * tones + tone] = 1
        claims = [(caption, claim) for caption, c in enumerate(captions) for claim in c.claims]
        allowed = torch.zeros(len(claims), len(self.concepts), tones)
        for row, (_, (term, tone)) in enumerate(claims):
            ids = torch.tensor(sorted(self.concepts.terms[term]))
            allowed[row, ids, tone if tone else slice(None)] = 1
        met = (allowed.view(len(claims), total) @ present.T > 0).float()
        owner = torch.tensor([caption for caption, _ in claims])
        count = torch.zeros(len(captions), len(contents)).index_add_(0, owner, met)
        needed = torch.tensor([float(len(c.claims)) for c in captions])
        return (count >= needed[:, None] - 0.1).float().T

    def _image_concepts(self, contents: list[list[tuple[int, int]]]) -> Tensor:
        target = torch.zeros(len(contents), len(self.concepts))
        for image, objects in enumerate(contents):
            for concept, _ in objects:
                target[image, concept] += 1 / len(objects)
        return target

    def _text_concepts(self, captions: list[Caption]) -> Tensor:
        target = torch.zeros(len(captions), len(self.concepts))
        for row, caption in enumerate(captions):
            for term, _ in caption.claims:
                ids = sorted(self.concepts.terms[term])
                target[row, ids] += 1 / (len(ids) * len(caption.claims))
        return target

    def _patch_labels(self, placed: list[Placed], shown: list[int], visible: Tensor, size: int) -> Tensor:
        grid = SIZE // self.patch
        covered = F.avg_pool2d(visible[:, None], self.patch).reshape(len(placed), grid * grid)
        total = torch.zeros(size, grid * grid).index_add_(0, torch.tensor([p.image for p in placed]), covered)
        labels = torch.full((size, grid * grid), IGNORED)
        labels[total < 0.05] = len(self.concepts)
        for i, p in enumerate(placed):
            labels[p.image, covered[i] > 0.5] = shown[i]
        return labels
