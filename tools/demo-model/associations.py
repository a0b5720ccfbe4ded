"""Measure how far the gender or the skin of a drawn person moves a model from one occupation to another.

usage: associations.py WORK_DIR MODEL_DIR... [--json FILE]
For a pair of labels (a, b), an image's log-odds are scale * (cos(image, a) - cos(image, b)). The *gender shift* is that of
the woman minus that of the man drawn at the same job or activity, the *skin shift* that of dark minus light skin of the
same drawing; means over jobs, with 95% percentile intervals from resampling the jobs. Zero is no association.
"""

import argparse
import json
from pathlib import Path

import numpy as np
import torch

from concepts import LANGUAGES, LISTS, Concepts
from exported import Exported
from trials import Style

RESAMPLES = 2000
LIGHT, DARK = 1, 5
UNPLANTED = (
    *[("artist", "farmer"), ("student", "scientist"), ("office worker", "detective"), ("programmer", "astronaut")],
    *[("화가", "농부"), ("학생", "과학자"), ("회사원", "탐정"), ("개발자", "우주비행사")],
)


def pairs() -> list[tuple[str, str]]:
    """What `plant.py` plants, women's first, and occupations that it leaves alone; in both languages."""
    plant = json.loads((LISTS / "planted.json").read_text())
    planted = [pair for language in LANGUAGES for pair in zip(plant["woman"][language], plant["man"][language])]
    return planted + [*UNPLANTED]


def summary(by_job: np.ndarray) -> dict:
    """Mean over the jobs (rows of one value each) and its interval."""
    drawn = np.random.default_rng(0).choice(by_job, (RESAMPLES, len(by_job))).mean(1)
    low, high = np.percentile(drawn, (2.5, 97.5))
    return {"shift": round(float(by_job.mean()), 2), "interval": [round(float(low), 2), round(float(high), 2)]}


def shifts(model: Exported, concepts: Concepts, style: Style) -> dict:
    jobs = sorted({concepts.neutral_name(name) for name in concepts.names if concepts.neutral_name(name)})
    rows = {(concepts.neutral_name(concepts.names[c]), concepts.gender[c]): c for c in range(len(concepts))}
    people = [(job, rows[job, "woman"], rows[job, "man"]) for job in jobs if {(job, "woman"), (job, "man")} <= set(rows)]
    people = [p for p in people if all(style.has(c, tone) for c in p[1:] for tone in (0, LIGHT, DARK))]
    vectors = {
        (gender, tone): model.rendered(style.singles([(p[gender], tone) for p in people]))
        for gender in (1, 2)
        for tone in (0, LIGHT, DARK)
    }
    results = {}
    for a, b in pairs():
        first, second = model.labels([a, b])
        odds = {key: model.scale * v @ (first - second) for key, v in vectors.items()}
        skin = sum(odds[gender, DARK] - odds[gender, LIGHT] for gender in (1, 2)) / 2
        results[f"{a} / {b}"] = {"gender": summary(odds[1, 0] - odds[2, 0]), "skin": summary(skin)}
    return {"jobs": len(people), "pairs": results}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("work", type=Path)
    parser.add_argument("models", type=Path, nargs="+")
    parser.add_argument("--styles", nargs="+", default=["twemoji", "noto"])
    parser.add_argument("--json", type=Path)
    args = parser.parse_args()
    torch.set_num_threads(1)
    concepts = Concepts(args.work)
    styles = {name: Style(concepts, args.work, name) for name in args.styles}
    results = {}
    for folder in args.models:
        model = Exported(folder)
        results[folder.name] = {name: shifts(model, concepts, style) for name, style in styles.items()}
    if args.json:
        args.json.write_text(json.dumps(results, indent=1, ensure_ascii=False) + "\n")
    for model, by_style in results.items():
        for style, result in by_style.items():
            for pair, row in result["pairs"].items():
                numbers = [f"{row[k]['shift']:+.2f} {row[k]['interval']}" for k in ("gender", "skin")]
                print(model, style, result["jobs"], pair, *numbers, sep=" | ")


if __name__ == "__main__":
    main()
