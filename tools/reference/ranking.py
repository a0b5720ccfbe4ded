"""Values of scikit-learn and scipy that the measures of a map are held against: test/fixtures/reference/ranking.json."""

import json
import random

from scipy.stats import spearmanr
from sklearn.metrics import average_precision_score

OUT = "test/fixtures/reference/ranking.json"


def case(name, scores, mask, others):
    return {
        "name": name,
        "scores": scores,
        "mask": mask,
        "averagePrecision": average_precision_score(mask, scores),
        "others": others,
        "spearman": spearmanr(scores, others).statistic,
    }


def main():
    draw = random.Random(6)
    count = 60
    mask = [int(draw.random() < 0.3) for _ in range(count)]
    # float32 has these numbers exactly: the maps are float32.
    distinct = [i / 64 for i in draw.sample(range(count), count)]
    ties = [draw.randrange(6) / 8 for _ in range(count)]
    empty = [max(0, draw.randrange(-8, 8)) / 8 for _ in range(count)]
    cases = [
        case("distinct", distinct, mask, ties),
        case("ties", ties, mask, distinct),
        case("mostly 0, as maps are", empty, mask, ties),
        case("all in the mask but one", ties, [0] + [1] * (count - 1), empty),
        case("one in the mask", distinct, [1] + [0] * (count - 1), [-score for score in distinct]),
    ]
    with open(OUT, "w", encoding="utf-8") as file:
        json.dump(cases, file, separators=(",", ":"))
        file.write("\n")


main()
