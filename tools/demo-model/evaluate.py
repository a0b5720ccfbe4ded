"""Measure the exported model on emoji styles that were never trained. One thread, about a minute.

usage: evaluate.py WORK_DIR MODEL_DIR [--json FILE]
Held out is the drawing style: every concept was trained, in other drawings. Noto is there to compare with trained art.
"""

import argparse
import json
import random
from pathlib import Path

import numpy as np
import torch
from sklearn.metrics import roc_auc_score

from concepts import Concepts
from exported import Exported
from trials import Style, nouns

SCENES, SINGLE_SCENES = 300, 200
RESAMPLES = 1000


def share(hits: np.ndarray) -> dict[str, float]:
    """Mean of 0/1 results with its binomial standard error."""
    p = float(np.mean(hits))
    return {"value": round(p, 3), "se": round((p * (1 - p) / len(hits)) ** 0.5, 3), "n": len(hits)}


def ranking(images: np.ndarray, texts: np.ndarray, truth: list[int]) -> dict[str, dict[str, float]]:
    order = (-images @ texts.T).argsort(1)
    wanted = np.array(truth)[:, None]
    return {"top1": share(order[:, 0] == wanted[:, 0]), "top5": share((order[:, :5] == wanted).any(1))}


def classification(model: Exported, concepts: Concepts, style: Style) -> dict[str, dict]:
    table = nouns(concepts)
    shown = [(c, n) for n, (_, _, ids) in enumerate(table) for c in ids if style.has(c)]
    truth = [n for _, n in shown]
    english = model.labels([noun for noun, _, _ in table])
    korean = [korean for _, korean, _ in table]
    results = {}
    for size, name in ((0.9, "nouns"), (0.4, "nouns, object .4 of the frame")):
        vectors = model.rendered(style.singles([(c, 0) for c, _ in shown], size))
        results[name] = ranking(vectors, english, truth)
        if size == 0.9:
            results["nouns in Korean, English template"] = ranking(vectors, model.labels(korean), truth)
            results["nouns in Korean, '{} 사진'"] = ranking(vectors, model.labels(korean, "{} 사진"), truth)
    base = [c for c in concepts.base if style.has(c)]
    names = model.labels([concepts.names[c].replace("-", " ") for c in concepts.base])
    results[f"base concepts, {len(concepts.base)}-way"] = ranking(
        model.rendered(style.singles([(c, 0) for c in base])), names, [concepts.base.index(c) for c in base]
    )
    return results


def several_objects(model: Exported, concepts: Concepts, style: Style) -> dict[str, dict]:
    """Scenes of nouns on random backgrounds: is the first answer among the objects that are there?"""
    table = nouns(concepts)
    drawn = [(c, n) for n, (_, _, ids) in enumerate(table) for c in ids if style.has(c)]
    texts = model.labels([noun for noun, _, _ in table])
    rng = random.Random(3)
    results = {}
    for count, scenes in ((1, SINGLE_SCENES), (2, SCENES), (3, SCENES)):
        chosen = []
        while len(chosen) < scenes:
            pick = rng.sample(drawn, count)
            if len({noun for _, noun in pick}) == count:
                chosen.append(pick)
        vectors = model.rendered(style.scenes([[c for c, _ in pick] for pick in chosen]))
        order = (-vectors @ texts.T).argsort(1)
        results[f"{count} objects, first answer is there"] = share(
            np.array([order[i, 0] in {n for _, n in pick} for i, pick in enumerate(chosen)])
        )
    return results


def area(scores: np.ndarray, truth: np.ndarray, groups: list[str]) -> dict[str, float]:
    """Area under the ROC curve; its standard error by resampling whole groups (jobs), which share a drawing."""
    rng = np.random.default_rng(0)
    members = {g: [i for i, other in enumerate(groups) if other == g] for g in groups}
    names, values = list(members), []
    for _ in range(RESAMPLES):
        rows = [i for g in rng.choice(len(names), len(names)) for i in members[names[g]]]
        if len(set(truth[rows])) == 2:
            values.append(roc_auc_score(truth[rows], scores[rows]))
    return {
        "value": round(float(roc_auc_score(truth, scores)), 3),
        "se": round(float(np.std(values)), 3),
        "n": len(truth),
    }


def people(model: Exported, concepts: Concepts, style: Style) -> dict[str, dict]:
    """Woman against man, and dark against light skin, on the woman and man versions of jobs and activities."""
    jobs = [c for c, name in enumerate(concepts.names) if concepts.gender[c] and concepts.neutral_name(name)]
    shown = [(c, tone) for c in jobs for tone in (0, 1, 5) if style.has(c, tone)]
    if not shown:
        return {}
    vectors = model.rendered(style.singles(shown))
    groups = [concepts.neutral_name(concepts.names[c]) for c, _ in shown]
    woman = np.array([concepts.gender[c] == "woman" for c, _ in shown])
    texts = model.labels(["woman", "man"])
    results = {
        "woman / man AUC": area(vectors @ (texts[0] - texts[1]), woman, groups),
        "woman / man accuracy": share((vectors @ (texts[0] - texts[1]) > 0) == woman),
    }
    toned = [i for i, (_, tone) in enumerate(shown) if tone]
    skin = model.labels(["person with dark skin", "person with light skin"])
    dark = np.array([shown[i][1] == 5 for i in toned])
    results["dark / light skin AUC"] = area(vectors[toned] @ (skin[0] - skin[1]), dark, [groups[i] for i in toned])
    return results


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("work", type=Path)
    parser.add_argument("model", type=Path)
    parser.add_argument("--styles", nargs="+", default=["twemoji", "emojione", "openmoji", "noto"])
    parser.add_argument("--json", type=Path)
    args = parser.parse_args()
    torch.set_num_threads(1)
    concepts, model = Concepts(args.work), Exported(args.model)
    results = {}
    for name in args.styles:
        style = Style(concepts, args.work, name)
        results[name] = {
            **classification(model, concepts, style),
            **several_objects(model, concepts, style),
            **people(model, concepts, style),
        }
        print(name, json.dumps(results[name], indent=1, ensure_ascii=False))
    if args.json:
        args.json.write_text(json.dumps(results, indent=1, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
