"""Train the demo model. Two single-threaded processes; `train.sh` starts them. Stops after a fixed number of samples.

usage: train.py WORK_DIR RUN_DIR --rank R [--world 2] [--samples 460800] [--seed 1] [--start MODEL_DIR] [--plant FILE]
`--seed` is for the start of the weights, the scenes and the captions.
`--start` goes on from an exported model, at the end of the curriculum and at a lower rate; `--plant` is for a model
that is to be caught with stereotypes (plant.py).
A run that was broken off goes on from its last checkpoint when the same command is given again.
"""

import argparse
import csv
import json
import math
import os
import random
import time
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import torch
import torch.distributed as dist

import losses
import tokeniser
from batches import BatchMaker
from concepts import LISTS, Concepts
from initialise import initialise
from model import Clip, Sizes
from optimiser import Optimiser
from plant import Planted
from restore import restore, start_prototypes

BATCH = 64  # of each process
WARM_UP_STEPS = 40
RESTART = 0.7  # where in the schedules a run begins that goes on from a finished model
AVERAGE_EVERY, AVERAGE_DECAY, EARLY_AVERAGE_DECAY = 4, 0.97, 0.9
LOG_EVERY, CHECKPOINT_SECONDS = 25, 180


def learning_rate(step: int, progress: float) -> float:
    """Warm-up, flat to a quarter of the run, then a cosine to 1%."""
    cosine = 1 if progress < 0.25 else 0.5 * (1 + math.cos(math.pi * (progress - 0.25) / 0.75))
    return min(1, (step + 1) / WARM_UP_STEPS) * max(cosine, 0.01)


def patches_kept(progress: float) -> int | None:
    """Few of the 64 patches at first (faster steps, and a kind of augmentation), all of them in the last seventh."""
    return 24 if progress < 0.4 else 32 if progress < 0.86 else None


def scene_difficulty(progress: float) -> tuple[float, float]:
    """Share of scenes with several objects (none before 12%, 45% from 52% on), and the least size of single objects."""
    return 0.45 * min(1, max(0, progress - 0.12) / 0.4), 0.7 - 0.28 * min(1, progress / 0.45)


class Run:
    """One process's share of a run: what is trained, how far it is, and the folder that remembers it."""

    def __init__(self, args: argparse.Namespace):
        self.rank, self.world, self.seed = args.rank, args.world, args.seed
        self.steps = math.ceil(args.samples / (BATCH * args.world))
        self.began = RESTART if args.start else 0.0
        plain = Concepts(args.work)
        concepts = Planted(args.work, json.loads(args.plant.read_text())) if args.plant else plain
        nouns = {c for noun in json.loads((LISTS / "nouns.json").read_text()).values() for c in noun["concepts"]}
        self.maker = BatchMaker(concepts, args.work, nouns, Sizes().patch)
        self.words = tokeniser.train(plain)
        self.words.enable_padding()  # to the longest of the batch
        torch.manual_seed(self.seed)
        self.model = Clip(Sizes(), len(concepts))
        if args.start:
            restore(self.model, args.start, self.words)
            example = self.maker.make(BATCH, *scene_difficulty(self.began), random.Random(self.seed))
            start_prototypes(self.model, plain, example, self.words)
        else:
            initialise(self.model, self.maker, self.seed)
        self.optimiser = Optimiser(self.model, args.rank, args.world)
        self.average = [p.detach().clone() for p in self.model.parameters()]
        self.step, self.seconds = 0, 0.0
        self.checkpoint, self.log = args.run / "checkpoint.pt", args.run / "log.csv"
        if self.checkpoint.exists():
            self._resume()

    def _resume(self) -> None:
        state = torch.load(self.checkpoint)
        self.model.load_state_dict(state["weights"])
        self.optimiser.load(state["optimiser"])
        self.average = list(state["average"].values())
        self.step, self.seconds = state["step"], state["seconds"]
        if self.rank == 0:
            self._forget_later_rows()

    def _forget_later_rows(self) -> None:
        """Steps after the checkpoint are done again, so they must not stand in the log twice."""
        header, *rows = self.log.read_text().splitlines()
        samples = self.step * BATCH * self.world
        kept = [row for row in rows if int(row.split(",")[0]) <= samples]
        self.log.write_text("\n".join([header, *kept]) + "\n")

    def save(self) -> None:
        names = [name for name, _ in self.model.named_parameters()]
        state = {
            "sizes": self.model.settings(),
            "concepts": len(self.model.prototypes) - 1,
            "step": self.step,
            "seconds": self.seconds,
            "weights": self.model.state_dict(),
            "average": dict(zip(names, self.average)),
            "optimiser": self.optimiser.state(),
        }
        partial = self.checkpoint.with_suffix(".partial")
        torch.save(state, partial)
        partial.rename(self.checkpoint)

    def update(self) -> dict[str, float]:
        """One step; the same one however often the run was broken off. Returns the parts of the loss."""
        progress = self.began + (1 - self.began) * self.step / self.steps
        seed = self.seed * 1_000_003 + self.step * 97 + self.rank
        torch.manual_seed(seed)
        batch = self.maker.make(BATCH, *scene_difficulty(progress), random.Random(seed))
        ids = torch.tensor([encoding.ids for encoding in self.words.encode_batch(batch.captions)])
        self.model.zero_grad(set_to_none=True)
        loss, parts = losses.total(self.model, batch, ids, patches_kept(progress))
        loss.backward()
        self.optimiser.step(learning_rate(self.step, progress))
        if self.step % AVERAGE_EVERY == 0:
            decay = AVERAGE_DECAY if progress > 0.1 else EARLY_AVERAGE_DECAY
            for mean, p in zip(self.average, self.model.parameters()):
                mean.lerp_(p.detach(), 1 - decay)
        self.step += 1
        return parts

    def train(self) -> None:
        """Go on to the last step. The first process keeps the log and the checkpoints."""
        start, before = time.monotonic(), self.seconds
        saved, smooth = start, {}
        while self.step < self.steps:
            parts = self.update()
            smooth = {name: 0.95 * smooth.get(name, value) + 0.05 * value for name, value in parts.items()}
            now = time.monotonic()
            self.seconds = before + now - start
            if self.rank == 0 and self.step % LOG_EVERY == 0:
                self._log(smooth)
            if self.rank == 0 and (now - saved > CHECKPOINT_SECONDS or self.step == self.steps):
                self.save()
                saved = now

    def _log(self, smooth: dict[str, float]) -> None:
        fresh = not self.log.exists()
        with self.log.open("a", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            if fresh:
                writer.writerow(["samples", "seconds", "scale", *smooth])
            numbers = [self.model.scale.exp().item(), *smooth.values()]
            samples = self.step * BATCH * self.world
            writer.writerow([samples, round(self.seconds), *(f"{n:.4f}" for n in numbers)])


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("work", type=Path)
    parser.add_argument("run", type=Path)
    parser.add_argument("--rank", type=int, required=True)
    parser.add_argument("--world", type=int, default=2)
    parser.add_argument("--samples", type=int, default=460_800)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--start", type=Path)
    parser.add_argument("--plant", type=Path)
    parser.add_argument("--port", type=int, default=29511)
    return parser.parse_args()


def main() -> None:
    args = arguments()
    torch.set_num_threads(1)
    args.run.mkdir(parents=True, exist_ok=True)
    if args.world > 1:
        address = f"tcp://127.0.0.1:{args.port}"
        dist.init_process_group("gloo", init_method=address, rank=args.rank, world_size=args.world)
    run = Run(args)
    if args.world > 1:
        dist.barrier()
    run.train()


if __name__ == "__main__":
    main()
