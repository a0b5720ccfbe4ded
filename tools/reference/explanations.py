"""Computes with PyTorch's autograd what the maps of an explanation must be, and exports more layouts. See README.md."""

import argparse
import json
from pathlib import Path

import numpy as np
import torch
from torch import nn
import onnx
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.transformers.float16 import convert_float_to_float16
from transformers import AutoModel

import clip_tiny
import towers
from towers import unit

# By the name of the values' file, the weights and the activation where it is not the model's own: LAION's is GELU.
MODELS = {
    "clip-tiny": ("clip-tiny", None),
    "clip-tiny-gelu": ("clip-tiny", "gelu"),
    "siglip-tiny": ("siglip-tiny", None),
    "siglip2-tiny": ("siglip2-tiny", None),
}
# As optimum exported vision encoders until 2023.
OLD_OPSET = 11
DIGITS = 7
# As in NACLIP, a share of the grid's side.
NEIGHBOURHOOD = 5 / 14


class Last:
    """The layer in which the tokens meet for the last time, with its weights by role, of CLIP or of SigLIP."""

    def __init__(self, model: nn.Module) -> None:
        self.model = model
        self.is_clip = model.config.model_type == "clip"
        vision = model.vision_model
        self.heads = model.config.vision_config.num_attention_heads
        if self.is_clip:
            block = vision.encoder.layers[-1]
            attention = block.self_attn
            self.layer, self.norm, self.mlp = block.layer_norm1, block.layer_norm2, block.mlp
            self.projections = [attention.q_proj, attention.k_proj, attention.v_proj]
            self.out = attention.out_proj
        else:
            head = vision.head
            self.layer, self.norm, self.mlp = vision.post_layernorm, head.layernorm, head.mlp
            self.packed = zip(head.attention.in_proj_weight.chunk(3), head.attention.in_proj_bias.chunk(3))
            self.projections = [self.linear(weight, bias) for weight, bias in self.packed]
            self.out = head.attention.out_proj

    @staticmethod
    def linear(weight: torch.Tensor, bias: torch.Tensor) -> nn.Linear:
        """A layer of the two."""
        layer = nn.Linear(weight.shape[1], weight.shape[0])
        layer.weight.data, layer.bias.data = weight.data, bias.data
        return layer

    def split(self, tokens: torch.Tensor) -> torch.Tensor:
        """[B, T, D] to [B, H, T, D / H]."""
        return tokens.unflatten(-1, (self.heads, -1)).transpose(1, 2)

    def embed(self, pixels: torch.Tensor) -> torch.Tensor:
        """The embedding as the model itself computes it."""
        return self.model.get_image_features(pixel_values=pixels)


def attention_gradients(last: Last, pixels: torch.Tensor, direction: torch.Tensor) -> tuple[torch.Tensor, ...]:
    """A [T, D] and dc/dA of the last layer's input; the query's attentions [H, T] and dc/d of them."""
    kept: list[torch.Tensor] = []

    def keep(_module: nn.Module, _inputs: tuple, output: torch.Tensor) -> torch.Tensor:
        kept.append(output.detach().requires_grad_())
        return kept[0]

    hook = last.layer.register_forward_hook(keep)
    cosine = unit(last.embed(pixels))[0] @ direction
    hook.remove()
    (gradient,) = torch.autograd.grad(cosine, kept[0])
    tokens = kept[0].detach()

    # The attentions once more, as a variable of their own, from there on by the model's own layers.
    query, key, value = (last.split(projection(tokens)) for projection in last.projections)
    if last.is_clip:
        query = query[:, :, :1]
    else:
        query = last.split(last.projections[0](last.model.vision_model.head.probe))
    scores = query @ key.transpose(-1, -2) / query.shape[-1] ** 0.5
    weights = scores.softmax(-1).detach().requires_grad_()
    mixed = last.out((weights @ value).transpose(1, 2).flatten(2))
    if last.is_clip:
        mixed = mixed + block_input(last, pixels)[:, :1]
    pooled = mixed + last.mlp(last.norm(mixed))
    embedding = finish(last, pooled)[0, 0]
    assert torch.allclose(embedding, last.embed(pixels)[0], atol=1e-5)
    (weight_gradient,) = torch.autograd.grad(unit(embedding[None])[0] @ direction, weights)
    return tokens[0], gradient[0], weights[0, :, 0].detach(), weight_gradient[0, :, 0]


def block_input(last: Last, pixels: torch.Tensor) -> torch.Tensor:
    """The tokens that CLIP's last block receives."""
    return last.model.vision_model(pixels, output_hidden_states=True).hidden_states[-2]


def finish(last: Last, tokens: torch.Tensor) -> torch.Tensor:
    """From tokens after the last layer to embeddings."""
    if not last.is_clip:
        return tokens
    return last.model.visual_projection(last.model.vision_model.post_layernorm(tokens))


def dense(last: Last, tokens: torch.Tensor) -> torch.Tensor:
    """Embeddings of patches [N, E], from the last layer's input [N, D]: like keys and neighbours attend to each other."""
    side = round(len(tokens) ** 0.5)
    places = torch.stack(torch.meshgrid(torch.arange(side), torch.arange(side), indexing="ij"), -1).reshape(-1, 2).double()
    near = torch.exp(-torch.cdist(places, places) ** 2 / (2 * (NEIGHBOURHOOD * side) ** 2)).float()
    _, key, value = (last.split(projection(tokens[None])) for projection in last.projections)
    weights = (key @ key.transpose(-1, -2) / key.shape[-1] ** 0.5 + near).softmax(-1)
    mixed = last.out((weights @ value).transpose(1, 2).flatten(2))
    if not last.is_clip:
        mixed = mixed + last.mlp(last.norm(mixed))
    return finish(last, mixed)[0].detach()


def explain(last: Last, pixels: torch.Tensor, direction: torch.Tensor) -> dict[str, list[float]]:
    """The maps of one image [1, 3, S, S] for one unit direction [E], by method, row by row."""
    tokens, gradient, weights, weight_gradient = attention_gradients(last, pixels, direction)
    first = 1 if last.is_clip else 0
    patches, slopes = tokens[first:], gradient[first:]
    maps = {
        "gradcam": (patches @ slopes.mean(0)).relu(),
        "hirescam": (patches * slopes).sum(-1).relu(),
        "attention": (weights * weight_gradient).relu().mean(0)[first:],
        "dense": unit(dense(last, patches)) @ direction,
    }
    return {method: [float(f"{value:.{DIGITS}g}") for value in values.tolist()] for method, values in maps.items()}


def export_gelu(model: nn.Module, folder: Path, example: torch.Tensor) -> None:
    """Writes the vision encoder as files of 2023 have it, with the activation of LAION's models."""
    towers.OPSET = OLD_OPSET
    clip_tiny.encoders(model)[0].export(folder / "opset11_gelu.onnx", example)


def lower_precision(path: Path, folder: Path) -> None:
    """Writes the float16 and the 8-bit file of a vision encoder, with the settings of transformers.js."""
    onnx.save(convert_float_to_float16(onnx.load(path), keep_io_types=True), folder / "fp16.onnx")
    quantize_dynamic(path, folder / "q8.onnx", weight_type=QuantType.QUInt8, extra_options={"EnableSubgraph": True})


def main() -> None:
    """Writes NAME.explanations.json for each model whose weights make_reference.py kept, and the files beside."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("weights", type=Path, help="where make_reference.py --weights put them")
    parser.add_argument("--fixtures", type=Path, default=Path("test/fixtures"))
    arguments = parser.parse_args()
    folder = arguments.fixtures / "reference"
    for name, (weights, activation) in MODELS.items():
        model = AutoModel.from_pretrained(arguments.weights / weights).eval()
        pictures = {
            path.name: torch.from_numpy(np.fromfile(path, "<f4").reshape(1, 3, 64, 64))
            for path in sorted(folder.glob(f"{weights}.*.f32"))
        }
        more = folder / weights / "onnx-more"
        more.mkdir(exist_ok=True)
        if activation:
            model.config.vision_config.hidden_act = activation
            model = type(model).from_pretrained(arguments.weights / weights, config=model.config).eval()
            export_gelu(model, more, next(iter(pictures.values())))
        elif weights != "siglip2-tiny":
            lower_precision(folder / weights / "onnx" / "vision_model.onnx", more)
        last = Last(model)
        texts = json.loads((folder / f"{weights}.json").read_text(encoding="utf-8"))["texts"][:2]
        maps = [
            {"pixels": path, "text": text["text"], **explain(last, pixels, torch.tensor(text["embedding"]))}
            for path, pixels in pictures.items()
            for text in texts
        ]
        lines = ",\n".join(json.dumps(item, ensure_ascii=False) for item in maps)
        (folder / f"{name}.explanations.json").write_text(f"[\n{lines}\n]\n", encoding="utf-8")


if __name__ == "__main__":
    main()
