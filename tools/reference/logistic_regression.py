"""Computes with scikit-learn what a linear probe must be on four small problems. See README.md."""

import json
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

# By name: classes, examples of each, dimensions, C, and how far apart the classes are.
PROBLEMS = {
    "two-classes": (2, 12, 8, 3.0, 0.6),
    "many-classes": (20, 3, 12, 10.0, 0.8),
    "one-each": (5, 1, 16, 100.0, 1.0),
    "separable": (3, 6, 5, 10000.0, 4.0),
}
QUESTIONS = 5
DIGITS = 9


def unit(rows: np.ndarray) -> np.ndarray:
    # As float32, which is what encoders give, so that both sides begin with the same numbers.
    rows = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    return rows.astype(np.float32).astype(np.float64)


def solve(seed: int, count: int, each: int, size: int, strength: float, apart: float) -> dict:
    random = np.random.default_rng(seed)
    # CLIP's vectors share a large mean.
    centres = 2 + apart * random.standard_normal((count, size))
    classes = np.repeat(np.arange(count), each)
    vectors = unit(centres[classes] + 0.5 * random.standard_normal((len(classes), size)))
    questions = unit(centres[random.integers(count, size=QUESTIONS)] + random.standard_normal((QUESTIONS, size)))
    model = LogisticRegression(C=strength, solver="lbfgs", tol=1e-13, max_iter=1_000_000).fit(vectors, classes)
    values = {
        "vectors": vectors,
        "questions": questions,
        # Two classes have one row: that of the second, the first being zero.
        "coefficients": model.coef_,
        "intercepts": model.intercept_,
        "probabilities": model.predict_proba(questions),
    }
    rounded = {name: np.round(value, DIGITS).tolist() for name, value in values.items()}
    return {"count": count, "strength": strength, "classes": classes.tolist(), **rounded}


def main() -> None:
    path = Path(__file__).parents[2] / "test" / "fixtures" / "probe" / "logistic-regression.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    problems = {name: solve(seed, *problem) for seed, (name, problem) in enumerate(PROBLEMS.items())}
    path.write_text(json.dumps(problems, separators=(",", ":")) + "\n")


main()
