"""Exported weights back into the network that is trained, so that training can go on from a released model."""

import json
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from tokenizers import Tokenizer

from batches import Batch
from concepts import LANGUAGES, Concepts
from export import TOLERANCE, parameters
from exported import Exported
from model import Clip


def onnx_weights(folder: Path) -> dict[str, np.ndarray]:
    """The weights of both encoders under Hugging Face's names. The exporter transposes those of linear layers and names
    them by number, so their names come from the nodes that use them."""
    weights = {}
    for encoder in ("vision_model", "text_model"):
        graph = onnx.load(folder / "onnx" / f"{encoder}.onnx").graph
        named = {tensor.name: numpy_helper.to_array(tensor) for tensor in graph.initializer}
        weights |= {name.removeprefix("encoder."): array for name, array in named.items()}
        for node in graph.node:
            if node.op_type == "MatMul" and node.input[1] in named:
                layer = node.name.removeprefix("/encoder/").removesuffix("/MatMul").replace("/", ".")
                weights[f"{layer}.weight"] = named[node.input[1]].T
    return weights


@torch.no_grad()
def restore(model: Clip, folder: Path, words: Tokenizer) -> None:
    """Sets the encoders' parameters; raises AssertionError if embeddings differ from the files' by 1e-4 or more."""
    weights = onnx_weights(folder)
    for name, (parameter, factor) in parameters(model).items():
        parameter.copy_(torch.from_numpy(weights[name].copy()) / factor)
    model.scale.fill_(json.loads((folder / "config.json").read_text())["logit_scale_init_value"])
    assert_same(model, Exported(folder), words)


@torch.no_grad()
def start_prototypes(model: Clip, concepts: Concepts, batch: Batch, words: Tokenizer) -> None:
    """Prototypes for restored encoders, near those that training ended with and did not export.

    A concept's is the mean embedding of its names, which fits better than the mean of its images or patches; the
    background's is the mean of the batch's bare patches. Both scales start as the contrastive one.
    """
    for concept in range(len(concepts)):
        names = [f"a photo of a {name}" for language in LANGUAGES for name in concepts.words[language][concept].names]
        model.prototypes[concept] = model.text(ids(words, names)).mean(0)
    _, patches, _ = model.vision(batch.images)
    model.prototypes[-1] = model.vision.embed(patches[batch.patches == len(concepts)]).mean(0)
    for scale in (model.concept_scale, model.patch_scale):
        scale.copy_(model.scale)


def ids(words: Tokenizer, texts: list[str]) -> torch.Tensor:
    return torch.tensor([encoding.ids for encoding in words.encode_batch(texts)])


def assert_same(model: Clip, exported: Exported, words: Tokenizer) -> None:
    images, labels = torch.rand(4, 3, model.sizes.image, model.sizes.image), ["owl", "여자 조종사"]
    captions = [f"a photo of a {label}" for label in labels]
    for ours, theirs in (
        (model.vision(images)[0], exported.rendered(images.numpy())),
        (model.text(ids(words, captions)), exported.labels(labels)),
    ):
        difference = np.abs(ours.numpy() - theirs).max()
        assert difference < TOLERANCE, difference
