"""The exported model as its users meet it: ONNX files, tokeniser and preprocessing from the model folder."""

import json
from pathlib import Path

import numpy as np
import onnxruntime
from PIL import Image
from transformers import CLIPImageProcessor, CLIPTokenizerFast

TEMPLATE = "a photo of a {}"
CHUNK = 64


def unit(vectors: np.ndarray) -> np.ndarray:
    return vectors / np.linalg.norm(vectors, axis=-1, keepdims=True)


def softmax(logits: np.ndarray) -> np.ndarray:
    powers = np.exp(logits - logits.max(-1, keepdims=True))
    return powers / powers.sum(-1, keepdims=True)


class Exported:
    def __init__(self, folder: Path):
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        self._vision, self._text = (
            onnxruntime.InferenceSession(
                str(folder / "onnx" / f"{name}.onnx"), options, providers=["CPUExecutionProvider"]
            )
            for name in ("vision_model", "text_model")
        )
        self._processor = CLIPImageProcessor.from_pretrained(folder)
        self._tokeniser = CLIPTokenizerFast.from_pretrained(folder)
        self.scale = float(np.exp(json.loads((folder / "config.json").read_text())["logit_scale_init_value"]))

    def rendered(self, images: np.ndarray) -> np.ndarray:
        """Pixels (N, 3, 96, 96) in 0..1 that need no resizing -> unit vectors (N, E)."""
        mean, std = (
            np.array(v, dtype=np.float32)[:, None, None]
            for v in (self._processor.image_mean, self._processor.image_std)
        )
        pixels = (images.astype(np.float32) - mean) / std
        return unit(
            np.concatenate(
                [
                    self._vision.run(None, {"pixel_values": pixels[i : i + CHUNK]})[0]
                    for i in range(0, len(pixels), CHUNK)
                ]
            )
        )

    def pictures(self, images: list[Image.Image]) -> np.ndarray:
        """Pictures of any size, through the model's own preprocessing -> unit vectors (N, E)."""
        pixels = [self._processor(image.convert("RGB"), return_tensors="np")["pixel_values"] for image in images]
        return unit(np.concatenate([self._vision.run(None, {"pixel_values": p})[0] for p in pixels]))

    def labels(self, labels: list[str], template: str = TEMPLATE) -> np.ndarray:
        """Labels put into the template -> unit vectors (N, E)."""
        vectors = []
        for i in range(0, len(labels), CHUNK):
            tokens = self._tokeniser(
                [template.format(label) for label in labels[i : i + CHUNK]],
                padding=True,
                truncation=True,
                return_tensors="np",
            )
            feed = {name: tokens[name].astype(np.int64) for name in ("input_ids", "attention_mask")}
            vectors.append(self._text.run(None, feed)[0])
        return unit(np.concatenate(vectors))
