"""How often the intervals cover the truth: added up exactly, with nothing simulated.

Run it with ``python benchmarks/interval_coverage.py``. For a true share the probabilities of all
the counts whose interval holds it are added; for a true change, those of all pairs of counts. The
intervals are asked for at 95%. Beside ours stands the textbook one: two standard errors each side.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import product
from math import sqrt

import numpy as np
from scipy.stats import binom

from rrmodel.inference import (
    Interval,
    clopper_pearson_interval,
    jeffreys_interval,
    newcombe_interval,
    wilson_interval,
)
from rrmodel.model import Counts

CASES = [10, 30, 100, 160, 500, 1000]
SAMPLES = [(10, 10), (30, 30), (30, 300), (100, 100), (160, 160), (160, 1000)]
SHARES = np.arange(1, 1000) / 1000
COARSE = [0.01, *(number / 20 for number in range(1, 20)), 0.99]
TEXTBOOK = 1.959964


def textbook(counts: Counts) -> Interval:
    """Return the share plus or minus about two standard errors."""
    share = counts.numerator / counts.denominator
    reach = TEXTBOOK * sqrt(share * (1 - share) / counts.denominator)
    return Interval(share - reach, share + reach)


def textbook_change(current: Counts, baseline: Counts) -> Interval:
    """Return the change plus or minus about two standard errors."""
    shares = [counts.numerator / counts.denominator for counts in (current, baseline)]
    variances = [
        share * (1 - share) / counts.denominator
        for share, counts in zip(shares, (current, baseline), strict=True)
    ]
    reach = TEXTBOOK * sqrt(sum(variances))
    return Interval(shares[0] - shares[1] - reach, shares[0] - shares[1] + reach)


def every(cases: int) -> list[Counts]:
    """Return all counts of so many cases."""
    return [Counts(counted, cases) for counted in range(cases + 1)]


def ends(intervals: Sequence[Interval]) -> tuple[np.ndarray, np.ndarray]:
    """Return the lower and the upper ends."""
    lower, upper = np.array([(one.lower, one.upper) for one in intervals]).T
    return lower, upper


def coverage(interval: Callable[[Counts], Interval], cases: int) -> np.ndarray:
    """Return the probability that the interval holds each of the true shares."""
    lower, upper = ends([interval(counts) for counts in every(cases)])
    holds = (lower[:, None] <= SHARES) & (upper[:, None] >= SHARES)
    return (binom.pmf(np.arange(cases + 1)[:, None], cases, SHARES) * holds).sum(axis=0)


def coverage_of_change(
    interval: Callable[[Counts, Counts], Interval], cases: tuple[int, int]
) -> dict[tuple[float, float], float]:
    """Return the probability that the interval holds the change between each pair of shares."""
    lower, upper = ends([interval(*pair) for pair in product(*map(every, cases))])
    chances = [
        {share: binom.pmf(np.arange(many + 1), many, share) for share in COARSE} for many in cases
    ]
    probabilities = {}
    for current, baseline in product(COARSE, COARSE):
        holds = (lower <= current - baseline) & (upper >= current - baseline)
        together = np.outer(chances[0][current], chances[1][baseline]).ravel()
        probabilities[current, baseline] = float(together[holds].sum())
    return probabilities


def main() -> None:
    """Print the mean, the least, and where the least is."""
    print("true shares from 0.1% to 99.9%, by 0.1 points")
    for cases, (name, interval) in product(
        CASES,
        {
            "Wilson": wilson_interval,
            "textbook": textbook,
            "Clopper and Pearson": clopper_pearson_interval,
            "Jeffreys": jeffreys_interval,
        }.items(),
    ):
        covered = coverage(interval, cases)
        typical = covered[99:900]
        print(
            f"  {cases:5} cases  {name:20} mean {covered.mean():6.1%}  least {covered.min():6.1%} "
            f"at {SHARES[covered.argmin()]:5.1%}  least from 10% to 90% {typical.min():6.1%}"
        )
    print("true shares of both samples from 1% to 99%, by 5 points between 5% and 95%")
    for cases, (name, interval) in product(
        SAMPLES, {"Newcombe": newcombe_interval, "textbook": textbook_change}.items()
    ):
        probabilities = coverage_of_change(interval, cases)
        least = min(probabilities, key=probabilities.__getitem__)
        print(
            f"  {cases[0]:4} and {cases[1]:4} cases  {name:10} mean "
            f"{np.mean(list(probabilities.values())):6.1%}  least {probabilities[least]:6.1%} "
            f"at {least[0]:.0%} and {least[1]:.0%}"
        )


if __name__ == "__main__":
    main()
