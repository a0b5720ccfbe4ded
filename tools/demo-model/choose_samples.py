"""Check the candidate sample pictures with the exported model and put the chosen ones where the web page finds them.

usage: choose_samples.py PICTURES_DIR MODEL_DIR OUT_DIR
A candidate passes when the model answers it right in English and in Korean with the default template, and is not
unsure. The first six that pass are taken, with at least one of several objects.
"""

import argparse
import json
import shutil
from pathlib import Path

import numpy as np
from PIL import Image

from concepts import LANGUAGES, LISTS
from exported import Exported, softmax

WANTED = 6


def answer(
    model: Exported, picture: np.ndarray, labels: list[str], unsure: dict[str, float]
) -> tuple[str, float, bool]:
    """(best label, its probability, whether the bot would call it unsure)"""
    cosines = model.labels(labels) @ picture
    powers = softmax(model.scale * cosines)
    best, second = powers.argsort()[::-1][:2]
    doubtful = (
        powers[best] < unsure["probability"]
        or powers[best] - powers[second] < unsure["margin"]
        or cosines[best] < unsure["similarity"]
    )
    return labels[best], float(powers[best]), bool(doubtful)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("pictures", "model", "out"):
        parser.add_argument(name, type=Path)
    args = parser.parse_args()
    model = Exported(args.model)
    unsure = json.loads((args.model / "cliplens.json").read_text())["unsure"]
    candidates = json.loads((LISTS / "samples.json").read_text())
    passed = []
    for candidate in candidates:
        picture = model.pictures([Image.open(args.pictures / f"{candidate['id']}.png")])[0]
        good = True
        for language in LANGUAGES:
            label, probability, doubtful = answer(model, picture, candidate["labels"][language], unsure)
            print(f"{candidate['id']:16} {language} {label} {probability:.2f}{' unsure' if doubtful else ''}")
            good = good and label == candidate["expect"][language] and not doubtful
        if good:
            passed.append(candidate)
    several = [c for c in passed if len(c["drawings"]) > 1][:1]
    singles = [c for c in passed if len(c["drawings"]) == 1][: WANTED - len(several)]
    chosen = singles + several
    print(f"{len(passed)} of {len(candidates)} candidates pass; chosen: {', '.join(c['id'] for c in chosen)}")
    if len(chosen) < WANTED or not several:
        raise SystemExit("not enough candidates pass")
    args.out.mkdir(parents=True, exist_ok=True)
    for old in args.out.glob("*.png"):
        old.unlink()
    facts = []
    for c in chosen:
        shutil.copyfile(args.pictures / f"{c['id']}.png", args.out / f"{c['id']}.png")
        facts.append({"file": f"{c['id']}.png", **{key: c[key] for key in ("title", "alt", "labels", "expect")}})
    (args.out / "samples.json").write_text(json.dumps(facts, indent=2, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
