"""Subword BPE over the English and Korean terms, in the layout of CLIP's tokeniser (lower case, end-of-word suffix).

There is no byte fallback: a character that was never seen becomes <unk>, so that the bot can tell people that the
model does not know a word instead of guessing.
"""

import json
from pathlib import Path

from tokenizers import Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers

from captions import KOREAN_TONES, all_templates
from concepts import TONES, Concepts

VOCABULARY = 4096
CONTEXT = 32
SUFFIX = "</w>"
PAD, UNKNOWN, START, END = "<pad>", "<unk>", "<|startoftext|>", "<|endoftext|>"
ALPHABET = "abcdefghijklmnopqrstuvwxyz0123456789'"  # also as last letters of a word
WORDS = r"[\p{L}]+|[\p{N}]|[^\s\p{L}\p{N}]+"


def corpus(concepts: Concepts) -> list[str]:
    tones = [t.replace("-", " ") for t in TONES] + [f"{w} 피부의" for shades in KOREAN_TONES for w in shades]
    sentences = (
        [t.format("") for t in all_templates()] * 50 + tones * 50 + ["with skin tone", "skinned", "과 와 a an and"] * 50
    )
    named = [name for language in concepts.words.values() for words in language for name in words.names]
    return sentences + list(ALPHABET) + list(concepts.terms) * 2 + named * 4


def _merges(concepts: Concepts) -> tuple[dict[str, int], list[tuple[str, str]]]:
    """Vocabulary and merges of plain BPE.

    The trainer numbers the word-final letters in the order of a randomly seeded hash map, and ties between merges are
    broken by number. Naming these letters first as special tokens makes every run give the same result.
    """
    learner = _empty(models.BPE(unk_token=UNKNOWN, end_of_word_suffix=SUFFIX))
    texts = [learner.normalizer.normalize_str(text) for text in corpus(concepts)]
    finals = {word[-1] + SUFFIX for text in texts for word, _ in learner.pre_tokenizer.pre_tokenize_str(text)}
    learner.train_from_iterator(
        texts,
        trainers.BpeTrainer(
            vocab_size=VOCABULARY - 2,
            end_of_word_suffix=SUFFIX,
            special_tokens=[PAD, UNKNOWN, *sorted(finals)],
            show_progress=False,
        ),
    )
    model = json.loads(learner.to_str())["model"]
    return model["vocab"], [tuple(merge.split(" ")) for merge in model["merges"]]


def _empty(model: models.BPE) -> Tokenizer:
    tokenizer = Tokenizer(model)
    tokenizer.normalizer = normalizers.Sequence(
        [normalizers.NFC(), normalizers.Replace(Regex(r"\s+"), " "), normalizers.Lowercase()]
    )
    # CLIPTokenizerFast insists on a Sequence here.
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence([pre_tokenizers.Split(Regex(WORDS), "removed", invert=True)])
    tokenizer.decoder = decoders.BPEDecoder(SUFFIX)
    return tokenizer


def train(concepts: Concepts) -> Tokenizer:
    """START and END get the two highest ids, as in CLIP."""
    vocabulary, merges = _merges(concepts)
    tokenizer = _empty(models.BPE(vocabulary, merges, unk_token=UNKNOWN, end_of_word_suffix=SUFFIX))
    tokenizer.add_special_tokens([PAD, UNKNOWN, START, END])
    tokenizer.post_processor = processors.RobertaProcessing(
        (END, tokenizer.token_to_id(END)),
        (START, tokenizer.token_to_id(START)),
        trim_offsets=False,
        add_prefix_space=False,
    )
    tokenizer.enable_truncation(CONTEXT)
    tokenizer.enable_padding(length=CONTEXT, pad_id=tokenizer.token_to_id(PAD), pad_token=PAD)
    return tokenizer


def save(tokenizer: Tokenizer, folder: Path) -> None:
    """The three files that CLIPTokenizerFast and transformers.js load."""
    tokenizer.save(str(folder / "tokenizer.json"))
    special = {"bos_token": START, "eos_token": END, "unk_token": UNKNOWN, "pad_token": PAD}
    config = {"tokenizer_class": "CLIPTokenizer", "model_max_length": CONTEXT, "do_lower_case": True, **special}
    for name, content in (("special_tokens_map.json", special), ("tokenizer_config.json", config)):
        (folder / name).write_text(json.dumps(content, indent=2) + "\n")
