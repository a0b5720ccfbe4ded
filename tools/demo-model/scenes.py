"""Scenes composited on the fly: drawings moved, recoloured and pasted on random backgrounds.

Everything random comes from the `random.Random` that is handed in and from torch's global generator, so that a seed
gives the same scenes.
"""

import math
import random
import re
from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor

from art import SIZE, Art

SMALL = 0.62  # below this share of the frame the half-size drawing is sharp enough
ORIENTED = re.compile(r"left|right|arrow|clock|button|sign|letter|number|moon|quarter|crescent")
COLOUR_NAMED = re.compile(r"red|orange|yellow|green|blue|purple|black|white|brown|pink|heart|book|dark|blond")
SIZES_OF_SEVERAL = {2: (0.34, 0.6), 3: (0.28, 0.48)}


@dataclass(frozen=True)
class Placed:
    """Drawing number `drawing` of the art, centred at (x, y), `size` wide; all as shares of the frame."""

    image: int
    drawing: int
    x: float
    y: float
    size: float


def layout(count: int, smallest_single: float, rng: random.Random) -> list[tuple[float, float, float]]:
    """(x, y, size) of `count` objects that overlap little."""
    low, high = SIZES_OF_SEVERAL.get(count, (smallest_single, 1.02))
    for _ in range(40):
        boxes = []
        for _ in range(count):
            size = rng.uniform(low, high)
            room = max(0.0, 1 - size) * 1.1
            boxes.append((0.5 + rng.uniform(-0.5, 0.5) * room, 0.5 + rng.uniform(-0.5, 0.5) * room, size))
        apart = all(
            max(abs(a[0] - b[0]), abs(a[1] - b[1])) > (a[2] + b[2]) * 0.425
            for i, a in enumerate(boxes)
            for b in boxes[:i]
        )
        if apart:
            break
    return boxes


def backgrounds(count: int) -> Tensor:
    """(count, 3, 96, 96): plain, pale, gradients, soft blobs and coarse noise."""
    images = torch.rand(count, 3, 1, 1).expand(count, 3, SIZE, SIZE).clone()
    images[: count // 4] = images[: count // 4] * 0.25 + 0.75
    kind = torch.randint(0, 6, (count,))
    for value, cells in ((1, 2), (2, 4), (3, 12), (4, 24)):
        chosen = (kind == value).nonzero()[:, 0]
        if len(chosen) == 0:
            continue
        mode = "bicubic" if cells < 12 else "bilinear"
        field = F.interpolate(torch.rand(len(chosen), 3, cells, cells), size=SIZE, mode=mode, align_corners=False)
        strength = torch.rand(len(chosen), 1, 1, 1) * 0.9 + 0.1
        images[chosen] = images[chosen] * (1 - strength) + field * strength
    return images[torch.randperm(count)].clamp(0, 1)


def colour_matrices(hue: Tensor) -> Tensor:
    """(N, 3, 3): rotation about grey by `hue` radians, with random saturation and contrast."""
    n = len(hue)
    cos, sin = torch.cos(hue), torch.sin(hue)
    third, root = 1 / 3, math.sqrt(1 / 3)
    rotation = torch.empty(n, 3, 3)
    for row in range(3):
        for column in range(3):
            turn = (0, -1, 1)[(column - row) % 3]
            rotation[:, row, column] = cos * (row == column) + (1 - cos) * third + turn * sin * root
    saturation = torch.empty(n, 1, 1).uniform_(0.6, 1.4)
    grey = torch.tensor([0.299, 0.587, 0.114]).expand(n, 3, 3)
    return (saturation * torch.eye(3) + (1 - saturation) * grey) @ rotation * torch.empty(n, 1, 1).uniform_(0.75, 1.2)


def recolour(source: Tensor, hue_spread: Tensor, gentle: Tensor, widest_outline: int) -> Tensor:
    """Vary premultiplied drawings: hue, saturation, contrast; now and then a sticker outline or fewer colours."""
    n, _, height, width = source.shape
    matrices = colour_matrices(torch.randn(n) * hue_spread)
    matrices = torch.where(gentle[:, None, None], torch.eye(3) * 0.6 + 0.4 * matrices, matrices)
    mixed = torch.bmm(matrices, source[:, :3].reshape(n, 3, -1)).reshape(n, 3, height, width)
    mixed += torch.empty(n, 3, 1, 1).uniform_(-0.07, 0.07) * source[:, 3:]
    source[:, :3] = torch.minimum(mixed.clamp_(0, 1), source[:, 3:])
    draw = torch.rand(n)
    outlined = (draw < 0.12).nonzero()[:, 0]
    if len(outlined):
        alpha = grown = source[outlined, 3:]
        for _ in range(int(torch.randint(1, widest_outline + 1, ()))):
            grown = F.max_pool2d(grown, 3, stride=1, padding=1)
        white_or_black = (torch.rand(len(outlined), 1, 1, 1) < 0.5).float()
        source[outlined, :3] += white_or_black * torch.rand(len(outlined), 3, 1, 1).clamp(0.85, 1) * (grown - alpha)
        source[outlined, 3:] = grown
    posterised = ((draw > 0.15) & (draw < 0.2)).nonzero()[:, 0]
    if len(posterised):
        source[posterised, :3] = torch.minimum((source[posterised, :3] * 4).round() / 4, source[posterised, 3:])
    return source


def augment_images(images: Tensor) -> Tensor:
    """Brightness and contrast; some images blurred, noisy or grey."""
    n = len(images)
    images = (
        (images - 0.5) * torch.empty(n, 1, 1, 1).uniform_(0.75, 1.2)
        + 0.5
        + torch.empty(n, 3, 1, 1).uniform_(-0.06, 0.06)
    )
    draw = torch.rand(n)
    blurred, noisy, grey = (
        ((draw > low) & (draw <= high)).nonzero()[:, 0] for low, high in ((0.0, 0.12), (0.12, 0.3), (0.3, 0.34))
    )
    if len(blurred):
        small = (40, 48, 64)[int(torch.randint(3, ()))]
        shrunk = F.interpolate(images[blurred], size=small, mode="bilinear", align_corners=False)
        images[blurred] = F.interpolate(shrunk, size=SIZE, mode="bilinear", align_corners=False)
    if len(noisy):
        images[noisy] += torch.randn(len(noisy), 3, SIZE, SIZE) * float(torch.empty(()).uniform_(0.01, 0.06))
    if len(grey):
        images[grey] = images[grey].mean(1, keepdim=True)
    return images.clamp_(0, 1)


class Compositor:
    """Draws scenes from `art`; `names` and `toned` say which drawings may be mirrored or change colour much."""

    def __init__(self, art: Art, names: list[str], toned: set[int]):
        self.art = art
        concepts = [d.concept for d in art.drawings]
        self.mirrors = torch.tensor([not ORIENTED.search(names[c]) for c in concepts])
        self.gentle = torch.tensor([c in toned for c in concepts])
        fixed_hue = torch.tensor([bool(COLOUR_NAMED.search(names[c])) or c in toned for c in concepts])
        self.hue_spread = torch.where(fixed_hue, 0.05, 0.25)

    def render(self, objects: list[Placed], count: int, augment: bool = True, background: Tensor | None = None):
        """-> images (count, 3, 96, 96) in 0..1, and each object's visible coverage (len(objects), 96, 96)."""
        layers = self._layers(objects, augment)
        images = backgrounds(count) if background is None else background.clone()
        visible = torch.zeros(len(objects), SIZE, SIZE)
        stacks: dict[int, list[int]] = {}
        for i, placed in enumerate(objects):
            stacks.setdefault(placed.image, []).append(i)
        for depth in range(max(len(stack) for stack in stacks.values())):
            deep = [stack for stack in stacks.values() if len(stack) > depth]
            top = torch.tensor([stack[depth] for stack in deep])
            where = torch.tensor([objects[i].image for i in top.tolist()])
            alpha = layers[top, 3:]
            images[where] = images[where] * (1 - alpha) + layers[top, :3]
            for lower in range(depth):
                below = torch.tensor([stack[lower] for stack in deep])
                visible[below] = visible[below] * (1 - alpha[:, 0])
            visible[top] = alpha[:, 0]
        return (augment_images(images) if augment else images), visible

    def _layers(self, objects: list[Placed], augment: bool) -> Tensor:
        """Each object alone on the full frame, premultiplied (N, 4, 96, 96)."""
        n = len(objects)
        drawing = torch.tensor([o.drawing for o in objects])
        size = torch.tensor([o.size for o in objects])
        angle, shear, stretch = torch.zeros(n), torch.zeros(n), torch.ones(n, 2)
        if augment:
            angle, shear = torch.empty(n).uniform_(-0.3, 0.3), torch.empty(n).uniform_(-0.15, 0.15)
            stretch = torch.empty(n, 2).uniform_(0.85, 1.15)
            mirrored = (torch.rand(n) < 0.4) & self.mirrors[drawing]
            stretch[mirrored, 0] *= -1
        # affine_grid maps output to input coordinates, so this is the inverse of the placement.
        inverse = torch.zeros(n, 2, 3)
        inverse[:, 0, 0] = torch.cos(angle) / (size * stretch[:, 0])
        inverse[:, 0, 1] = (torch.sin(angle) + shear) / (size * stretch[:, 0])
        inverse[:, 1, 0] = -torch.sin(angle) / (size * stretch[:, 1])
        inverse[:, 1, 1] = torch.cos(angle) / (size * stretch[:, 1])
        centre = torch.tensor([[o.x, o.y] for o in objects]) * 2 - 1
        inverse[:, :, 2] = -(inverse[:, :, :2] @ centre[:, :, None])[:, :, 0]
        layers = torch.empty(n, 4, SIZE, SIZE)
        for small in (True, False):
            chosen = ((size < SMALL) == small).nonzero()[:, 0]
            if len(chosen) == 0:
                continue
            which = drawing[chosen]
            source = (self.art.half if small else self.art.full)[which].float().div_(255)
            if augment:
                source = recolour(source, self.hue_spread[which], self.gentle[which], 2 if small else 3)
            grid = F.affine_grid(inverse[chosen], [len(chosen), 4, SIZE, SIZE], align_corners=False)
            layers[chosen] = F.grid_sample(source, grid, mode="bilinear", padding_mode="zeros", align_corners=False)
        return layers
