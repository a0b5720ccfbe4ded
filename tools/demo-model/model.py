"""The same network as Hugging Face's CLIPModel, laid out for fast training on a CPU.

Three things differ from CLIPModel while training, and none after `to_transformers` (export.py):
quick_gelu(x) = x * sigmoid(1.702 x) is computed as silu of a scaled input, with the scale folded into the weights;
the last vision block computes its MLP for the class token only; patches may be dropped.
"""

import math
from dataclasses import asdict, dataclass

import torch
import torch.nn.functional as F
from torch import Tensor, nn

GELU_SCALE = 1.702
MEAN, STD = 0.5, 0.25


@dataclass(frozen=True)
class Sizes:
    image: int = 96
    patch: int = 12
    vision_width: int = 192
    vision_layers: int = 5
    vision_heads: int = 3
    text_width: int = 128
    text_layers: int = 3
    text_heads: int = 4
    context: int = 32
    vocabulary: int = 4096
    projection: int = 192

    @property
    def grid(self) -> int:
        return self.image // self.patch


class Block(nn.Module):
    """Pre-LN transformer block."""

    def __init__(self, width: int, heads: int, depth: int):
        super().__init__()
        self.heads = heads
        self.ln1, self.ln2 = nn.LayerNorm(width), nn.LayerNorm(width)
        self.q, self.k, self.v, self.out = (nn.Linear(width, width) for _ in range(4))
        self.fc1, self.fc2 = nn.Linear(width, 4 * width), nn.Linear(4 * width, width)
        residual = (2 * depth * width) ** -0.5
        for layer, std in (
            (self.q, width**-0.5),
            (self.k, width**-0.5),
            (self.v, width**-0.5),
            (self.out, residual),
            (self.fc1, GELU_SCALE * width**-0.5),
            (self.fc2, residual),
        ):
            nn.init.normal_(layer.weight, 0, std)
            nn.init.zeros_(layer.bias)

    def split(self, x: Tensor) -> Tensor:
        """(B, T, D) -> (B, heads, T, D / heads)"""
        return x.view(*x.shape[:2], self.heads, -1).transpose(1, 2)

    def attend(self, q: Tensor, k: Tensor, v: Tensor, mask: Tensor | None = None) -> Tensor:
        scores = (q * q.shape[-1] ** -0.5) @ k.transpose(-1, -2)
        if mask is not None:
            scores = scores + mask
        return self.out((scores.softmax(-1) @ v).transpose(1, 2).flatten(2))

    def mlp(self, x: Tensor) -> Tensor:
        return self.fc2(F.silu(self.fc1(self.ln2(x))))

    def forward(self, x: Tensor, mask: Tensor | None = None) -> Tensor:
        y = self.ln1(x)
        x = x + self.attend(self.split(self.q(y)), self.split(self.k(y)), self.split(self.v(y)), mask)
        return x + self.mlp(x)

    def class_and_patches(self, x: Tensor) -> tuple[Tensor, Tensor]:
        """The class token's output (B, D), and k-k attention of the patches without residual or MLP (B, N, D).

        Key-key attention keeps a patch's output about the patch itself (Li et al. 2023, "CLIP Surgery").
        """
        y = self.ln1(x)
        k, v = self.split(self.k(y)), self.split(self.v(y))
        cls = x[:, :1] + self.attend(self.split(self.q(y[:, :1])), k, v)
        return (cls + self.mlp(cls))[:, 0], self.attend(k, k, v)[:, 1:]


class Vision(nn.Module):
    def __init__(self, s: Sizes):
        super().__init__()
        self.cls = nn.Parameter(torch.randn(s.vision_width) * 0.02)
        self.patch = nn.Conv2d(3, s.vision_width, s.patch, s.patch, bias=False)
        self.position = nn.Parameter(torch.randn(s.grid**2 + 1, s.vision_width) * 0.02)
        self.pre = nn.LayerNorm(s.vision_width)
        self.blocks = nn.ModuleList(
            Block(s.vision_width, s.vision_heads, s.vision_layers) for _ in range(s.vision_layers)
        )
        self.post = nn.LayerNorm(s.vision_width)
        self.projection = nn.Linear(s.vision_width, s.projection, bias=False)
        nn.init.normal_(self.projection.weight, 0, s.vision_width**-0.5)

    def forward(self, images: Tensor, keep: int | None = None) -> tuple[Tensor, Tensor, Tensor | None]:
        """Images in 0..1 -> unit vectors (B, E), patch features (B, N, D), indices of the `keep` kept patches."""
        x = self.patch((images - MEAN) / STD).flatten(2).transpose(1, 2) + self.position[1:]
        kept = None
        if keep is not None:
            kept = torch.rand(x.shape[:2]).topk(keep, 1).indices
            x = x.gather(1, kept[:, :, None].expand(-1, -1, x.shape[2]))
        x = self.pre(torch.cat([(self.cls + self.position[0]).expand(len(x), 1, -1), x], 1))
        for block in self.blocks[:-1]:
            x = block(x)
        cls, patches = self.blocks[-1].class_and_patches(x)
        return self.embed(cls), patches, kept

    def embed(self, features: Tensor) -> Tensor:
        return F.normalize(self.projection(self.post(features)), dim=-1)


class Text(nn.Module):
    def __init__(self, s: Sizes):
        super().__init__()
        self.token = nn.Embedding(s.vocabulary, s.text_width)
        self.position = nn.Parameter(torch.randn(s.context, s.text_width) * 0.01)
        self.blocks = nn.ModuleList(Block(s.text_width, s.text_heads, s.text_layers) for _ in range(s.text_layers))
        self.post = nn.LayerNorm(s.text_width)
        self.projection = nn.Linear(s.text_width, s.projection, bias=False)
        nn.init.normal_(self.token.weight, 0, 0.02)
        nn.init.normal_(self.projection.weight, 0, s.text_width**-0.5)
        self.end = s.vocabulary - 1

    def forward(self, ids: Tensor) -> Tensor:
        """Token ids (B, T), each row with one end token -> unit vectors (B, E)."""
        length = ids.shape[1]
        mask = torch.full((length, length), -1e9).triu(1)
        x = self.token(ids) + self.position[:length]
        for block in self.blocks:
            x = block(x, mask)
        at_end = x[torch.arange(len(ids)), (ids == self.end).int().argmax(1)]
        return F.normalize(self.projection(self.post(at_end)), dim=-1)


class Clip(nn.Module):
    """The two encoders, and what is only there to train them: concept prototypes (the last is background)."""

    def __init__(self, sizes: Sizes, concepts: int):
        super().__init__()
        self.sizes = sizes
        self.vision, self.text = Vision(sizes), Text(sizes)
        self.scale = nn.Parameter(torch.tensor(math.log(1 / 0.07)))
        self.prototypes = nn.Parameter(torch.randn(concepts + 1, sizes.projection))
        self.concept_scale = nn.Parameter(torch.tensor(math.log(14.0)))
        self.patch_scale = nn.Parameter(torch.tensor(math.log(14.0)))

    def settings(self) -> dict[str, int]:
        return asdict(self.sizes)
