"""Whether the deciding figures are evidence enough, once chance or rounding is allowed for.

The verdict compares what chance allows in binary numbers; of published figures without counts it
compares whole numbers. It never changes a status, but under the policy that grades by it.
"""

from __future__ import annotations

from rrmodel.frames._expected import expected_at
from rrmodel.frames._sheets import (
    Branch,
    Column,
    Sheet,
    SheetT,
    choose,
    fewest_places,
    ratio,
    root,
    rounded,
    text_of,
    where,
)

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
    sheet = _with_basis(_asked(sheet))
    if sheet["by_counts"].may_be_true:
        sheet = _reaches(sheet, quantile)
    if sheet["is_change"].may_be_true:
        sheet = _of_change(sheet)
    return _columns(_of_level(sheet, quantile))


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
        & (is_due | by_expected | sheet["is_met"])
    )
    is_changed = (
        ~has_goal
        & (sheet["is_invalid"] == 0)
        & sheet["has_change"]
        & (sheet["is_share"] == 1)
        & (sheet["cases"] > 0)
        & (sheet["cases_before"] > 0)
    )
    time = sheet["time"]
    against = choose(
        [(is_changed, _NO_CHANGE), (~is_asked, _AGAINST_NOTHING), (by_expected, _EXPECTED)],
        _GOAL,
    )
    level = sheet["expected_at"]
    sheet = sheet.having(
        tolerated=level - sheet["up"] * sheet["tolerance"] * time, parts=sheet["scale"] * time
    )
    tolerated, most = sheet["tolerated"], sheet["parts"] * 100
    is_share = sheet["is_share"] == 1
    sheet = sheet.having(
        against=against,
        asked_0=choose(
            [(is_share & (tolerated < 0), 0), (is_share & (tolerated > most), most)], tolerated
        ),
        change_at=where(by_expected, level, sheet["goal_at"] * time) - sheet["baseline_at"] * time,
    )
    sheet = sheet.having(
        asked_1=_on_track(sheet, "_0", sheet["asked_0"]),
        asked_2=_on_track(sheet, "_1", sheet["asked_0"]),
    )
    sheet = sheet.having(
        least=_least(sheet["asked_0"], sheet["asked_1"]),
        most=_most(sheet["asked_0"], sheet["asked_1"]),
    )
    least, greatest = (
        _least(sheet["least"], sheet["asked_2"]),
        _most(sheet["most"], sheet["asked_2"]),
    )
    return sheet.having(
        least=where(by_expected, least, sheet["goal_least"] * time),
        most=where(by_expected, greatest, sheet["goal_most"] * time),
    ).without("tolerated", "asked_0", "asked_1", "asked_2")


def _on_track(sheet: Sheet, track: str, level: Column) -> Column:
    """Return the level expected from an end of a rounded baseline, or the one without rounding."""
    expected = expected_at(sheet, track, sheet[f"rounded_goal{track}"])
    return where(sheet["has_rounded"] == 1, expected, level)


def _least(one: Column, other: Column) -> Column:
    return where(other < one, other, one)


def _most(one: Column, other: Column) -> Column:
    return where(other > one, other, one)


def _with_basis(sheet: SheetT) -> SheetT:
    """Add what the evidence rests on, ``basis``, and whether that is counts or a change.

    The numbers that it needs are added too: cases to divide by, and the ends of what was published.
    """
    has_counts = (sheet["is_share"] == 1) & (sheet["cases"] > 0)
    by_change = has_counts & (sheet["cases_before"] > 0) & (sheet["is_by_points"] == 1)
    counted = {
        f"divisor{suffix}": where(sheet[f"cases{suffix}"] > 0, sheet[f"cases{suffix}"], 1)
        for suffix in ("", "_before")
    }
    published_low, published_high = _published(sheet)
    sheet = sheet.having(
        **counted,
        has_counts=has_counts,
        published_low=published_low,
        published_high=published_high,
        basis=choose(
            [
                (sheet["against"] == _AGAINST_NOTHING, _NO_BASIS),
                ((sheet["against"] == _NO_CHANGE) | by_change, _CHANGE),
                (has_counts, _COUNTS),
            ],
            _ROUNDING,
        ),
    )
    is_change = sheet["basis"] == _CHANGE
    return sheet.having(is_change=is_change, by_counts=is_change | (sheet["basis"] == _COUNTS))


def _reaches(sheet: SheetT, quantile: float) -> SheetT:
    """Add the shares now and before, and how far their intervals reach below and above."""
    columns: dict[str, Column] = {}
    for suffix in ("", "_before"):
        counted, cases = sheet[f"cases_in{suffix}"], sheet[f"divisor{suffix}"]
        share, rest = ratio(counted, cases), ratio(cases - counted, cases)
        columns |= {
            f"share{suffix}": share,
            f"rest{suffix}": rest,
            f"spread{suffix}": ratio(1, cases) * (quantile * quantile),
        }
    sheet = sheet.having(**columns)
    columns = {}
    for suffix in ("", "_before"):
        share, rest, spread = (sheet[f"{name}{suffix}"] for name in ("share", "rest", "spread"))
        # Every term is a sum of numbers that are not negative, so nothing cancels.
        reach = spread + root(spread * (spread + share * 4 * rest))
        columns[f"reach{suffix}"] = reach
    sheet = sheet.having(**columns)
    columns = {}
    for suffix in ("", "_before"):
        share, rest, reach = (sheet[f"{name}{suffix}"] for name in ("share", "rest", "reach"))
        columns[f"below{suffix}"] = share * ratio(reach, share * 2 + reach)
        columns[f"above{suffix}"] = rest * ratio(reach, rest * 2 + reach)
    temporary = (f"{name}{suffix}" for name in ("spread", "reach") for suffix in ("", "_before"))
    return sheet.having(**columns).without(*temporary)


def _of_level(sheet: SheetT, quantile: float) -> SheetT:
    """Add the verdict about a level, ``level_order``, and the reference and its side."""
    sheet = sheet.having(
        limit_asked=sheet["limit_at"] * sheet["time"],
        down=sheet["up"] * -1,
    )
    sheet = _with_order(sheet, quantile, "order_at_level", ("least", "most"), "up")
    has_limit = sheet["has_limit"] == 1
    if not has_limit.may_be_true:
        return sheet.having(
            level_order=sheet["order_at_level"], low_asked=sheet["least"], high_asked=sheet["most"]
        )
    limits = "limit_asked", "limit_asked"
    sheet = _with_order(sheet, quantile, "order_at_limit", limits, "down")
    # Of a range, the end that is missed, or is least clearly met, decides.
    by_limit = has_limit & (sheet["order_at_limit"] < sheet["order_at_level"])
    return sheet.having(
        level_order=where(by_limit, sheet["order_at_limit"], sheet["order_at_level"]),
        low_asked=where(by_limit, sheet["limit_asked"], sheet["least"]),
        high_asked=where(by_limit, sheet["limit_asked"], sheet["most"]),
    )


def _with_order(
    sheet: SheetT, quantile: float, name: str, asked: tuple[str, str], side: str
) -> SheetT:
    """Add the order of the verdict about one end of what is asked, by counts or by rounding."""
    has_counts = sheet["has_counts"]
    if has_counts.may_be_true:
        sheet = _with_order_by_counts(sheet, quantile, asked, side)
    return sheet.having(
        **{
            name: where(
                has_counts,
                lambda: sheet["order_by_counts"],
                lambda: _order_by_rounding(sheet, asked, side),
            )
        }
    )


def _with_order_by_counts(
    sheet: SheetT, quantile: float, asked: tuple[str, str], side: str
) -> SheetT:
    """Add the order of a test against the value of the goal that is nearest to the share."""
    low, high, up, parts = sheet[asked[0]], sheet[asked[1]], sheet[side], sheet["parts"]
    cases, at = sheet["divisor"], sheet["cases_in"] * 100 * parts
    sheet = sheet.having(short_by=at - low * cases, past_by=at - high * cases)
    short, past = sheet["short_by"], sheet["past_by"]
    sheet = sheet.having(
        beyond=choose([(short < 0, short), (past > 0, past)], 0),
        reference=ratio(where(short < 0, low, high), parts * 100),
    )
    beyond, reference = sheet["beyond"], sheet["reference"]
    sheet = sheet.having(distance=ratio(beyond, cases * parts * 100))
    variance = reference - reference * reference
    is_clear = sheet["distance"] * sheet["distance"] * cases > variance * (quantile * quantile)
    order = where(up * beyond > 0, _MET, where(up * beyond < 0, _MISSED, _OPEN))
    return sheet.having(order_by_counts=where(is_clear, order, _OPEN)).without(
        "short_by", "past_by", "beyond", "reference", "distance"
    )


def _order_by_rounding(sheet: Sheet, asked: tuple[str, str], side: str) -> Column:
    """Return the order of a test of all that rounds to the published figure."""
    low, high, parts, is_up = sheet[asked[0]], sheet[asked[1]], sheet["parts"], sheet[side] == 1
    below, above = sheet["published_low"] * parts, sheet["published_high"] * parts
    whole = sheet["bottom"] * 2
    met = (is_up & (below >= high * whole)) | (~is_up & (above <= low * whole))
    missed = (is_up & (above < low * whole)) | (~is_up & (below > high * whole))
    return choose([(met, _MET), (missed, _MISSED)], _OPEN)


def _published(sheet: Sheet) -> tuple[Column, Column]:
    """Return the ends of the values that a published figure can be, over twice ``bottom``."""
    is_share, most = sheet["is_share"] == 1, sheet["bottom"] * 200
    low = sheet["top"] * 2 - sheet["rounding"]
    high = sheet["top"] * 2 + sheet["rounding"]
    return (
        where(is_share & (low < 0), 0, low),
        where(is_share & (high > most), most, high),
    )


def _of_change(sheet: SheetT) -> SheetT:
    """Add the verdict about a change between two counts, ``change_order``, and its interval."""
    cases, before = sheet["divisor"], sheet["divisor_before"]

    def length(one: str, other: str) -> Column:
        return root(sheet[one] * sheet[one] + sheet[other] * sheet[other])

    sheet = sheet.having(
        change_made=ratio(
            sheet["cases_in"] * before - sheet["cases_in_before"] * cases, cases * before
        ),
        change_asked=where(sheet["against"] == _NO_CHANGE, 0, sheet["change_at"]),
        # An interval reaches down where the share now may be lower and the one before higher.
        reach_down=length("below", "above_before"),
        reach_up=length("above", "below_before"),
    )
    change, down, up = sheet["change_made"], sheet["reach_down"], sheet["reach_up"]
    sheet = sheet.having(beyond=change - ratio(sheet["change_asked"], sheet["parts"] * 100))
    beyond = sheet["beyond"]
    is_settled = ((beyond > 0) & (down < beyond)) | ((beyond < 0) & (up < beyond * -1))
    favourable = sheet["up"] * beyond
    return sheet.having(
        change_order=choose(
            [(is_settled & (favourable > 0), _MET), (is_settled & (favourable < 0), _MISSED)],
            _OPEN,
        ),
        change_low=change - down,
        change_high=change + up,
    ).without("change_made", "reach_down", "reach_up", "beyond")


def _columns(sheet: SheetT) -> SheetT:
    """Add the columns of the result, and the order of the verdict."""
    is_change, by_counts = sheet["is_change"], sheet["by_counts"]
    is_rounded, is_tested = sheet["basis"] == _ROUNDING, sheet["basis"] != _NO_BASIS
    parts, whole = sheet["parts"], sheet["bottom"] * 2

    def of_change(name: str, otherwise: Branch) -> Column:
        return where(is_change, lambda: sheet[name], otherwise)

    low = of_change(
        "change_low", lambda: where(by_counts, lambda: sheet["share"] - sheet["below"], 0)
    )
    high = of_change(
        "change_high", lambda: where(by_counts, lambda: sheet["share"] + sheet["above"], 0)
    )
    sheet = sheet.having(
        verdict_order=of_change("change_order", sheet["level_order"]),
        reference_low=ratio(of_change("change_asked", sheet["low_asked"]), parts),
        reference_high=ratio(of_change("change_asked", sheet["high_asked"]), parts),
        interval_low=low * 100,
        interval_high=high * 100,
    )
    order = sheet["verdict_order"]
    verdict = choose([(~is_tested, _NOTHING), (is_rounded, order + _MET + 1)], order)
    ends = sheet["reference_low"], sheet["reference_high"]

    places = _PLACES, _MOST_PLACES
    interval_ends = sheet["interval_low"], sheet["interval_high"]
    sheet = sheet.having(
        interval_places=where(
            by_counts, lambda: fewest_places(interval_ends, ends, places), _PLACES
        )
    )

    def interval(name: str, published: Column) -> Column:
        def by_chance() -> Column:
            return where(by_counts, rounded(sheet[name], sheet["interval_places"], places))

        return where(is_rounded, ratio(published, whole), by_chance)

    return sheet.having(
        evidence_verdict=text_of(verdict, _VERDICTS),
        evidence_basis=text_of(sheet["basis"], _BASES),
        evidence_against=text_of(sheet["against"], _AGAINST),
        evidence_reference_low_value=where(is_tested, ends[0]),
        evidence_reference_high_value=where(is_tested, ends[1]),
        evidence_interval_low_value=interval("interval_low", sheet["published_low"]),
        evidence_interval_high_value=interval("interval_high", sheet["published_high"]),
    )
