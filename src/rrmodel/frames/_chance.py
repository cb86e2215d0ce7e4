"""Whether the deciding figures are evidence enough, once chance or rounding is allowed for.

The verdict compares what chance allows in binary numbers; of published figures without counts it
compares whole numbers. It never changes a status, but under the policy that grades by it.
"""

from __future__ import annotations

from rrmodel.frames._expected import expected_at
from rrmodel.frames._sheets import Column, Sheet, SheetT, choose

__all__ = ["starts_at_baseline", "with_evidence"]

_MISSED, _OPEN, _MET = range(3)
"""The order of verdicts, the worst first."""
_VERDICTS = (
    "significantly_missed",
    "not_distinguishable_from_target",
    "significantly_met",
    "missed_beyond_rounding",
    "not_distinguishable_from_target",
    "met_beyond_rounding",
    None,
)
_NOTHING = len(_VERDICTS) - 1
_BASES = ("rounding", "counts", "change", None)
_ROUNDING, _COUNTS, _CHANGE, _NO_BASIS = range(4)
_AGAINST = ("goal", "expected_level", "no_change", None)
_GOAL, _EXPECTED, _NO_CHANGE, _AGAINST_NOTHING = range(4)
_PLACES = 2
"""Decimals of an interval in per cent."""
_MOST_PLACES = 12
"""Decimals at most, where fewer would put an end of it on the wrong side of the goal."""


def with_evidence(sheet: SheetT, quantile: float) -> SheetT:
    """Add the columns of the evidence, ``by_counts`` and ``verdict_order``."""
    sheet = _asked(sheet)
    sheet = _reaches(sheet, quantile)
    sheet = _of_level(sheet, quantile)
    sheet = _of_change(sheet)
    return _columns(sheet)


def starts_at_baseline(sheet: Sheet) -> Column:
    """Return whether earlier counts are those of the baseline, or of the first figure."""
    counted = sheet["cases_in_before"] * 100 * sheet["start_parts"]
    cases = sheet["cases_before"]
    rounds_to_it = (sheet["start_least"] * cases <= counted) & (
        counted <= sheet["start_most"] * cases
    )
    return (cases > 0) & ((sheet["has_baseline"] == 0) | rounds_to_it)


def _asked(sheet: SheetT) -> SheetT:
    """Add the level or change that the figure is tested against, over ``parts``."""
    has_goal, is_level = sheet["has_goal"] == 1, sheet["is_points"] == 1
    is_due = (sheet["has_deadline"] == 0) | (sheet["is_settled"] == 1)
    by_expected = ~is_due & (sheet["has_path"] == 1)
    is_asked = (
        has_goal
        & is_level
        & (sheet["is_invalid"] == 0)
        & (sheet["end"] != sheet["stated_end"])
        & (is_due | by_expected | (sheet["is_met"] == 1))
    )
    is_changed = (
        ~has_goal
        & (sheet["is_invalid"] == 0)
        & (sheet["has_change"] == 1)
        & (sheet["is_share"] == 1)
        & (sheet["cases"] > 0)
        & (sheet["cases_before"] > 0)
    )
    time = sheet["time"]
    against = choose(
        sheet,
        [(is_changed, _NO_CHANGE), (~is_asked, _AGAINST_NOTHING), (by_expected, _EXPECTED)],
        _GOAL,
    )
    level = sheet["expected_at"]
    tolerance = sheet["up"] * sheet["tolerance"] * time
    tolerated = level - tolerance
    most = sheet["scale"] * time * 100
    tolerated = choose(
        sheet,
        [
            ((sheet["is_share"] == 1) & (tolerated < 0), 0),
            ((sheet["is_share"] == 1) & (tolerated > most), most),
        ],
        tolerated,
    )
    sheet = sheet.having(
        against=against,
        parts=sheet["scale"] * time,
        asked_0=tolerated,
        asked_1=_on_track(sheet, "_0", tolerated),
        asked_2=_on_track(sheet, "_1", tolerated),
        change_at=sheet.where(by_expected, level, sheet["goal_at"] * time)
        - sheet["baseline_at"] * time,
    )
    least = _least(sheet, _least(sheet, sheet["asked_0"], sheet["asked_1"]), sheet["asked_2"])
    greatest = _most(sheet, _most(sheet, sheet["asked_0"], sheet["asked_1"]), sheet["asked_2"])
    return sheet.having(
        least=sheet.where(by_expected, least, sheet["goal_least"] * time),
        most=sheet.where(by_expected, greatest, sheet["goal_most"] * time),
    )


def _on_track(sheet: Sheet, track: str, level: Column) -> Column:
    """Return the level expected from an end of a rounded baseline, or the one without rounding."""
    expected = expected_at(sheet, track, sheet[f"rounded_goal{track}"])
    return sheet.where(sheet["has_rounded"] == 1, expected, level)


def _least(sheet: Sheet, one: Column, other: Column) -> Column:
    return sheet.where(other < one, other, one)


def _most(sheet: Sheet, one: Column, other: Column) -> Column:
    return sheet.where(other > one, other, one)


def _reaches(sheet: SheetT, quantile: float) -> SheetT:
    """Add the shares now and before, and how far their intervals reach below and above."""
    columns: dict[str, Column] = {}
    for suffix in ("", "_before"):
        counted, cases = sheet[f"cases_in{suffix}"], sheet[f"cases{suffix}"]
        cases = sheet.where(cases > 0, cases, 1)
        share, rest = sheet.ratio(counted, cases), sheet.ratio(cases - counted, cases)
        columns |= {
            f"share{suffix}": share,
            f"rest{suffix}": rest,
            f"spread{suffix}": sheet.ratio(1, cases) * (quantile * quantile),
        }
    sheet = sheet.having(**columns)
    columns = {}
    for suffix in ("", "_before"):
        share, rest, spread = (sheet[f"{name}{suffix}"] for name in ("share", "rest", "spread"))
        # Every term is a sum of numbers that are not negative, so nothing cancels.
        reach = spread + sheet.root(spread * (spread + share * 4 * rest))
        columns[f"reach{suffix}"] = reach
    sheet = sheet.having(**columns)
    columns = {}
    for suffix in ("", "_before"):
        share, rest, reach = (sheet[f"{name}{suffix}"] for name in ("share", "rest", "reach"))
        columns[f"below{suffix}"] = share * sheet.ratio(reach, share * 2 + reach)
        columns[f"above{suffix}"] = rest * sheet.ratio(reach, rest * 2 + reach)
    return sheet.having(**columns)


def _of_level(sheet: SheetT, quantile: float) -> SheetT:
    """Add the verdict about a level, ``level_order``, and the reference and its side."""
    has_counts = (sheet["is_share"] == 1) & (sheet["cases"] > 0)
    sheet = sheet.having(
        has_counts=sheet.where(has_counts, 1, 0),
        limit_asked=sheet["limit_at"] * sheet["time"],
        down=sheet["up"] * -1,
    )
    at_level = _order(sheet, quantile, "least", "most", "up")
    at_limit = _order(sheet, quantile, "limit_asked", "limit_asked", "down")
    sheet = sheet.having(order_at_level=at_level, order_at_limit=at_limit)
    # Of a range, the end that is missed, or is least clearly met, decides.
    by_limit = (sheet["has_limit"] == 1) & (sheet["order_at_limit"] < sheet["order_at_level"])
    return sheet.having(
        level_order=sheet.where(by_limit, sheet["order_at_limit"], sheet["order_at_level"]),
        low_asked=sheet.where(by_limit, sheet["limit_asked"], sheet["least"]),
        high_asked=sheet.where(by_limit, sheet["limit_asked"], sheet["most"]),
    )


def _order(sheet: Sheet, quantile: float, least: str, most: str, side: str) -> Column:
    """Return the order of the verdict about one end of what is asked."""
    low, high, up, parts = sheet[least], sheet[most], sheet[side], sheet["parts"]
    # By counts: tested against the value of the goal that is nearest to the share.
    cases = sheet.where(sheet["cases"] > 0, sheet["cases"], 1)
    at = sheet["cases_in"] * 100 * parts
    short, past = at - low * cases, at - high * cases
    beyond = choose(sheet, [(short < 0, short), (past > 0, past)], 0)
    reference = sheet.ratio(sheet.where(short < 0, low, high), parts * 100)
    distance = sheet.ratio(beyond, cases * parts * 100)
    variance = reference - reference * reference
    is_clear = distance * distance * cases > variance * (quantile * quantile)
    by_counts = choose(
        sheet,
        [(is_clear & (up * beyond > 0), _MET), (is_clear & (up * beyond < 0), _MISSED)],
        _OPEN,
    )
    # By rounding: tested for all that rounds to the published figure.
    lowest, highest = _published(sheet)
    below, above, whole = lowest * parts, highest * parts, sheet["bottom"] * 2
    is_up = up == 1
    met = (is_up & (below >= high * whole)) | (~is_up & (above <= low * whole))
    missed = (is_up & (above < low * whole)) | (~is_up & (below > high * whole))
    by_rounding = choose(sheet, [(met, _MET), (missed, _MISSED)], _OPEN)
    return sheet.where(sheet["has_counts"] == 1, by_counts, by_rounding)


def _published(sheet: Sheet) -> tuple[Column, Column]:
    """Return the ends of the values that a published figure can be, over twice ``bottom``."""
    is_share, most = sheet["is_share"] == 1, sheet["bottom"] * 200
    low = sheet["top"] * 2 - sheet["rounding"]
    high = sheet["top"] * 2 + sheet["rounding"]
    return (
        sheet.where(is_share & (low < 0), 0, low),
        sheet.where(is_share & (high > most), most, high),
    )


def _of_change(sheet: SheetT) -> SheetT:
    """Add the verdict about a change between two counts, ``change_order``, and its interval."""
    cases = sheet.where(sheet["cases"] > 0, sheet["cases"], 1)
    before = sheet.where(sheet["cases_before"] > 0, sheet["cases_before"], 1)
    change = sheet.ratio(
        sheet["cases_in"] * before - sheet["cases_in_before"] * cases, cases * before
    )
    asked = sheet.where(sheet["against"] == _NO_CHANGE, 0, sheet["change_at"])
    beyond = change - sheet.ratio(asked, sheet["parts"] * 100)

    def length(one: str, other: str) -> Column:
        return sheet.root(sheet[one] * sheet[one] + sheet[other] * sheet[other])

    # An interval reaches down where the share now may be lower and the one before higher.
    down, up = length("below", "above_before"), length("above", "below_before")
    is_settled = ((beyond > 0) & (down < beyond)) | ((beyond < 0) & (up < beyond * -1))
    favourable = sheet["up"] * beyond
    return sheet.having(
        change_order=choose(
            sheet,
            [(is_settled & (favourable > 0), _MET), (is_settled & (favourable < 0), _MISSED)],
            _OPEN,
        ),
        change_asked=asked,
        change_low=change - down,
        change_high=change + up,
    )


def _columns(sheet: SheetT) -> SheetT:
    """Add the columns of the result, the order of the verdict and whether it rests on counts."""
    has_start = (sheet["cases"] > 0) & (sheet["cases_before"] > 0) & (sheet["is_share"] == 1)
    by_change = has_start & (sheet["is_by_points"] == 1)
    basis = choose(
        sheet,
        [
            (sheet["against"] == _AGAINST_NOTHING, _NO_BASIS),
            ((sheet["against"] == _NO_CHANGE) | by_change, _CHANGE),
            (sheet["has_counts"] == 1, _COUNTS),
        ],
        _ROUNDING,
    )
    sheet = sheet.having(basis=basis)
    is_change, is_counted = sheet["basis"] == _CHANGE, sheet["basis"] == _COUNTS
    is_rounded, is_tested = sheet["basis"] == _ROUNDING, sheet["basis"] != _NO_BASIS
    order = sheet.where(is_change, sheet["change_order"], sheet["level_order"])
    parts, whole = sheet["parts"], sheet["bottom"] * 2
    lowest, highest = _published(sheet)
    low = sheet.where(is_change, sheet["change_low"], sheet["share"] - sheet["below"])
    high = sheet.where(is_change, sheet["change_high"], sheet["share"] + sheet["above"])
    sheet = sheet.having(
        verdict_order=order,
        by_counts=sheet.where(is_change | is_counted, 1, 0),
        reference_low=sheet.ratio(
            sheet.where(is_change, sheet["change_asked"], sheet["low_asked"]), parts
        ),
        reference_high=sheet.ratio(
            sheet.where(is_change, sheet["change_asked"], sheet["high_asked"]), parts
        ),
        interval_low=low * 100,
        interval_high=high * 100,
    )
    order = sheet["verdict_order"]
    verdict = choose(sheet, [(~is_tested, _NOTHING), (is_rounded, order + _MET + 1)], order)
    ends = sheet["reference_low"], sheet["reference_high"]

    def interval(name: str, published: Column) -> Column:
        is_chance = is_tested & ~is_rounded
        beside = sheet.beside(is_chance, sheet[name], ends, (_PLACES, _MOST_PLACES))
        return sheet.where(is_rounded, sheet.ratio(published, whole), beside)

    return sheet.having(
        evidence_verdict=sheet.text(verdict, _VERDICTS),
        evidence_basis=sheet.text(sheet["basis"], _BASES),
        evidence_against=sheet.text(sheet["against"], _AGAINST),
        evidence_reference_low_value=sheet.where(is_tested, ends[0]),
        evidence_reference_high_value=sheet.where(is_tested, ends[1]),
        evidence_interval_low_value=interval("interval_low", lowest),
        evidence_interval_high_value=interval("interval_high", highest),
    )
