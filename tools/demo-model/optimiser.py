"""Muon for the matrices of the blocks, AdamW for the rest, over two processes that average their gradients."""

import torch
import torch.distributed as dist
from torch import Tensor

from model import Clip

ADAM_RATE, MUON_RATE = 1.5e-3, 0.02
ADAM_DECAY, MUON_DECAY = 0.05, 0.05
MUON_MOMENTUM = 0.95
MAX_GRADIENT_NORM = 1.0


def all_sum(tensors: list[Tensor]) -> list[Tensor]:
    """Element-wise sum over the processes, in one message."""
    if not dist.is_initialized():
        return tensors
    flat = torch.cat([t.reshape(-1) for t in tensors])
    dist.all_reduce(flat)
    return [part.view_as(t) for part, t in zip(flat.split([t.numel() for t in tensors]), tensors)]


def orthogonalise(gradient: Tensor) -> Tensor:
    """Newton-Schulz iteration towards the nearest orthogonal matrix (Jordan 2024, "Muon")."""
    x = gradient / (gradient.norm() + 1e-7)
    tall = x.shape[0] > x.shape[1]
    if tall:
        x = x.T
    for _ in range(5):
        a = x @ x.T
        x = 3.4445 * x + (-4.7750 * a + 2.0315 * (a @ a)) @ x
    return x.T if tall else x


class Optimiser:
    """`step` applies the gradients that the parameters hold; each process orthogonalises its share of the matrices."""

    def __init__(self, model: Clip, rank: int, world: int):
        self.rank, self.world = rank, world
        named = list(model.named_parameters())
        self.parameters = [p for _, p in named]
        self.matrices = [p for n, p in named if ".blocks." in n and p.ndim == 2]
        embeddings = [model.prototypes, model.text.token.weight]
        special = {id(p) for p in self.matrices + embeddings}
        rest = [p for p in self.parameters if id(p) not in special]
        self.groups = [
            {"params": [p for p in rest if p.ndim >= 2], "weight_decay": ADAM_DECAY, "base": ADAM_RATE},
            {"params": [p for p in rest if p.ndim < 2], "weight_decay": 0.0, "base": ADAM_RATE},
            {"params": embeddings, "weight_decay": 0.0, "base": 2 * ADAM_RATE},
        ]
        self.adam = torch.optim.AdamW(self.groups, lr=ADAM_RATE, betas=(0.9, 0.98))
        self.momenta = [torch.zeros_like(p) for p in self.matrices]
        self.owners = self._share_out()

    def _share_out(self) -> list[int]:
        load, owners = [0] * self.world, [0] * len(self.matrices)
        for i in sorted(range(len(self.matrices)), key=lambda i: -self.matrices[i].numel()):
            owners[i] = load.index(min(load))
            load[owners[i]] += self.matrices[i].numel()
        return owners

    def step(self, rate: float) -> None:
        """One update at `rate` (0..1) times the base learning rates."""
        gradients = all_sum([torch.zeros_like(p) if p.grad is None else p.grad for p in self.parameters])
        for p, gradient in zip(self.parameters, gradients):
            p.grad = gradient / self.world
        torch.nn.utils.clip_grad_norm_([p for g in self.adam.param_groups for p in g["params"]], MAX_GRADIENT_NORM)
        for group in self.adam.param_groups:
            group["lr"] = group["base"] * rate
        self.adam.step()
        self._muon_step(MUON_RATE * rate)

    @torch.no_grad()
    def _muon_step(self, rate: float) -> None:
        updates = []
        for p, momentum, owner in zip(self.matrices, self.momenta, self.owners):
            momentum.lerp_(p.grad, 1 - MUON_MOMENTUM)
            if owner == self.rank:
                nesterov = p.grad.lerp(momentum, MUON_MOMENTUM)
                updates.append(orthogonalise(nesterov) * max(1, p.shape[0] / p.shape[1]) ** 0.5)
            else:
                updates.append(torch.zeros_like(p))
        for p, update in zip(self.matrices, all_sum(updates)):
            p.mul_(1 - rate * MUON_DECAY).add_(update, alpha=-rate)

    def state(self) -> dict:
        return {"adam": self.adam.state_dict(), "momenta": self.momenta}

    def load(self, state: dict) -> None:
        self.adam.load_state_dict(state["adam"])
        for momentum, saved in zip(self.momenta, state["momenta"]):
            momentum.copy_(saved)
