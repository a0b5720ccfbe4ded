"""Exports the same models with the exporter of PyTorch 2 (dynamo). See README.md: it needs another environment."""

import argparse
import json
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import onnxruntime
import torch
from torch import nn
from transformers import AutoModel

OPSET = 18
TOLERANCE = 1e-5
# Where each goes: SigLIP 2 is younger than the 2023 layout and has no other.
FOLDERS = {"clip-tiny": "onnx-dynamo", "siglip-tiny": "onnx-dynamo", "siglip2-tiny": "onnx"}
DYNAMIC = torch.export.Dim.DYNAMIC


class Clip(nn.Module):
    """One tower and its projection; the same output as in published files."""

    def __init__(self, tower: nn.Module, projection: nn.Module) -> None:
        super().__init__()
        self.tower = tower
        self.projection = projection

    def forward(self, inputs: torch.Tensor) -> torch.Tensor:
        """The embedding, not yet of unit length."""
        return self.projection(self.tower(inputs).pooler_output)


class Siglip(nn.Module):
    """One tower with its two outputs."""

    def __init__(self, tower: nn.Module) -> None:
        super().__init__()
        self.tower = tower

    def forward(self, inputs: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """The last hidden state, and the embedding, not yet of unit length."""
        outputs = self.tower(inputs)
        return outputs.last_hidden_state, outputs.pooler_output


def towers_of(model: Any) -> dict[str, tuple[nn.Module, list[str]]]:
    """By tower, what is exported and the names of its outputs, the embedding last."""
    if model.config.model_type == "clip":
        return {
            "vision": (Clip(model.vision_model, model.visual_projection), ["image_embeds"]),
            "text": (Clip(model.text_model, model.text_projection), ["text_embeds"]),
        }
    outputs = ["last_hidden_state", "pooler_output"]
    return {"vision": (Siglip(model.vision_model), outputs), "text": (Siglip(model.text_model), outputs)}


def export(module: nn.Module, example: torch.Tensor, input_name: str, outputs: list[str], path: Path) -> None:
    """Writes one file, free in its batch and, for CLIP's texts, in their length."""
    free = {0: DYNAMIC, 1: DYNAMIC} if outputs == ["text_embeds"] else {0: DYNAMIC}
    path.parent.mkdir(parents=True, exist_ok=True)
    program = torch.onnx.export(
        module.eval(),
        (example,),
        input_names=[input_name],
        output_names=outputs,
        dynamic_shapes=(free,),
        opset_version=OPSET,
        dynamo=True,
        external_data=False,
    )
    for node in program.model.graph:
        node.metadata_props.clear()  # stack traces, with paths of the machine
    program.save(path, external_data=False)


def check(path: Path, batches: list[np.ndarray], expected: list[list[float]]) -> None:
    """Fails where onnxruntime's unit embeddings differ from the reference by more than the tolerance."""
    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    name, output = session.get_inputs()[0].name, session.get_outputs()[-1].name
    worst = 0.0
    for batch, embedding in zip(batches, expected):
        (found,) = session.run([output], {name: batch})[0]
        worst = max(worst, float(np.abs(found / np.linalg.norm(found) - np.array(embedding)).max()))
    assert worst < TOLERANCE, f"{path}: differs from the reference by {worst}"
    operators = sorted({node.op_type for node in onnx.load(path).graph.node})
    print(f"{path}: {path.stat().st_size} bytes, differs by at most {worst:.1e}, {operators}")


def main() -> None:
    """Reads the weights that make_reference.py kept, writes the files of each model."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("weights", type=Path, help="where make_reference.py --weights put them")
    parser.add_argument("--fixtures", type=Path, default=Path("test/fixtures"))
    arguments = parser.parse_args()
    folder = arguments.fixtures / "reference"
    for name, onnx_folder in FOLDERS.items():
        model = AutoModel.from_pretrained(arguments.weights / name).eval()
        reference = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
        pictures = {path.name[len(name) + 1 : -4]: path for path in folder.glob(f"{name}.*.f32")}
        pixels = [np.fromfile(path, "<f4").reshape(1, 3, 64, 64) for path in pictures.values()]
        ids = [np.array([text["inputIds"]], dtype=np.int64) for text in reference["texts"]]
        towers = towers_of(model)
        examples = {"vision": ("pixel_values", pixels[0]), "text": ("input_ids", ids[0])}
        for tower, (module, outputs) in towers.items():
            input_name, example = examples[tower]
            path = folder / name / onnx_folder / f"{tower}_model.onnx"
            batch = torch.from_numpy(np.concatenate([example, example]))
            with torch.no_grad():
                export(module, batch, input_name, outputs, path)
        check(
            folder / name / onnx_folder / "vision_model.onnx",
            pixels,
            [reference["images"][picture]["embedding"] for picture in pictures],
        )
        check(folder / name / onnx_folder / "text_model.onnx", ids, [text["embedding"] for text in reference["texts"]])


if __name__ == "__main__":
    main()
