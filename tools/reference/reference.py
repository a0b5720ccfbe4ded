"""Computes what Hugging Face's models say about the test images and texts, and writes it as JSON."""

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from PIL import Image
from transformers.image_utils import ChannelDimension, load_image

from corpus import LABELS, TEMPLATES, prompts
from towers import unit

# Their whole input tensors are stored too, for comparing encoders without comparing image readers.
PIXEL_IMAGES = ["upright.jpg", "exif-rotated.jpg", "rgba.png"]
DIGITS = 7


@dataclass
class Reference:
    """The model, and its inputs by the names that the reference file uses."""

    model: Any
    pixels: dict[str, torch.Tensor]
    sizes: dict[str, tuple[int, int]]
    input_ids: dict[str, torch.Tensor]


def open_image(path: Path) -> Image.Image:
    """Opens as transformers' load_image does, but converts 16-bit grey to 8 bits, where Pillow only clips at 255."""
    with Image.open(path) as image:
        if image.mode.startswith("I"):
            return Image.fromarray((np.asarray(image) / 257).round().astype(np.uint8)).convert("RGB")
    return load_image(str(path))


def read_images(
    processor: Any, folder: Path, names: list[str]
) -> tuple[dict[str, torch.Tensor], dict[str, tuple[int, int]]]:
    """Returns by file name the encoder's input [1, 3, S, S], and the picture's upright (width, height)."""
    pixels, sizes = {}, {}
    for name in names:
        image = open_image(folder / name)
        # The axis order has to be said: guessed, a picture one pixel high or wide is read sideways.
        batch = processor(image, return_tensors="pt", input_data_format=ChannelDimension.LAST)
        pixels[name], sizes[name] = batch["pixel_values"], image.size
    return pixels, sizes


def tokenise(tokenizer: Any, texts: list[str], padding: bool | str) -> dict[str, torch.Tensor]:
    """Returns by text its ids [1, length], alone in a batch, truncated to the model's context."""
    return {
        text: tokenizer([text], padding=padding, truncation=True, return_tensors="pt")["input_ids"] for text in texts
    }


@torch.no_grad()
def compute(reference: Reference) -> dict[str, Any]:
    """Embeddings of every image and text, and what the model makes of the labels for each image."""
    model = reference.model
    images = {name: unit(model.get_image_features(pixels))[0] for name, pixels in reference.pixels.items()}
    texts = {text: unit(model.get_text_features(ids))[0] for text, ids in reference.input_ids.items()}
    scale = float(model.logit_scale.exp())
    bias = float(model.logit_bias) if hasattr(model, "logit_bias") else None

    def classify(label_vectors: torch.Tensor) -> dict[str, Any]:
        similarities = torch.stack(list(images.values())) @ label_vectors.T
        logits = similarities * scale + (bias or 0.0)
        probabilities = logits.softmax(dim=-1) if bias is None else logits.sigmoid()
        return {
            name: {"similarities": similarities[row], "logits": logits[row], "probabilities": probabilities[row]}
            for row, name in enumerate(images)
        }

    by_template = {template: torch.stack([texts[text] for text in prompts(template)]) for template in TEMPLATES}
    ensemble = unit(torch.stack(list(by_template.values())).mean(dim=0))
    check_against_forward(reference, images, classify(by_template[TEMPLATES[1]]))
    return {
        "logitScale": scale,
        **({} if bias is None else {"logitBias": bias}),
        "images": {
            name: {"width": reference.sizes[name][0], "height": reference.sizes[name][1], "embedding": vector}
            for name, vector in images.items()
        },
        "texts": [
            {"text": text, "inputIds": reference.input_ids[text][0], "embedding": vector}
            for text, vector in texts.items()
        ],
        "labels": LABELS,
        "classifications": [
            *({"templates": [template], "images": classify(by_template[template])} for template in TEMPLATES),
            {"templates": TEMPLATES, "images": classify(ensemble)},
        ],
    }


def check_against_forward(reference: Reference, images: dict[str, torch.Tensor], found: dict[str, Any]) -> None:
    """Holds our arithmetic against the logits_per_image that the model's own forward() returns."""
    for name in images:
        for column, text in enumerate(prompts(TEMPLATES[1])):
            own = reference.model(pixel_values=reference.pixels[name], input_ids=reference.input_ids[text])
            difference = abs(float(own.logits_per_image[0, 0]) - float(found[name]["logits"][column]))
            assert difference < 1e-3, f"{name}, {text}: logits differ by {difference}"


def write(path: Path, values: dict[str, Any] | list[Any]) -> None:
    """Writes JSON with one line per vector, floats rounded."""

    def rounded(value: Any) -> Any:
        if isinstance(value, torch.Tensor):
            return rounded(value.tolist())
        if isinstance(value, dict):
            return {key: rounded(item) for key, item in value.items()}
        if isinstance(value, list):
            return [rounded(item) for item in value]
        return round(value, DIGITS) if isinstance(value, float) else value

    text = json.dumps(rounded(values), ensure_ascii=False, indent=1)
    one_line = re.sub(r"\[[\s\d.,e+-]+\]", lambda match: re.sub(r"\s+", " ", match.group()), text)
    path.write_text(one_line + "\n", encoding="utf-8")


def write_pixels(folder: Path, model_name: str, pixels: dict[str, torch.Tensor]) -> None:
    """Writes [3, S, S] tensors as raw little-endian float32: MODEL.IMAGE.f32."""
    for name in PIXEL_IMAGES:
        (folder / f"{model_name}.{name}.f32").write_bytes(pixels[name][0].numpy().astype("<f4").tobytes())


def spread(vectors: list[torch.Tensor]) -> str:
    """Smallest, median and largest cosine between different unit vectors."""
    stacked = torch.stack(vectors)
    cosines = (stacked @ stacked.T)[~torch.eye(len(vectors), dtype=torch.bool)]
    return f"{cosines.min():.3f} / {cosines.median():.3f} / {cosines.max():.3f}"
