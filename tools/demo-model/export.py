"""Export a checkpoint as a transformers.js model folder: Hugging Face's CLIPModel, its two encoders as ONNX.

usage: export.py WORK_DIR CHECKPOINT OUT_DIR
"""

import argparse
import json
import math
import tempfile
from pathlib import Path

import numpy as np
import onnxruntime
import torch
from torch import Tensor, nn
from transformers import (
    CLIPConfig,
    CLIPImageProcessor,
    CLIPModel,
    CLIPTextModelWithProjection,
    CLIPVisionModelWithProjection,
)

import tokeniser
from concepts import Concepts
from losses import MAX_SCALE
from model import GELU_SCALE, MEAN, STD, Block, Clip, Sizes

OPSET = 14
TOLERANCE = 1e-4
LOG_MAX_SCALE = math.log(MAX_SCALE)


def load(checkpoint: Path) -> tuple[Clip, dict]:
    """The averaged weights of a checkpoint, ready to run."""
    state = torch.load(checkpoint)
    model = Clip(Sizes(**state["sizes"]), state["concepts"])
    model.load_state_dict(state["average"])
    return model.eval(), state


def settings(model: Clip) -> dict:
    """config.json. The separate encoders carry no scale, so its trained value (natural log) stands where CLIPConfig
    keeps the first."""
    s = model.sizes
    shared = {"hidden_act": "quick_gelu", "layer_norm_eps": 1e-5, "projection_dim": s.projection}
    vision = {
        "model_type": "clip_vision_model",
        "image_size": s.image,
        "patch_size": s.patch,
        "num_channels": 3,
        "hidden_size": s.vision_width,
        "intermediate_size": 4 * s.vision_width,
        "num_hidden_layers": s.vision_layers,
        "num_attention_heads": s.vision_heads,
        **shared,
    }
    text = {
        "model_type": "clip_text_model",
        "vocab_size": s.vocabulary,
        "max_position_embeddings": s.context,
        "hidden_size": s.text_width,
        "intermediate_size": 4 * s.text_width,
        "num_hidden_layers": s.text_layers,
        "num_attention_heads": s.text_heads,
        "pad_token_id": 0,
        "bos_token_id": s.vocabulary - 2,
        "eos_token_id": s.vocabulary - 1,
        **shared,
    }
    return {
        "architectures": ["CLIPModel"],
        "model_type": "clip",
        "projection_dim": s.projection,
        "logit_scale_init_value": min(model.scale.item(), LOG_MAX_SCALE),
        "torch_dtype": "float32",
        "text_config": text,
        "vision_config": vision,
    }


def block_parameters(block: Block, prefix: str) -> dict[str, tuple[Tensor, float]]:
    """silu(1.702 x) = 1.702 quick_gelu(x): the factor moves from fc1's output to fc2's input."""
    layers = {
        "self_attn.q_proj": block.q,
        "self_attn.k_proj": block.k,
        "self_attn.v_proj": block.v,
        "self_attn.out_proj": block.out,
        "layer_norm1": block.ln1,
        "layer_norm2": block.ln2,
        "mlp.fc1": block.fc1,
        "mlp.fc2": block.fc2,
    }
    factors = {"mlp.fc1.weight": 1 / GELU_SCALE, "mlp.fc1.bias": 1 / GELU_SCALE, "mlp.fc2.weight": GELU_SCALE}
    named = {f"{name}.{part}": getattr(layer, part) for name, layer in layers.items() for part in ("weight", "bias")}
    return {f"{prefix}.{name}": (parameter, factors.get(name, 1)) for name, parameter in named.items()}


def parameters(model: Clip) -> dict[str, tuple[Tensor, float]]:
    """CLIPModel's name of each parameter of the encoders, and what ours is multiplied by there."""
    vision, text = model.vision, model.text
    plain = {
        "visual_projection.weight": vision.projection.weight,
        "text_projection.weight": text.projection.weight,
        "vision_model.embeddings.class_embedding": vision.cls,
        "vision_model.embeddings.patch_embedding.weight": vision.patch.weight,
        "vision_model.embeddings.position_embedding.weight": vision.position,
        "text_model.embeddings.token_embedding.weight": text.token.weight,
        "text_model.embeddings.position_embedding.weight": text.position,
    }
    for name, norm in (
        ("vision_model.pre_layrnorm", vision.pre),
        ("vision_model.post_layernorm", vision.post),
        ("text_model.final_layer_norm", text.post),
    ):
        plain |= {f"{name}.weight": norm.weight, f"{name}.bias": norm.bias}
    named = {name: (parameter, 1.0) for name, parameter in plain.items()}
    for tower, blocks in (("vision_model", vision.blocks), ("text_model", text.blocks)):
        for i, block in enumerate(blocks):
            named |= block_parameters(block, f"{tower}.encoder.layers.{i}")
    return named


@torch.no_grad()
def to_transformers(model: Clip) -> CLIPModel:
    """The same function as a CLIPModel; raises AssertionError if its outputs differ by 1e-4 or more."""
    weights = {name: parameter * factor for name, (parameter, factor) in parameters(model).items()}
    weights["logit_scale"] = model.scale.clamp(max=LOG_MAX_SCALE)
    clip = CLIPModel(CLIPConfig(**settings(model))).eval()
    missing, unexpected = clip.load_state_dict(weights, strict=False)
    assert not unexpected and all(name.endswith("position_ids") for name in missing), (missing, unexpected)
    assert_same(model, clip)
    return clip


def assert_same(model: Clip, clip: CLIPModel) -> None:
    images = torch.rand(4, 3, model.sizes.image, model.sizes.image)
    ids = example_ids(model.sizes)
    for ours, theirs in (
        (model.vision(images)[0], clip.get_image_features((images - MEAN) / STD)),
        (model.text(ids), clip.get_text_features(ids, (ids != 0).long())),
    ):
        difference = (ours - nn.functional.normalize(theirs, dim=-1)).abs().max().item()
        assert difference < TOLERANCE, difference


def example_ids(s: Sizes) -> Tensor:
    """Two rows of token ids of different lengths, padded to the context."""
    ids = torch.zeros(2, s.context, dtype=torch.long)
    for row, words in enumerate(([5, 6, 7], [8, 9, 10, 11, 12])):
        ids[row, : len(words) + 2] = torch.tensor([s.vocabulary - 2, *words, s.vocabulary - 1])
    return ids


class Embeds(nn.Module):
    """Only the projected vector of an encoder, so that the ONNX file has one output."""

    def __init__(self, encoder: nn.Module, output: str):
        super().__init__()
        self.encoder, self.output = encoder, output

    def forward(self, *inputs: Tensor) -> Tensor:
        return self.encoder(*inputs)[self.output]


def write_onnx(clip: CLIPModel, sizes: Sizes, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    ids = example_ids(sizes)
    with tempfile.TemporaryDirectory() as scratch:
        clip.save_pretrained(scratch)
        vision = CLIPVisionModelWithProjection.from_pretrained(scratch, attn_implementation="eager").eval()
        text = CLIPTextModelWithProjection.from_pretrained(scratch, attn_implementation="eager").eval()
    for encoder, inputs, names, output, axes, file in (
        (
            vision,
            (torch.rand(2, 3, sizes.image, sizes.image),),
            ["pixel_values"],
            "image_embeds",
            {0: "batch"},
            "vision_model",
        ),
        (
            text,
            (ids, (ids != 0).long()),
            ["input_ids", "attention_mask"],
            "text_embeds",
            {0: "batch", 1: "sequence"},
            "text_model",
        ),
    ):
        path = folder / f"{file}.onnx"
        wrapped = Embeds(encoder, output).eval()
        torch.onnx.export(
            wrapped,
            inputs,
            str(path),
            opset_version=OPSET,
            input_names=names,
            output_names=[output],
            dynamic_axes={**{name: axes for name in names}, output: {0: "batch"}},
        )
        check_onnx(wrapped, path, inputs, names)


@torch.no_grad()
def check_onnx(module: nn.Module, path: Path, inputs: tuple[Tensor, ...], names: list[str]) -> None:
    """The file gives what PyTorch gives, also for another batch size and, for text, another length."""
    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    shorter = tuple(x[:1, :9] if x.ndim == 2 else x[:1] for x in inputs)
    for given in (inputs, shorter):
        result = session.run(None, {name: x.numpy() for name, x in zip(names, given)})[0]
        difference = np.abs(result - module(*given).numpy()).max()
        assert difference < TOLERANCE, (path.name, difference)
        print(f"{path.name}: batch {len(given[0])}, largest difference to PyTorch {difference:.1e}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("work", "checkpoint", "out"):
        parser.add_argument(name, type=Path)
    args = parser.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(0)
    model, state = load(args.checkpoint)
    clip = to_transformers(model)
    write_onnx(clip, model.sizes, args.out / "onnx")
    (args.out / "config.json").write_text(json.dumps(settings(model), indent=2) + "\n")
    CLIPImageProcessor(
        size={"shortest_edge": model.sizes.image},
        image_mean=[MEAN] * 3,
        image_std=[STD] * 3,
        crop_size={"height": model.sizes.image, "width": model.sizes.image},
    ).save_pretrained(args.out)
    tokeniser.save(tokeniser.train(Concepts(args.work)), args.out)
    total = sum(f.stat().st_size for f in args.out.rglob("*") if f.is_file())
    print(f"step {state['step']}, scale {clip.logit_scale.exp().item():.2f}, {total / 1e6:.2f} MB in {args.out}")


if __name__ == "__main__":
    main()
