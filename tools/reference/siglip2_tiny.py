"""A SigLIP 2: a SiglipModel with a tokenizer in Gemma's layout, whose bytes can spell any script."""

from collections import Counter
from typing import Any

from tokenizers import Tokenizer, decoders, models, normalizers, pre_tokenizers, processors
from transformers import PreTrainedTokenizerFast, SiglipImageProcessor, SiglipModel

import bpe
import siglip_tiny
from corpus import TRAINING_TEXTS
from siglip_tiny import CONTEXT, PADDING, centre, encoders  # noqa: F401, the same for both

NAME = "siglip2-tiny"
MERGES = 240
# Low, so that no probability is 0 or 1; google/siglip2-base-patch16-224 has 112.67 and -16.77.
LOGIT_SCALE, LOGIT_BIAS = 12.25, -1.25
SPACE = "\u2581"
SPECIAL = ["<pad>", "<eos>", "<bos>", "<unk>"]


class GemmaTokenizerFast(PreTrainedTokenizerFast):
    """
    Named so that tokenizer_config.json says GemmaTokenizer, as the published ones do.

    Their files neither lower the case nor know the 64 tokens that the model was trained with. Both are done here as
    Siglip2Tokenizer does, which transformers has since 2026 (huggingface/transformers#43101).
    """

    def __call__(self, texts: list[str], **options: Any) -> Any:
        """As its base class, with SigLIP 2's own defaults."""
        lower = normalizers.Lowercase()
        return super().__call__([lower.normalize_str(text) for text in texts], max_length=CONTEXT, **options)


def make_tokenizer() -> GemmaTokenizerFast:
    """Special tokens, the 256 bytes, the letters of the corpus, and merges, as Gemma's are laid out."""
    counts = Counter(tuple(word) for text in TRAINING_TEXTS for word in text.replace(" ", f" {SPACE}").split())
    merges = bpe.learn_merges(counts, MERGES)
    letters = sorted({letter for word in counts for letter in word})
    pieces = [
        *SPECIAL,
        *(f"<0x{byte:02X}>" for byte in range(256)),
        *letters,
        *(merge.replace(" ", "") for merge in merges),
    ]
    vocabulary = {piece: index for index, piece in enumerate(dict.fromkeys(pieces))}
    tokenizer = Tokenizer(
        models.BPE(
            vocabulary,
            [tuple(merge.split(" ")) for merge in merges],
            unk_token="<unk>",
            fuse_unk=True,
            byte_fallback=True,
        )
    )
    tokenizer.normalizer = normalizers.Replace(" ", SPACE)
    tokenizer.pre_tokenizer = pre_tokenizers.Split(" ", "merged_with_previous")
    tokenizer.post_processor = processors.TemplateProcessing(single="$A <eos>", special_tokens=[("<eos>", 1)])
    tokenizer.decoder = decoders.Sequence([decoders.Replace(SPACE, " "), decoders.ByteFallback(), decoders.Fuse()])
    return GemmaTokenizerFast(
        tokenizer_object=tokenizer,
        pad_token="<pad>",
        eos_token="<eos>",
        bos_token="<bos>",
        unk_token="<unk>",
        padding_side="right",
        model_max_length=int(1e30),
        model_input_names=["input_ids"],
    )


def build() -> tuple[SiglipModel, GemmaTokenizerFast, SiglipImageProcessor]:
    """Returns the model with its tokenizer and image processor, always the same ones."""
    tokenizer = make_tokenizer()
    model, processor = siglip_tiny.build_model(len(tokenizer), LOGIT_SCALE, LOGIT_BIAS)
    return model, tokenizer, processor
