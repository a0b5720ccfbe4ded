"""Draws the test images, makes the tiny models and writes Hugging Face's values for them. See README.md."""

import argparse
import json
from pathlib import Path
from types import ModuleType

import torch

import bad_images
import clip_tiny
import images
import mobileclip_tiny
import siglip2_tiny
import siglip_tiny
from corpus import all_texts
from reference import Reference, compute, read_images, spread, tokenise, write, write_pixels
from strings import STRINGS

# How much of the mean embedding is taken out; all of it would blow small differences of the pixels up.
CENTRED_SHARE = 0.8
# CLIPTokenizerFast saves these too; tokenizer.json has all that is in them.
REPEATED = ("vocab.json", "merges.txt")


def image_names(folder: Path) -> list[str]:
    """All images that have a reference: the good ones, and the JPEG that is called .png."""
    return sorted(path.name for path in folder.iterdir() if path.is_file()) + ["bad/wrong-extension.png"]


def make(recipe: ModuleType, out: Path, image_folder: Path, weights: Path | None) -> None:
    """Writes a model folder in transformers.js layout with a cliplens.json, and the reference values beside it."""
    folder = out / recipe.NAME
    model, tokenizer, processor = recipe.build()
    model.config.architectures = [type(model).__name__]
    for part in (model.config, tokenizer, processor):
        part.save_pretrained(folder)
    for name in REPEATED:
        (folder / name).unlink(missing_ok=True)

    pixels, sizes = read_images(processor, image_folder, image_names(image_folder))
    all_pixels = torch.cat(list(pixels.values()))
    input_ids = tokenise(tokenizer, all_texts(), recipe.PADDING)
    padded = torch.cat(list(tokenise(tokenizer, all_texts(), "max_length").values()))
    recipe.centre(model, all_pixels, padded, CENTRED_SHARE)

    if weights:
        model.save_pretrained(weights / recipe.NAME)
    vision, text = recipe.encoders(model)
    with torch.no_grad():
        vision.export(folder / "onnx" / "vision_model.onnx", all_pixels)
        vision.check(folder / "onnx" / "vision_model.onnx", [*pixels.values(), all_pixels], model.get_image_features)
        text.export(folder / "onnx" / "text_model.onnx", padded)
        text.check(folder / "onnx" / "text_model.onnx", [*input_ids.values(), padded], model.get_text_features)

    values = compute(Reference(model, pixels, sizes, input_ids))
    write(out / f"{recipe.NAME}.json", values)
    write_pixels(out, recipe.NAME, pixels)
    ids = tokenise(tokenizer, STRINGS, recipe.PADDING)
    write(out / f"{recipe.NAME}.tokens.json", [{"text": text, "inputIds": ids[text][0]} for text in STRINGS])
    own = {key: round(values[key], 6) for key in ("logitScale", "logitBias") if key in values}
    (folder / "cliplens.json").write_text(json.dumps(own) + "\n")
    print("cosines, min / median / max, images:", spread([image["embedding"] for image in values["images"].values()]))
    print("cosines, min / median / max, texts:", spread([text["embedding"] for text in values["texts"]]))


def main() -> None:
    """Writes everything under the folder given."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--fixtures", type=Path, default=Path("test/fixtures"), help="where images/ and reference/ go")
    parser.add_argument("--weights", type=Path, help="where the weights are kept for export_dynamo.py")
    arguments = parser.parse_args()
    fixtures = arguments.fixtures
    torch.set_num_threads(1)
    images.draw_all(fixtures / "images")
    bad_images.write_all(fixtures / "images", fixtures / "images" / "bad")
    for recipe in (clip_tiny, siglip_tiny, siglip2_tiny, mobileclip_tiny):
        make(recipe, fixtures / "reference", fixtures / "images", arguments.weights)


if __name__ == "__main__":
    main()
