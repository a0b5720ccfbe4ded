"""A SiglipModel with random weights and a small SentencePiece tokenizer, written as the published SigLIP ones are."""

import io
import re
import string
from pathlib import Path
from tempfile import TemporaryDirectory

import sentencepiece
import torch
from tokenizers import Regex, normalizers
from torch import nn
from transformers import PreTrainedTokenizerFast, SiglipConfig, SiglipImageProcessor, SiglipModel, SiglipTokenizer
from transformers.convert_slow_tokenizer import T5Converter

import towers
from corpus import TRAINING_TEXTS, all_texts
from towers import Encoder

NAME = "siglip-tiny"
# Every text is padded to the whole context: the model pools at the last place.
PADDING = "max_length"
IMAGE_SIZE = 64
CONTEXT = 64
VOCABULARY = 480
# Not those of a published model (117.33 and -12.93, say); low, so that no probability is 0 or 1.
LOGIT_SCALE, LOGIT_BIAS = 11.5, -0.75
# Where Python's tokenizer, alone, marks a word's start before leading blanks, and none after a special token.
SLOW_DIFFERS = {"  a   photo\tof\n a  cat  ", "the label </s> in the middle"}
TOWER = {"hidden_size": 64, "intermediate_size": 128, "num_hidden_layers": 2, "num_attention_heads": 4}
GAINS = {
    "position_embedding": 0.5,
    "token_embedding": 1.0,
    "patch_embedding": 1.5,
    "q_proj": 1.6,
    "k_proj": 1.6,
    "in_proj_weight": 1.6,
    "out_proj": 1.5,
    "fc2": 1.5,
}


class SiglipConverter(T5Converter):
    """Writes tokenizer.json: lower case, no ASCII punctuation, single spaces, stripped, then Unigram and one </s>."""

    def vocab(self, proto):
        """The pieces and their scores, without T5's extra ids."""
        return [(piece.piece, piece.score) for piece in proto.pieces]

    def normalizer(self, proto):
        """The slow tokenizer's canonicalize_text as normalizers."""
        return normalizers.Sequence(
            [
                normalizers.Lowercase(),
                normalizers.Replace(Regex("[" + re.escape(string.punctuation) + "]"), ""),
                normalizers.Replace(Regex(r"\s+"), " "),
                normalizers.Strip(),
            ]
        )


def train_slow_tokenizer(folder: Path) -> SiglipTokenizer:
    """Trains SentencePiece on the corpus; ids 0, 1, 2 are <pad>, </s>, <unk> and padding uses </s>, as in SigLIP."""
    no_punctuation = str.maketrans("", "", string.punctuation)
    model = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter([text.lower().translate(no_punctuation) for text in TRAINING_TEXTS]),
        model_writer=model,
        vocab_size=VOCABULARY,
        hard_vocab_limit=False,
        # The published model carries a table of Unicode rules of 240 kB; this one leaves letters as they are.
        normalization_rule_name="identity",
        pad_id=0,
        eos_id=1,
        unk_id=2,
        bos_id=-1,
        character_coverage=1.0,
        num_threads=1,
        minloglevel=2,
    )
    path = folder / "spiece.model"
    path.write_bytes(model.getvalue())
    return SiglipTokenizer(str(path), model_max_length=CONTEXT, model_input_names=["input_ids"])


class SiglipTokenizerFast(PreTrainedTokenizerFast):
    """Only a name: tokenizer_config.json then says SiglipTokenizer, as the published ones do."""


def make_tokenizer() -> SiglipTokenizerFast:
    """The tokenizer as tokenizer.json, which is what JavaScript reads; the Python one must agree with it."""
    with TemporaryDirectory() as scratch:
        slow = train_slow_tokenizer(Path(scratch))
        backend = SiglipConverter(slow).converted()
    fast = SiglipTokenizerFast(
        tokenizer_object=backend,
        **slow.special_tokens_map_extended,
        model_max_length=CONTEXT,
        model_input_names=["input_ids"],
        do_lower_case=True,
    )
    for text in all_texts():
        same = slow(text, truncation=True).input_ids == fast(text, truncation=True).input_ids
        assert same != (text in SLOW_DIFFERS), text
    fast.backend_tokenizer.no_truncation()
    return fast


def build() -> tuple[SiglipModel, SiglipTokenizerFast, SiglipImageProcessor]:
    """Returns the model with its tokenizer and image processor, always the same ones."""
    tokenizer = make_tokenizer()
    model, processor = build_model(tokenizer.vocab_size, LOGIT_SCALE, LOGIT_BIAS)
    return model, tokenizer, processor


def build_model(vocabulary: int, scale: float, bias: float) -> tuple[SiglipModel, SiglipImageProcessor]:
    """Returns a model with random weights, and its image processor."""
    text = {**TOWER, "vocab_size": vocabulary, "max_position_embeddings": CONTEXT}
    vision = {**TOWER, "image_size": IMAGE_SIZE, "patch_size": 8}
    model = SiglipModel(SiglipConfig(text_config=text, vision_config=vision)).eval()
    # The same as its own padding="valid", for which the ONNX export of PyTorch 1.13 knows no operator.
    model.vision_model.embeddings.patch_embedding.padding = (0, 0)
    towers.draw_weights(model, GAINS)
    model.logit_scale.data = torch.tensor([scale]).log()
    model.logit_bias.data = torch.tensor([bias])
    return model, SiglipImageProcessor(size={"height": IMAGE_SIZE, "width": IMAGE_SIZE}, do_convert_rgb=True)


@torch.no_grad()
def centre(model: SiglipModel, pixels: torch.Tensor, input_ids: torch.Tensor, share: float) -> None:
    """Spreads the cosines of both towers, see towers.centre."""
    towers.centre(model.vision_model.head.mlp.fc2.bias, model.vision_model(pixels).pooler_output, share)
    towers.centre(model.text_model.head.bias, model.text_model(input_ids).pooler_output, share)


class Pooled(nn.Module):
    """One tower with its two outputs; SigLIP has no projection."""

    def __init__(self, tower: nn.Module) -> None:
        super().__init__()
        self.tower = tower

    def forward(self, inputs: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """The last hidden state, and the embedding, not yet of unit length."""
        outputs = self.tower(inputs)
        return outputs.last_hidden_state, outputs.pooler_output


def encoders(model: SiglipModel) -> tuple[Encoder, Encoder]:
    """Vision and text, with the names of published files."""
    outputs = ["last_hidden_state", "pooler_output"]
    return (
        Encoder(Pooled(model.vision_model), "pixel_values", outputs),
        Encoder(Pooled(model.text_model), "input_ids", outputs),
    )
