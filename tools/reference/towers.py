"""What both tiny models share: random weights that tell inputs apart, ONNX export, and the check of the export."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import onnxruntime
import torch
from torch import nn

SEED = 7
OPSET = 14
TOLERANCE = 1e-5


def unit(vectors: torch.Tensor) -> torch.Tensor:
    """Rows [n, d] scaled to length one."""
    return vectors / vectors.norm(dim=-1, keepdim=True)


def draw_weights(model: nn.Module, gains: dict[str, float]) -> None:
    """
    Fills every weight with seeded noise of std gain/sqrt(fan in), biases with a little noise.

    `gains` maps a part of a parameter's name to its gain (the last match counts, 1 without one). Sharp attention
    and loud positions are needed: at the usual initial scale all inputs give nearly the same embedding.
    """
    generator = torch.Generator().manual_seed(SEED)
    for name, weight in model.named_parameters():
        noise = torch.randn(weight.shape, generator=generator)
        gain = ([gain for part, gain in gains.items() if part in name] or [1.0])[-1]
        if "norm" in name and name.endswith("weight"):
            weight.data = 1 + 0.1 * noise
        elif weight.ndim <= 1:
            weight.data = 0.1 * gain * noise
        else:
            fan_in = 1 if "embedding.weight" in name and "patch" not in name else weight[0].numel()
            weight.data = gain * noise / fan_in**0.5


def centre(bias: nn.Parameter, vectors: torch.Tensor, share: float) -> None:
    """Takes `share` of the mean of `vectors` [n, d] out through a bias, so that cosines spread around zero."""
    bias.data -= share * vectors.mean(dim=0)


@dataclass
class Encoder:
    """One tower as it is exported: a module from one input to its outputs, the embedding last."""

    tower: nn.Module
    input_name: str
    output_names: list[str]

    def export(self, path: Path, example: torch.Tensor) -> None:
        """Writes the tower as ONNX, free in its batch and, for a text, in its length."""
        free = {0: "batch_size"} if self.input_name == "pixel_values" else {0: "batch_size", 1: "sequence_length"}
        path.parent.mkdir(parents=True, exist_ok=True)
        torch.onnx.export(
            self.tower.eval(),
            (example,),
            str(path),
            input_names=[self.input_name],
            output_names=self.output_names,
            dynamic_axes={self.input_name: free, **{name: {0: "batch_size"} for name in self.output_names}},
            opset_version=OPSET,
        )

    def check(self, path: Path, batches: list[torch.Tensor], expected: Callable[[torch.Tensor], torch.Tensor]) -> None:
        """Fails where onnxruntime's unit embeddings differ from PyTorch's by more than the tolerance."""
        session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
        worst = 0.0
        for batch in batches:
            (found,) = session.run(self.output_names[-1:], {self.input_name: batch.numpy()})
            worst = max(worst, float((unit(torch.from_numpy(found)) - unit(expected(batch))).abs().max()))
        assert worst < TOLERANCE, f"{path}: onnxruntime differs from PyTorch by {worst}"
        print(f"{path}: {path.stat().st_size} bytes, onnxruntime differs from PyTorch by at most {worst:.1e}")
