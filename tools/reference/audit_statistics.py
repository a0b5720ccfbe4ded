"""
Reference values of the audit's statistics, by scipy: python audit_statistics.py > ../../test/fixtures/audit/statistics.json

Made with scipy 1.17.1 and numpy 2.4.6 (pip install scipy==1.17.1 numpy==2.4.6).
"""

import json
import sys
from itertools import combinations

import numpy as np
from scipy import stats

rng = np.random.default_rng(7)


def listed(values) -> list[float]:
    return [round(float(value), 6) for value in values]


def fisher() -> list[dict]:
    tables = [(8, 10, 0, 10), (5, 5, 0, 5), (10, 10, 0, 10), (3, 5, 1, 5), (4, 12, 9, 12), (30, 60, 42, 60), (1, 20, 6, 17)]
    return [
        {"table": t, "p": stats.fisher_exact([[t[0], t[1] - t[0]], [t[2], t[3] - t[2]]]).pvalue} for t in tables
    ]


def mcnemar() -> list[dict]:
    return [
        {"b": b, "c": c, "p": stats.binomtest(b, b + c).pvalue} for b, c in [(2, 0), (6, 0), (9, 1), (5, 5), (14, 4), (30, 41)]
    ]


def wilson() -> list[dict]:
    rows = []
    for k, n in [(8, 10), (0, 10), (10, 10), (3, 5), (1, 5), (5, 5), (0, 60), (37, 60)]:
        interval = stats.binomtest(k, n).proportion_ci(0.95, "wilson")
        rows.append({"k": k, "n": n, "low": interval.low, "high": interval.high})
    return rows


def newcombe(rows: list[dict]) -> list[dict]:
    """Newcombe's hybrid from scipy's Wilson intervals."""
    out = []
    for one, other in [(0, 1), (3, 4), (2, 1), (7, 6)]:
        a, b = rows[one], rows[other]
        p, q = a["k"] / a["n"], b["k"] / b["n"]
        out.append({
            "a": [a["k"], a["n"]], "b": [b["k"], b["n"]],
            "low": p - q - np.hypot(p - a["low"], b["high"] - q),
            "high": p - q + np.hypot(a["high"] - p, q - b["low"]),
        })
    return out


def sign_flip() -> list[dict]:
    rows = []
    for n, shift in [(5, 1), (6, 3), (12, 0.4), (15, 0.0), (16, 0.6)]:
        values = listed(rng.normal(shift, 1, n))
        test = stats.permutation_test((values,), np.mean, permutation_type="samples", n_resamples=np.inf)
        rows.append({"values": values, "p": test.pvalue})
    return rows


def permutation() -> list[dict]:
    rows = []
    difference = lambda a, b, axis: np.mean(a, axis=axis) - np.mean(b, axis=axis)
    for n, m, shift in [(3, 3, 2), (8, 8, 1), (6, 9, 0.2), (10, 10, 0.8)]:
        a, b = listed(rng.normal(shift, 1, n)), listed(rng.normal(0, 1, m))
        tests = [
            stats.permutation_test((a, b), difference, vectorized=True, n_resamples=np.inf, alternative=side)
            for side in ("two-sided", "greater")
        ]
        # scipy doubles the smaller tail; here the absolute difference from its centre is compared.
        pool = np.array(a + b)
        sums = np.array([pool[list(c)].sum() for c in combinations(range(n + m), n)]) - pool.sum() * n / (n + m)
        observed = abs(sum(a) - pool.sum() * n / (n + m))
        rows.append({
            "a": a, "b": b, "twoSided": float(np.mean(np.abs(sums) >= observed - 1e-12)), "oneSided": tests[1].pvalue,
            "auc": stats.mannwhitneyu(a, b).statistic / (n * m),
            "weat": (np.mean(a) - np.mean(b)) / np.std(a + b, ddof=1),
            "hedges": (1 - 3 / (4 * (n + m - 2) - 1)) * (np.mean(a) - np.mean(b))
            / np.sqrt(((n - 1) * np.var(a, ddof=1) + (m - 1) * np.var(b, ddof=1)) / (n + m - 2)),
        })
    return rows


def welch(samples) -> int:
    """Degrees of freedom, rounded."""
    variances = [np.var(sample, ddof=1) / len(sample) for sample in samples]
    return round(sum(variances) ** 2 / sum(v**2 / (len(x) - 1) for v, x in zip(variances, samples)))


def bootstrap() -> list[dict]:
    """BCa, with what Hesterberg (2015) adds for few values: n - 1 in place of n, and Student's t in place of the normal."""
    rows = []
    for n, m in [(12, 0), (60, 0), (12, 14), (40, 30)]:
        a = listed(rng.exponential(1, n))
        b = listed(rng.normal(0.5, 1, m))
        if m == 0:
            data, statistic = (a,), lambda x, axis: np.mean(x, axis=axis)
        else:
            data, statistic = (a, b), lambda x, y, axis: np.mean(x, axis=axis) - np.mean(y, axis=axis)
        data = tuple(np.mean(x) + np.sqrt(len(x) / (len(x) - 1)) * (np.array(x) - np.mean(x)) for x in data)
        level = 1 - 2 * stats.norm.sf(stats.t.ppf(0.975, welch(data)))
        interval = stats.bootstrap(
            data, statistic, n_resamples=200_000, method="BCa", confidence_level=level, vectorized=True,
            rng=np.random.default_rng(1), batch=10_000,
        ).confidence_interval
        rows.append({"a": a, "b": b, "low": interval.low, "high": interval.high})
    return rows


def gaps() -> list[dict]:
    """The smallest gap, symmetric about a half, that Fisher's test finds at .05 with a power of .8."""
    rows = []
    for n in (10, 12, 20, 30):
        k = np.arange(n + 1)
        found = np.array([[stats.fisher_exact([[a, n - a], [b, n - b]]).pvalue <= 0.05 for b in k] for a in k])
        for gap in np.arange(1, 101) / 100:
            power = stats.binom.pmf(k, n, 0.5 + gap / 2) @ found @ stats.binom.pmf(k, n, 0.5 - gap / 2)
            if power >= 0.8:
                rows.append({"n": n, "gap": float(gap)})
                break
    return rows


wilsons = wilson()
json.dump(
    {
        "fisher": fisher(), "mcnemar": mcnemar(), "wilson": wilsons, "newcombe": newcombe(wilsons), "signFlip": sign_flip(),
        "permutation": permutation(), "bootstrap": bootstrap(), "gaps": gaps(),
        "student": [
            {"x": x, "freedom": f, "below": stats.t.cdf(x, f)} for x in (-3.1, 0, 2.2) for f in (1, 2, 3, 8, 11, 58)
        ],
        "normal": [{"x": x, "below": stats.norm.cdf(x)} for x in (-5, -1.3, 0, 0.4, 1.959964, 4)],
    },
    sys.stdout, indent=1, default=float,
)
