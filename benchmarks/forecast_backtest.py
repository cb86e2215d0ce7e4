"""How good the forecasts are, on series whose next periods are known, against simpler rules.

Run it with ``python benchmarks/forecast_backtest.py``; it takes some ten seconds, and prints the
same numbers every time. Half of the series only choose the constants of the trend and give the
base rate; everything else is scored on the other half. Every series has binomial counts around a
share that stays, drifts, wanders, steps or settles, by turns with more scatter than chance gives.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from fractions import Fraction
from itertools import product
from math import ceil, exp, floor, lgamma, log, sqrt
from statistics import NormalDist, fmean

import attrs
import numpy as np

import rrmodel.inference._forecast as room
from rrmodel import datasets
from rrmodel.inference import Forecast, Undefined, forecast, forecast_levels
from rrmodel.model import Better, Counts
from rrmodel.quantities import Percentage

SERIES_IN_EACH_HALF = 4000
SEED_TO_TUNE, SEED_TO_SCORE = 20220331, 20230731
WORLDS = ("constant", "drift", "walk", "step", "saturating")
TRENDS = ({0.0: 1.0}, {0.04: 1.0}, {0.0: 0.5, 0.04: 0.5}, room._TRENDS)  # noqa: SLF001
WEARINGS_OFF = (0.8, 0.9, 0.95)
QUARTERS, FEWER_POINTS = 4, (4, 6, 8, 10, 12)


@attrs.frozen
class Case:
    """A series, the question about it, and its later levels."""

    world: str
    overdispersed: bool
    periods_a_year: int
    series: tuple[Counts, ...]
    ahead: int
    goal: Fraction
    better: Better
    came: Counts

    @property
    def is_met(self) -> bool:
        """Whether the level that came meets the goal."""
        return reaches(self.came, self)

    @property
    def first_year(self) -> float:
        """The share of the first year, from which the goal was set."""
        first = self.series[: self.periods_a_year]
        return sum(map(numerator, first)) / sum(map(denominator, first))


def numerator(counts: Counts) -> int:
    """Return how many had the outcome."""
    return counts.numerator


def denominator(counts: Counts) -> int:
    """Return out of how many."""
    return counts.denominator


def reaches(counts: Counts, case: Case) -> bool:
    """Whether a share is at the goal of a case or beyond."""
    share = Fraction(counts.numerator, counts.denominator)
    return share >= case.goal if case.better == "higher" else share <= case.goal


def log_odds(world: str, start: float, years: np.ndarray, draw: np.random.Generator) -> np.ndarray:
    """Return the true log-odds of each period in a world."""
    match world:
        case "drift":
            change = draw.normal(0, 0.25) * years
        case "walk":
            change = np.cumsum(draw.normal(0, 0.25 * sqrt(years[1]), len(years)))
        case "step":
            change = draw.normal(0, 0.5) * (np.arange(len(years)) >= draw.integers(2, len(years)))
        case "saturating":
            change = draw.normal(0, 0.6) * (1 - np.exp(-years / draw.uniform(0.3, 1.5)))
        case _:
            change = 0 * years
    return log(start / (1 - start)) + change


def draw_case(draw: np.random.Generator) -> Case:
    """Draw a world, a series of 24 months or 12 quarters, a horizon, and a goal set in points."""
    world = WORLDS[draw.integers(len(WORLDS))]
    periods_a_year, points = ((12, 24), (4, 12))[draw.integers(2)]
    years = np.arange(2 * points) / periods_a_year
    truth = 1 / (1 + np.exp(-log_odds(world, draw.uniform(0.1, 0.9), years, draw)))
    cases = np.maximum(draw.poisson(exp(draw.uniform(log(50), log(1000))), 2 * points), 20)
    overdispersed = bool(draw.integers(2))
    if overdispersed:
        correlation = (draw.uniform(1.5, 4) - 1) / (cases - 1)
        size = 1 / correlation - 1
        truth = draw.beta(np.maximum(truth * size, 0.01), np.maximum((1 - truth) * size, 0.01))
    counts = [
        Counts(int(k), int(n)) for k, n in zip(draw.binomial(cases, truth), cases, strict=True)
    ]
    ahead = int(draw.integers(1, points + 1))
    better: Better = "higher" if draw.integers(2) else "lower"
    case = Case(
        world,
        overdispersed,
        periods_a_year,
        tuple(counts[:points]),
        ahead,
        Fraction(0),
        better,
        counts[points + ahead - 1],
    )
    change = draw.uniform(-0.02, 0.08) * (1 if better == "higher" else -1)
    percent = min(98, max(2, round(100 * (case.first_year + change))))
    return attrs.evolve(case, goal=Fraction(percent, 100))


def draw_cases(seed: int, how_many: int) -> list[Case]:
    """Draw cases, the same for the same seed."""
    draw = np.random.default_rng(seed)
    return [draw_case(draw) for _ in range(how_many)]


def ours(case: Case) -> Forecast:
    """Forecast from the counts."""
    result = forecast(case.series, ahead=case.ahead, goal=case.goal, better=case.better)
    assert isinstance(result, Forecast), result
    return result


def from_levels(case: Case) -> Forecast | Undefined:
    """Forecast from the levels alone."""
    levels = [Fraction(counts.numerator, counts.denominator) for counts in case.series]
    return forecast_levels(levels, ahead=case.ahead, goal=case.goal, better=case.better)


def last_value(case: Case) -> float:
    """Say that the goal is met if the last level meets it."""
    return float(reaches(case.series[-1], case))


def pace(case: Case) -> float:
    """Say that the goal is met if the last level is on the line from the first year to it."""
    elapsed = len(case.series) - (1 + case.periods_a_year) / 2
    due = (float(case.goal) - case.first_year) * elapsed / (elapsed + case.ahead)
    last = case.series[-1].numerator / case.series[-1].denominator
    sign = 1 if case.better == "higher" else -1
    return float(sign * (last - case.first_year - due) >= 0)


def beta_binomial(case: Case, counts: Sequence[Counts]) -> float:
    """Return the probability if the true share never moves, from Jeffreys' prior."""
    size = case.series[-1].denominator
    first = sum(map(numerator, counts)) + 0.5
    second = sum(map(denominator, counts)) - first + 1

    def mass(count: int) -> float:
        return exp(
            lgamma(size + 1) - lgamma(count + 1) - lgamma(size - count + 1)
            + lgamma(first + count) + lgamma(second + size - count) - lgamma(first + second + size)
            + lgamma(first + second) - lgamma(first) - lgamma(second)
        )  # fmt: skip

    if case.better == "higher":
        return sum(map(mass, range(ceil(case.goal * size), size + 1)))
    return sum(map(mass, range(floor(case.goal * size) + 1)))


def logistic_line(case: Case) -> float:
    """Draw the straight line of the log-odds on, with its own overdispersion."""
    count = np.array([c.numerator + 0.5 for c in case.series])
    rest = np.array([c.denominator - c.numerator + 0.5 for c in case.series])
    weight, odds = 1 / (1 / count + 1 / rest), np.log(count / rest)
    time = np.column_stack([np.ones(len(odds)), np.arange(len(odds)) - len(odds) + 1])
    spread = np.linalg.inv(time.T @ (time * weight[:, None]))
    fit = spread @ time.T @ (weight * odds)
    left = odds - time @ fit
    dispersion = max(1.0, float(weight @ left**2) / (len(odds) - 2))
    then = np.array([1, case.ahead])
    middle = float(then @ fit)
    share = 1 / (1 + exp(-middle))
    chance = 1 / (case.series[-1].denominator * share * (1 - share))
    deviation = sqrt(dispersion * (float(then @ spread @ then) + chance))
    edge = log(case.goal / (1 - case.goal))
    sign = 1 if case.better == "higher" else -1
    return NormalDist().cdf(sign * (middle - edge) / deviation)


def brier(cases: Sequence[Case], probabilities: Iterable[float]) -> float:
    """Return the mean squared distance of probabilities from what came; 0 is perfect."""
    return fmean((p - case.is_met) ** 2 for case, p in zip(cases, probabilities, strict=True))


def covers(case: Case, result: Forecast) -> bool:
    """Whether the level that came lies in the interval forecast."""
    return result.interval.contains(case.came.numerator / case.came.denominator)


def describe(trends: Mapping[float, float]) -> str:
    """Return how steep trends may be, without how far each is trusted."""
    return " or ".join(f"{trend:g}" for trend in trends)


def tune(cases: Sequence[Case]) -> None:
    """Print how good each choice of the trends and of how fast they wear off is."""
    kept = room._TRENDS, room._WEARING_OFF  # noqa: SLF001 - the constants are no interface
    print(f"Constants, tried on {len(cases):,} series of their own: trends, wearing off, Brier")
    for pair in product(TRENDS, WEARINGS_OFF):
        trends, wearing_off = room._TRENDS, room._WEARING_OFF = pair  # noqa: SLF001
        score = brier(cases, [ours(case).probability for case in cases])
        kept_here = " (kept)" if pair == kept else ""
        print(f"  {describe(trends):22} {wearing_off:4}  {score:.4f}{kept_here}")
    room._TRENDS, room._WEARING_OFF = kept  # noqa: SLF001


def compare(cases: Sequence[Case], base_rate: float) -> None:
    """Print the Brier score of every rule."""
    rules: dict[str, Callable[[Case], float]] = {
        "forecast": lambda case: ours(case).probability,
        "base rate": lambda _: base_rate,
        "last value": last_value,
        "pace rule": pace,
        "beta-binomial, last period": lambda case: beta_binomial(case, case.series[-1:]),
        "beta-binomial, all periods": lambda case: beta_binomial(case, case.series),
        "logistic line": logistic_line,
    }
    print(f"\nBrier scores on {len(cases):,} other series, {base_rate:.1%} of the first half met")
    for name, rule in rules.items():
        print(f"  {name:27} {brier(cases, map(rule, cases)):.3f}")
    levels = [(case, result) for case in cases if isinstance(result := from_levels(case), Forecast)]
    score = brier([case for case, _ in levels], [result.probability for _, result in levels])
    covered = fmean(covers(case, result) for case, result in levels)
    print(f"  {'forecast_levels':27} {score:.3f} (80% intervals cover {covered:.1%})")


def calibrate(cases: Sequence[Case], forecasts: Sequence[Forecast]) -> None:
    """Print how often the goal was met in each tenth of the scale."""
    print("\nCalibration: forecast, series, mean forecast, met")
    bins: dict[int, list[tuple[float, bool]]] = {}
    for case, one in zip(cases, forecasts, strict=True):
        bins.setdefault(min(9, int(10 * one.probability)), []).append(
            (one.probability, case.is_met)
        )
    for tenth, pairs in sorted(bins.items()):
        mean, met = (fmean(column) for column in zip(*pairs, strict=True))
        print(f"  {10 * tenth:3}% to {10 * tenth + 10:3}% {len(pairs):6,} {mean:6.1%} {met:6.1%}")


def coverage(cases: Sequence[Case], forecasts: Sequence[Forecast]) -> None:
    """Print how often the 80% interval covered what came, and the Brier score, by group."""
    groups: dict[str, Callable[[Case], str]] = {
        "all": lambda _: "all",
        "world": lambda case: case.world,
        "scatter": lambda case: "overdispersed" if case.overdispersed else "by chance alone",
        "series": lambda case: f"{len(case.series)} periods",
        "cases": lambda case: size_band(case.series[-1].denominator),
        "ahead": lambda case: "first half" if 2 * case.ahead <= len(case.series) else "second half",
    }
    print("\nGroup, series, coverage of 80% intervals, Brier score")
    for group, name_of in groups.items():
        names = Counter(map(name_of, cases))
        for name in sorted(names):
            chosen = [
                pair for pair in zip(cases, forecasts, strict=True) if name_of(pair[0]) == name
            ]
            covered = fmean(covers(*pair) for pair in chosen)
            score = brier([case for case, _ in chosen], [one.probability for _, one in chosen])
            print(f"  {group:8} {name:16} {names[name]:6,} {covered:6.1%}  {score:.3f}")


def size_band(cases: int) -> str:
    """Return the band of a denominator."""
    return ("under 100", "100 to 299", "from 300")[bisect_left((99, 299), cases)]


def shorten(cases: Sequence[Case]) -> None:
    """Print what fewer points would do: the quarterly series, cut to their last few periods."""
    kept = room._FEWEST_POINTS  # noqa: SLF001
    room._FEWEST_POINTS = 1  # noqa: SLF001
    print("\nQuarterly series cut short, at most a year ahead: points, Brier score, coverage")
    for points in FEWER_POINTS:
        chosen = [
            attrs.evolve(case, series=case.series[-points:])
            for case in cases
            if case.ahead <= case.periods_a_year == QUARTERS
        ]
        forecasts = [ours(case) for case in chosen]
        score = brier(chosen, [one.probability for one in forecasts])
        covered = fmean(map(covers, chosen, forecasts))
        print(f"  {points:3} {score:.3f} {covered:6.1%}{' (fewest allowed)' * (points == kept)}")
    room._FEWEST_POINTS = kept  # noqa: SLF001


def published() -> None:
    """Print how long the bundled published series are, and how the longer ones would have done.

    None is long enough for a forecast, so the fewest points are lifted and each figure from the
    fourth on is forecast from those before it. Asked is whether it is at least as good as the last.
    """
    series: dict[tuple[str, str, str, str], dict[date, tuple[Fraction, Better]]] = {}
    for name in datasets.observation_sets():
        better = {each.id: each.better for each in datasets.observation_set(name).measures}
        for observation in datasets.observations(name):
            if isinstance(observation.level, Percentage):
                key = (
                    observation.measure,
                    observation.area,
                    str(observation.series),
                    observation.period.kind,
                )
                of_day = series.setdefault(key, {})
                of_day[observation.period.last_day] = (
                    observation.level.share,
                    better[observation.measure],
                )
    longest = max(map(len, series.values()))
    enough = sum(len(of_day) >= room._FEWEST_POINTS for of_day in series.values())  # noqa: SLF001
    print(
        f"\nPublished series: {len(series)}, the longest of {longest} periods; {enough} long enough"
    )
    kept = room._FEWEST_POINTS  # noqa: SLF001
    room._FEWEST_POINTS = 1  # noqa: SLF001
    scores: dict[str, list[float]] = {"forecast_levels": [], "last value": [], "line": []}
    covered: list[bool] = []
    for of_day in series.values():
        levels = [level for _, (level, _) in sorted(of_day.items())]
        (way, *_) = (better for _, better in of_day.values())
        for place in range(3, len(levels)):
            before, came = levels[:place], levels[place]
            result = forecast_levels(before, ahead=1, goal=before[-1], better=way)
            if isinstance(result, Undefined):
                continue
            is_met = came >= before[-1] if way == "higher" else came <= before[-1]
            rises = before[-1] >= before[0] if way == "higher" else before[-1] <= before[0]
            covered.append(result.interval.contains(float(came)))
            for name, probability in (
                ("forecast_levels", result.probability),
                ("last value", 1.0),
                ("line", float(rises)),
            ):
                scores[name].append((probability - is_met) ** 2)
    room._FEWEST_POINTS = kept  # noqa: SLF001
    print(
        f"  forecasts of a next figure from at least 3: {len(covered)}, of which the 80% interval "
        f"covered {sum(covered)}; base rate of one half scores .250"
    )
    for name, squares in scores.items():
        print(f"  {name:27} {fmean(squares):.3f}")


def main() -> None:
    """Tune on one half, score on the other."""
    to_tune = draw_cases(SEED_TO_TUNE, SERIES_IN_EACH_HALF)
    to_score = draw_cases(SEED_TO_SCORE, SERIES_IN_EACH_HALF)
    tune(to_tune)
    compare(to_score, fmean(case.is_met for case in to_tune))
    forecasts = [ours(case) for case in to_score]
    calibrate(to_score, forecasts)
    coverage(to_score, forecasts)
    shorten(to_score)
    published()


if __name__ == "__main__":
    main()
