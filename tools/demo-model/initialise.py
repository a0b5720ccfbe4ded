"""A data-dependent start for the patch filters and positions; it shortens the slow first minutes."""

import random

import torch
import torch.nn.functional as F

from batches import BatchMaker
from model import MEAN, STD, Clip

BATCHES, BATCH = 3, 64
GAIN = 0.7


def sincos(grid: int, width: int) -> torch.Tensor:
    """(grid * grid, width) two-dimensional sine and cosine positions."""
    y, x = torch.meshgrid(torch.arange(grid).float(), torch.arange(grid).float(), indexing="ij")
    frequency = 1 / 20 ** (torch.arange(width // 4) / (width // 4))
    return torch.cat([wave(v.flatten()[:, None] * frequency) for v in (x, y) for wave in (torch.sin, torch.cos)], 1)


@torch.no_grad()
def initialise(model: Clip, maker: BatchMaker, seed: int) -> None:
    """Patch filters = randomly rotated whitened principal components of real patches; positions = rotated sincos."""
    sizes, rng = model.sizes, random.Random(seed)
    torch.manual_seed(seed)
    images = torch.cat([maker.make(BATCH, 0.2, 0.7, rng).images for _ in range(BATCHES)])
    patches = F.unfold((images - MEAN) / STD, sizes.patch, stride=sizes.patch).transpose(1, 2).flatten(0, 1)
    values, vectors = torch.linalg.eigh(patches.T @ patches / len(patches))
    values, vectors = values.flip(0)[: sizes.vision_width], vectors.flip(1)[:, : sizes.vision_width]
    floor = 0.02 * (values.mean() + values[8])
    whitened = (vectors / (values + floor).sqrt()).T

    def rotation() -> torch.Tensor:
        return torch.linalg.qr(torch.randn(sizes.vision_width, sizes.vision_width))[0]

    model.vision.patch.weight.copy_((rotation() @ whitened).view_as(model.vision.patch.weight) * GAIN)
    model.vision.position[1:].copy_(sincos(sizes.grid, sizes.vision_width) @ rotation() * GAIN)
