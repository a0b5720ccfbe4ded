"""A tiny OwlViTForObjectDetection with random weights, as a file of the published layout, and Hugging Face's values for it."""

import json
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import torch
from PIL import Image
from torch import nn
from torch.onnx import symbolic_opset9
from transformers import (
    CLIPTokenizerFast,
    OwlViTConfig,
    OwlViTForObjectDetection,
    OwlViTImageProcessor,
    OwlViTProcessor,
)
from transformers.image_utils import ChannelDimension

import clip_tiny
import towers
from corpus import TEMPLATES, prompts
from make_reference import REPEATED
from reference import open_image, write

NAME = "owlvit-tiny"
IMAGE_SIZE = 64
# As published: a text is cut to 16 tokens and padded with "!", the token of id 0.
CONTEXT = 16
PADDING = "!"
TOWER = {"hidden_size": 32, "intermediate_size": 64, "num_hidden_layers": 2, "num_attention_heads": 4}
GAINS = {
    **clip_tiny.GAINS,
    # Quieter than CLIP's, or boxes of a picture of one colour would differ by their places alone.
    "position_embedding": 0.2,
    "dense": 1.5,
    "box_head.dense2": 3.0,
    "logit_shift": 0.1,
    "logit_scale": 0.1,
}
# Of the logits: so that some boxes pass the usual threshold and those of a picture of one colour do not.
SCALE, SHIFT = 12.0, -0.58
THRESHOLD = 0.1

LABELS = ["cat", "red car", "forest", "고양이", "a photo of a palace"]
IMAGES = ["upright.jpg", "exif-rotated.jpg", "rgba.png", "tall.jpg", "wide.png", "tiny.png"]
# Their whole input tensors are stored too, for comparing models without comparing image readers.
PIXEL_IMAGES = ["upright.jpg", "exif-rotated.jpg"]
INPUTS, OUTPUTS = ["input_ids", "pixel_values", "attention_mask"], ["logits", "pred_boxes", "text_embeds", "image_embeds"]


def build() -> tuple[OwlViTForObjectDetection, OwlViTProcessor]:
    """Returns the model with its processor, always the same ones."""
    tokenizer: CLIPTokenizerFast = clip_tiny.make_tokenizer()
    tokenizer.pad_token, tokenizer.model_max_length = PADDING, CONTEXT
    text = {
        **TOWER,
        "vocab_size": len(tokenizer),
        "max_position_embeddings": CONTEXT,
        "bos_token_id": tokenizer.bos_token_id,
        "eos_token_id": tokenizer.eos_token_id,
    }
    vision = {**TOWER, "image_size": IMAGE_SIZE, "patch_size": 8}
    config = OwlViTConfig(text_config=text, vision_config=vision, projection_dim=TOWER["hidden_size"])
    model = OwlViTForObjectDetection(config).eval()
    towers.draw_weights(model, GAINS)
    model.class_head.logit_scale.bias.data.fill_(SCALE)
    model.class_head.logit_shift.bias.data.fill_(SHIFT)
    size = {"height": IMAGE_SIZE, "width": IMAGE_SIZE}
    return model, OwlViTProcessor(OwlViTImageProcessor(size=size, crop_size=size), tokenizer)


class Detector(nn.Module):
    """The model from the inputs to the outputs that published files have."""

    def __init__(self, model: OwlViTForObjectDetection) -> None:
        super().__init__()
        self.model = model

    def forward(self, input_ids: torch.Tensor, pixel_values: torch.Tensor, attention_mask: torch.Tensor):
        """Logits [images, boxes, texts], boxes [images, boxes, 4], and two embeddings that nothing here reads."""
        outputs = self.model(input_ids=input_ids, pixel_values=pixel_values, attention_mask=attention_mask)
        return tuple(outputs[name] for name in OUTPUTS)


def broadcast_to(graph, tensor, size):
    """As PyTorch 2 exports `aten::broadcast_to`, which 1.13 does not know."""
    return symbolic_opset9.expand(graph, tensor, size, None)


def export(model: OwlViTForObjectDetection, path: Path, inputs: dict[str, torch.Tensor]) -> None:
    """Writes the model as one file, free in the number and the length of its texts."""
    text = {0: "text_batch_size", 1: "sequence_length"}
    image = {0: "image_batch_size"}
    path.parent.mkdir(parents=True, exist_ok=True)
    torch.onnx.register_custom_op_symbolic("aten::broadcast_to", broadcast_to, towers.OPSET)
    torch.onnx.export(
        Detector(model),
        tuple(inputs[name] for name in INPUTS),
        str(path),
        input_names=INPUTS,
        output_names=OUTPUTS,
        dynamic_axes={
            "input_ids": text,
            "attention_mask": text,
            "pixel_values": image,
            "logits": {**image, 2: "num_queries"},
            "pred_boxes": image,
            "text_embeds": {0: "text_batch_size", 1: "max_text_queries"},
            "image_embeds": image,
        },
        opset_version=towers.OPSET,
    )


def check(path: Path, inputs: dict[str, torch.Tensor], logits: torch.Tensor, boxes: torch.Tensor) -> None:
    """Fails where onnxruntime's logits or boxes differ from PyTorch's by more than the tolerance."""
    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    found = session.run(OUTPUTS[:2], {name: inputs[name].numpy() for name in INPUTS})
    for expected, values in zip((logits, boxes), found):
        assert np.abs(expected.numpy() - values).max() < towers.TOLERANCE, f"{path}: onnxruntime differs from PyTorch"


def rounded(values: torch.Tensor) -> list:
    """Seven digits, as everywhere in the reference."""
    return [[float(f"{value:.7g}") for value in row] for row in values.tolist()]


@torch.no_grad()
def main() -> None:
    """Writes the model's folder, and beside it what Hugging Face says of the test images."""
    torch.set_num_threads(1)
    out = Path("test/fixtures/reference")
    model, processor = build()
    processor.save_pretrained(out / NAME)
    for name in REPEATED:
        (out / NAME / name).unlink(missing_ok=True)
    model.config.architectures = [type(model).__name__]
    model.config.save_pretrained(out / NAME)

    def inputs_of(image: Image.Image, texts: list[str]) -> dict[str, torch.Tensor]:
        tokens = processor.tokenizer(texts, padding="max_length", truncation=True, return_tensors="pt")
        # The axis order has to be said: guessed, a picture one pixel high or wide is read sideways.
        pixels = processor.image_processor(image, return_tensors="pt", input_data_format=ChannelDimension.LAST)
        return {**tokens, **pixels}

    path = out / NAME / "onnx" / "model.onnx"
    pictures = {name: open_image(Path("test/fixtures/images") / name) for name in IMAGES}
    export(model, path, inputs_of(pictures[IMAGES[0]], LABELS[:2]))
    onnx.checker.check_model(str(path))

    images = {}
    for name, picture in pictures.items():
        inputs = inputs_of(picture, LABELS)
        outputs = model(**inputs)
        check(path, inputs, outputs.logits, outputs.pred_boxes)
        sizes = [(picture.height, picture.width)]
        (found,) = processor.post_process_object_detection(outputs, threshold=THRESHOLD, target_sizes=sizes)
        detections = zip(found["labels"].tolist(), found["scores"].tolist(), rounded(found["boxes"]))
        images[name] = {
            "width": picture.width,
            "height": picture.height,
            "logits": rounded(outputs.logits[0]),
            "boxes": rounded(outputs.pred_boxes[0]),
            "detections": [{"label": label, "score": score, "box": box} for label, score, box in detections],
        }
        print(name, len(images[name]["detections"]), "boxes")
        if name in PIXEL_IMAGES:
            (out / f"{NAME}.{name}.f32").write_bytes(inputs["pixel_values"][0].numpy().astype("<f4").tobytes())
    for colour in ("#778899", "white", "black"):
        outputs = model(**inputs_of(Image.new("RGB", (200, 200), colour), [*LABELS, *prompts(TEMPLATES[1])]))
        print(colour, float(outputs.logits.max().sigmoid()))
        assert outputs.logits.max().sigmoid() < THRESHOLD, f"something is found on {colour} alone"
    write(out / f"{NAME}.json", {"labels": LABELS, "threshold": THRESHOLD, "images": images})
    print(f"{path}: {path.stat().st_size} bytes")


if __name__ == "__main__":
    main()
