"""A CLIPModel with random weights and a small tokenizer in CLIP's own layout."""

import json
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

import torch
from tokenizers import Regex, normalizers, pre_tokenizers
from torch import nn
from transformers import CLIPConfig, CLIPImageProcessor, CLIPModel, CLIPTokenizer, CLIPTokenizerFast
from transformers.models.clip.tokenization_clip import bytes_to_unicode

import bpe
import towers
from corpus import TRAINING_TEXTS
from towers import Encoder

NAME = "clip-tiny"
# Texts alone in a batch need no padding; the end token is found wherever it is.
PADDING = False
IMAGE_SIZE = 64
CONTEXT = 77
MERGES = 360
START, END, END_OF_WORD = "<|startoftext|>", "<|endoftext|>", "</w>"
# How CLIP cuts a text into words.
WORD = r"'s|'t|'re|'ve|'m|'ll|'d|[\p{L}]+|[\p{N}]|[^\s\p{L}\p{N}]+"
# Neither the 100 of OpenAI's models nor their initial 14.2857; low, so that no probability is 0 or 1.
LOGIT_SCALE = 9.75
TOWER = {"hidden_size": 64, "intermediate_size": 128, "num_hidden_layers": 2, "num_attention_heads": 4}
GAINS = {
    "position_embedding": 0.5,
    "token_embedding": 1.0,
    "patch_embedding": 1.5,
    "q_proj": 1.6,
    "k_proj": 1.6,
    "out_proj": 1.5,
    "fc2": 1.5,
}


def learn_merges() -> list[str]:
    """Learns MERGES byte pairs from the words of the corpus."""
    normalizer = normalizers.Sequence([normalizers.NFC(), normalizers.Lowercase()])
    split = pre_tokenizers.Split(Regex(WORD), "removed", invert=True)
    pieces = pre_tokenizers.Sequence([split, pre_tokenizers.ByteLevel(add_prefix_space=False)])
    counts: Counter[tuple[str, ...]] = Counter()
    for text in TRAINING_TEXTS:
        for word, _ in pieces.pre_tokenize_str(normalizer.normalize_str(text)):
            counts[(*word[:-1], word[-1] + END_OF_WORD)] += 1

    return bpe.learn_merges(counts, MERGES)


def make_tokenizer() -> CLIPTokenizerFast:
    """Lays the vocabulary out as CLIP's: bytes, bytes ending a word, merges, start, end."""
    alphabet = list(bytes_to_unicode().values())
    merges = learn_merges()
    tokens = alphabet + [letter + END_OF_WORD for letter in alphabet] + [merge.replace(" ", "") for merge in merges]
    tokens += [START, END]
    with TemporaryDirectory() as scratch:
        vocabulary, merge_list = Path(scratch, "vocab.json"), Path(scratch, "merges.txt")
        vocabulary.write_text(json.dumps({token: index for index, token in enumerate(tokens)}), encoding="utf-8")
        # CLIPTokenizer reads the list of the real model: a heading, then the merges.
        merge_list.write_text("\n".join(["#version: 0.2", *merges, ""]), encoding="utf-8")
        slow = CLIPTokenizer(str(vocabulary), str(merge_list), model_max_length=CONTEXT)
        slow.save_pretrained(scratch)
        return CLIPTokenizerFast.from_pretrained(scratch)


def build() -> tuple[CLIPModel, CLIPTokenizerFast, CLIPImageProcessor]:
    """Returns the model with its tokenizer and image processor, always the same ones."""
    tokenizer = make_tokenizer()
    text = {
        **TOWER,
        "vocab_size": len(tokenizer),
        "max_position_embeddings": CONTEXT,
        "bos_token_id": tokenizer.bos_token_id,
        # Any id but 2, the wrong one in OpenAI's configs, makes Hugging Face pool at the first end token.
        "eos_token_id": tokenizer.eos_token_id,
        "pad_token_id": tokenizer.pad_token_id,
    }
    vision = {**TOWER, "image_size": IMAGE_SIZE, "patch_size": 8}
    model = CLIPModel(CLIPConfig(text_config=text, vision_config=vision, projection_dim=32)).eval()
    towers.draw_weights(model, GAINS)
    model.logit_scale.data = torch.tensor(LOGIT_SCALE).log()
    processor = CLIPImageProcessor(
        size={"shortest_edge": IMAGE_SIZE}, crop_size={"height": IMAGE_SIZE, "width": IMAGE_SIZE}
    )
    return model, tokenizer, processor


@torch.no_grad()
def centre(model: CLIPModel, pixels: torch.Tensor, input_ids: torch.Tensor, share: float) -> None:
    """Spreads the cosines of both towers, see towers.centre."""
    pooled = model.vision_model(pixels).pooler_output
    towers.centre(model.vision_model.post_layernorm.bias, pooled, share)
    pooled = model.text_model(input_ids).pooler_output
    towers.centre(model.text_model.final_layer_norm.bias, pooled, share)


class Projected(nn.Module):
    """One tower and its projection, as CLIPVisionModelWithProjection and CLIPTextModelWithProjection are."""

    def __init__(self, tower: nn.Module, projection: nn.Module) -> None:
        super().__init__()
        self.tower = tower
        self.projection = projection

    def forward(self, inputs: torch.Tensor) -> torch.Tensor:
        """The embedding, not yet of unit length."""
        return self.projection(self.tower(inputs).pooler_output)


def encoders(model: CLIPModel) -> tuple[Encoder, Encoder]:
    """Vision and text, with the names of published files."""
    return (
        Encoder(Projected(model.vision_model, model.visual_projection), "pixel_values", ["image_embeds"]),
        Encoder(Projected(model.text_model, model.text_projection), "input_ids", ["text_embeds"]),
    )
