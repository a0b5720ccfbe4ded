"""Find when an answer is unsure, and write what the bot tells people about the model: MODEL_DIR/cliplens.json.

usage: calibrate.py WORK_DIR MODEL_DIR [--json FILE] [--warning FILE]
Pictures come from emojione, a style neither trained nor part of the main evaluation (Twemoji). Each gets a random list
of 5 to 10 labels, English or Korean, in half of the cases without its own. An answer should be called unsure when the
best label is wrong, also where no label is right. The thresholds are chosen on half of the concepts and checked on the
rest.
"""

import argparse
import itertools
import json
import random
import re
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

from captions import all_templates
from concepts import LANGUAGES, LISTS, Concepts
from exported import Exported, softmax
from trials import Style

STYLE = "emojione"
TRIALS = 4000
SEED = 11
TONE_WORDS = "skin tone skinned light medium dark 피부 피부의 밝은 하얀 연한 갈색 진한 어두운 검은"
# Tried thresholds. 0 never fires.
PROBABILITIES = np.arange(0, 0.96, 0.05)
MARGINS = np.arange(0, 0.71, 0.05)
SIMILARITIES = np.arange(0, 0.66, 0.025)


@dataclass
class Answers:
    """Per trial: top probability, its lead over the second, top cosine, whether the answer is right, tuning half."""

    probability: np.ndarray
    margin: np.ndarray
    similarity: np.ndarray
    right: np.ndarray
    tuning: np.ndarray

    def unsure(self, probability: float, margin: float, similarity: float) -> np.ndarray:
        return (self.probability < probability) | (self.margin < margin) | (self.similarity < similarity)


def answer_trials(model: Exported, concepts: Concepts, style: Style) -> Answers:
    rng = random.Random(SEED)
    named = [c for c in concepts.base if all(concepts.words[language][c].names for language in LANGUAGES)]
    shown = [c for c in named if style.has(c)]
    texts = {language: model.labels([concepts.words[language][c].names[0] for c in named]) for language in LANGUAGES}
    terms = {c: {t for t, ids in concepts.terms.items() if c in ids} for c in named}
    scenes = [[rng.choice(shown)] for _ in range(TRIALS)]
    images = model.rendered(style.scenes(scenes, seed=SEED))
    rows = []
    for image, (concept,) in zip(images, scenes):
        # Labels that share a word with the picture's own concept ("cat" and "cat face") would be true of it too.
        others = [i for i, c in enumerate(named) if c != concept and not terms[c] & terms[concept]]
        listed = rng.sample(others, rng.randint(5, 10))
        own = named.index(concept)
        if rng.random() < 0.5:
            listed[0] = own
        cosines = texts[rng.choice(LANGUAGES)][listed] @ image
        powers = softmax(model.scale * cosines)
        best, second = powers.argsort()[::-1][:2]
        rows.append((powers[best], powers[best] - powers[second], cosines[best], listed[best] == own, concept % 2 == 0))
    columns = np.array(rows).T
    return Answers(*columns[:3], *(c.astype(bool) for c in columns[3:]))


def balanced(answers: Answers, flags: np.ndarray, part: np.ndarray) -> tuple[float, float]:
    """(share of right answers kept, share of wrong ones called unsure)"""
    return float((~flags)[part & answers.right].mean()), float(flags[part & ~answers.right].mean())


def choose(answers: Answers) -> tuple[float, float, float]:
    """The thresholds with the best mean of both shares on the tuning half; the lowest ones where several are equal."""
    return max(
        itertools.product(PROBABILITIES, MARGINS, SIMILARITIES),
        key=lambda t: (round(sum(balanced(answers, answers.unsure(*t), answers.tuning)), 3), -sum(t)),
    )


def trained_words(concepts: Concepts) -> list[str]:
    """Every word of the captions, in lower case: those of the terms, of the tones and of the templates around them."""
    texts = [*concepts.terms, TONE_WORDS, *all_templates()]
    words = {word for text in texts for word in re.findall(r"[^\W_]+", text.lower())}
    return sorted(words)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("work", type=Path)
    parser.add_argument("model", type=Path)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--warning", type=Path, help="what the bot must say wherever this model is used")
    args = parser.parse_args()
    torch.set_num_threads(1)
    concepts, model = Concepts(args.work), Exported(args.model)
    answers = answer_trials(model, concepts, Style(concepts, args.work, STYLE))
    chosen = choose(answers)
    flags = answers.unsure(*chosen)
    unsure = dict(zip(("probability", "margin", "similarity"), (round(float(t), 3) for t in chosen)))
    report: dict = {"unsure": unsure, "trials": TRIALS, "right": round(float(answers.right.mean()), 3)}
    for name, part in (("tuning half", answers.tuning), ("other half", ~answers.tuning)):
        kept, caught = balanced(answers, flags, part)
        report[name] = {
            "right answers kept": round(kept, 3),
            "wrong answers called unsure": round(caught, 3),
            "n": int(part.sum()),
        }
    print(json.dumps(report, indent=1))
    about = json.loads((LISTS / "about.json").read_text())
    if args.warning:
        about["warning"] = json.loads(args.warning.read_text())
    facts = {**about, "unsure": unsure, "words": trained_words(concepts)}
    (args.model / "cliplens.json").write_text(json.dumps(facts, indent=1, ensure_ascii=False) + "\n")
    if args.json:
        args.json.write_text(json.dumps(report, indent=1) + "\n")


if __name__ == "__main__":
    main()
