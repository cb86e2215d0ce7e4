"""Funnels of twelve made regions, as PHEindicatormethods and FunnelPlotR draw them."""

from __future__ import annotations

import json
from fractions import Fraction
from statistics import NormalDist

import attrs
import pytest
from tests.beside import beside

from rrmodel.inference import (
    Funnel,
    FunnelPosition,
    Overdispersion,
    arcsine_limits,
    funnel,
    score_limits,
)
from rrmodel.model import Counts

VECTORS = "oracles/progress_vectors.json"
CHECKS = "the tables of funnels have every reference case"

AVERAGE = Fraction(5325, 6350)


@attrs.frozen
class Region:
    """A made region, and what the packages say of it."""

    name: str
    numerator: int
    denominator: int
    significance: str
    """PHEindicatormethods 2.1.0."""
    z_score: float
    """FunnelPlotR 0.6.0, as are the 99.8% limits that follow."""
    unadjusted: tuple[float, float]
    adjusted: tuple[float, float]
    """A tenth winsorised at each end."""
    adjusted_untrimmed: tuple[float, float]
    """A ten-thousandth winsorised at each end."""


REGIONS = [
    Region(*row)
    for row in [
        # name, counts, significance, z score,
        # limits unadjusted, adjusted, adjusted without winsorising
        ("R1", 410, 500, "Not significant", -1.10473387034811,
         (0.784670525319118, 0.88603850120335),
         (0.67368081393142, 0.952854830937407),
         (0.634209775371746, 0.968868173577258)),
        ("R2", 520, 640, "Not significant", -1.73980758688366,
         (0.791229815602074, 0.880889775702863),
         (0.676212758700157, 0.951702509592827),
         (0.636349511249375, 0.968091516085048)),
        ("R3", 298, 350, "Not significant", 0.664195016399401,
         (0.773477922329609, 0.894470398165473),
         (0.668805385103316, 0.95503013598922),
         (0.630067510094886, 0.970342709708139)),
        ("R4", 705, 800, "High (0.001)", 3.48645950184396,
         (0.796446750697281, 0.876680989015576),
         (0.678040147639616, 0.950861160156721),
         (0.637888764295688, 0.967526480402123)),
        ("R5", 130, 190, "Low (0.001)", -5.05314176493182,
         (0.748316166290697, 0.911902940481074),
         (0.655663622393092, 0.960612474950334),
         (0.618769428675905, 0.974172157304901)),
        ("R6", 610, 700, "High (0.025)", 2.47178634587217,
         (0.793400990059125, 0.879150603395706),
         (0.676993967458484, 0.951343828549311),
         (0.637008069207002, 0.967850419645076)),
        ("R7", 455, 520, "High (0.025)", 2.37518181098955,
         (0.785772651471112, 0.885184315198406),
         (0.674123804645715, 0.952654341070169),
         (0.6345847233769, 0.968732817904853)),
        ("R8", 240, 310, "Low (0.025)", -2.87817302130414,
         (0.769137979550417, 0.897624100300279),
         (0.666741461798712, 0.95593386024441),
         (0.628305560446806, 0.970958385282675)),
        ("R9", 890, 980, "High (0.001)", 6.60905999585323,
         (0.800674978893822, 0.8731937611326),
         (0.679393038843148, 0.950233021775625),
         (0.6390255311443, 0.967105778461982)),
        ("R10", 350, 440, "Low (0.025)", -2.34342110175716,
         (0.780909272100524, 0.888920938780743),
         (0.672117569836123, 0.953558540955188),
         (0.632884717629003, 0.969344007517033)),
        ("R11", 77, 100, "Not significant", -1.7346635684953,
         (0.710650907697389, 0.934437866503818),
         (0.631719783020124, 0.969759113821174),
         (0.597765570278756, 0.980556945452524)),
        ("R12", 640, 820, "Low (0.001)", -4.24780041138727,
         (0.796986271018573, 0.876239851508221),
         (0.678219291142747, 0.950778242147164),
         (0.638039427948136, 0.967470888673858)),
    ]
]  # fmt: skip

DISPERSIONS = [
    # winsorised, phi, tau squared
    (0.1, 7.49488464951417, 0.00346447891354067),
    (0.0001, 11.0485900040495, 0.00533607047493718),
]

UNADJUSTED_OUTLIERS = ["R12", "R4", "R5", "R9"]

LIMITS = [
    # cases, limits with 2.5% beyond each, limits with 0.1% beyond each; PHEindicatormethods 2.1.0
    (50, 0.736603594199216, 0.940561760131493, 0.677794489616448, 0.999370864714261),
    (100, 0.766472576060812, 0.910692778269896, 0.724888259414828, 0.952277094915881),
    (500, 0.806334059578528, 0.87083129475218, 0.787736987814868, 0.889428366515841),
    (980, 0.815547950317618, 0.861617404013091, 0.802264327629294, 0.874901026701414),
]

POSITIONS = {
    "Low (0.001)": FunnelPosition.FAR_WORSE,
    "Low (0.025)": FunnelPosition.WORSE,
    "Not significant": FunnelPosition.NOT_DISTINGUISHABLE,
    "High (0.025)": FunnelPosition.BETTER,
    "High (0.001)": FunnelPosition.FAR_BETTER,
}
FAR = {FunnelPosition.FAR_BETTER, FunnelPosition.FAR_WORSE}

ROUNDED_QUANTILE = 3.090232
"""What FunnelPlotR takes for the quantile of 99.8%, which is 3.0902323."""
ROUNDED_CONFIDENCE = 2 * NormalDist().cdf(ROUNDED_QUANTILE) - 1


def drawn(winsorise: float = 0.1, outer: float = ROUNDED_CONFIDENCE) -> Funnel:
    """Return our funnel of the regions, better being higher."""
    return funnel(
        {region.name: Counts(region.numerator, region.denominator) for region in REGIONS},
        better="higher",
        outer=outer,
        winsorise=winsorise,
    )


@pytest.mark.parametrize(("cases", "lower_975", "upper_975", "lower_999", "upper_999"), LIMITS)
def test_score_limits_are_those_of_the_health_profiles(
    cases: int, lower_975: float, upper_975: float, lower_999: float, upper_999: float
) -> None:
    """They lie where an area's own Wilson interval touches the average."""
    inner = score_limits(AVERAGE, cases, confidence=0.95)
    outer = score_limits(AVERAGE, cases, confidence=0.998)
    assert (inner.lower, inner.upper) == pytest.approx((lower_975, upper_975), rel=0, abs=1e-9)
    assert (outer.lower, outer.upper) == pytest.approx((lower_999, upper_999), rel=0, abs=1e-9)


def test_positions_are_those_of_the_health_profiles() -> None:
    """All twelve regions get the package's label."""
    result = funnel(
        {region.name: Counts(region.numerator, region.denominator) for region in REGIONS},
        better="higher",
    )
    assert result.average == AVERAGE
    assert [area.position for area in result.areas] == [
        POSITIONS[region.significance] for region in REGIONS
    ]


@pytest.mark.parametrize(("winsorise", "phi", "tau_squared"), DISPERSIONS)
def test_overdispersion_is_that_of_the_additive_model(
    winsorise: float, phi: float, tau_squared: float
) -> None:
    """Dispersion and variance between areas agree, with and without winsorising."""
    overdispersion = drawn(winsorise).overdispersion
    assert isinstance(overdispersion, Overdispersion)
    assert overdispersion.dispersion == pytest.approx(phi, rel=0, abs=1e-9)
    assert overdispersion.between_variance == pytest.approx(tau_squared, rel=0, abs=1e-9)


@pytest.mark.parametrize("region", REGIONS, ids=lambda region: region.name)
def test_arcsine_limits_agree(region: Region) -> None:
    """Scores and limits agree at the quantile that FunnelPlotR rounds to six decimals."""
    place = REGIONS.index(region)
    area = drawn().areas[place]
    assert area.z_score == pytest.approx(region.z_score, rel=0, abs=1e-9)
    unadjusted = arcsine_limits(AVERAGE, region.denominator, confidence=ROUNDED_CONFIDENCE)
    assert (unadjusted.lower, unadjusted.upper) == pytest.approx(region.unadjusted, rel=0, abs=1e-9)
    for winsorise, wanted in ((0.1, region.adjusted), (0.0001, region.adjusted_untrimmed)):
        limits = drawn(winsorise).areas[place].adjusted_limits
        assert limits is not None
        assert (limits.outer.lower, limits.outer.upper) == pytest.approx(wanted, rel=0, abs=1e-9)


def test_the_unrounded_quantile_moves_the_limits_by_next_to_nothing() -> None:
    """Our own 99.8% limits differ from FunnelPlotR's by less than three in a hundred million."""
    result = drawn(outer=0.998)
    for area, region in zip(result.areas, REGIONS, strict=True):
        assert area.adjusted_limits is not None
        outer = area.adjusted_limits.outer
        assert (outer.lower, outer.upper) == pytest.approx(region.adjusted, rel=0, abs=3e-8)
        assert (outer.lower, outer.upper) != pytest.approx(region.adjusted, rel=0, abs=1e-9)


@pytest.mark.parametrize("winsorise", [winsorise for winsorise, _, _ in DISPERSIONS])
def test_allowing_for_overdispersion_changes_the_story(winsorise: float) -> None:
    """Four of twelve regions are outliers before, and none after."""
    areas = drawn(winsorise).areas
    assert [area.name for area in areas if area.position in FAR] == sorted(
        UNADJUSTED_OUTLIERS, key=[region.name for region in REGIONS].index
    )
    assert not [area.name for area in areas if area.adjusted_position in FAR]


def test_the_tables_hold_every_reference_case() -> None:
    """No case of the five methods is missing here or altered."""
    cases = json.loads(beside(VECTORS, checks=CHECKS).read_text(encoding="utf-8"))
    (significance,), (arcsine,), (compared,), adjusted, limits = (
        [case for case in cases if case["method"] == method]
        for method in (
            "funnel_significance",
            "funnel_limits_arcsine",
            "funnel_compare",
            "funnel_additive_overdispersion",
            "funnel_limits_wilson_inverse",
        )
    )
    trimmed, untrimmed = (case["expected"] for case in adjusted)
    for case in (significance, arcsine, compared, *adjusted):
        assert [
            (area["region"], area["num"], area["den"]) for area in case["input"]["regions"]
        ] == [(region.name, region.numerator, region.denominator) for region in REGIONS]
    assert [
        Region(*row)
        for row in zip(
            [region.name for region in REGIONS],
            [region.numerator for region in REGIONS],
            [region.denominator for region in REGIONS],
            significance["expected"]["significance"],
            trimmed["z"],
            zip(arcsine["expected"]["lower998"], arcsine["expected"]["upper998"], strict=True),
            zip(trimmed["od_lower998"], trimmed["od_upper998"], strict=True),
            zip(untrimmed["od_lower998"], untrimmed["od_upper998"], strict=True),
            strict=True,
        )
    ] == REGIONS
    assert untrimmed["z"] == trimmed["z"]
    assert significance["expected"]["average"] == float(AVERAGE)
    assert [
        (case["input"]["winsorise"], case["expected"]["phi"], case["expected"]["tau2"])
        for case in adjusted
    ] == DISPERSIONS
    assert trimmed["outliers_998"] == untrimmed["outliers_998"] == []
    assert arcsine["expected"]["outliers_998"] == UNADJUSTED_OUTLIERS
    assert compared["expected"] == {
        "unadjusted_outliers": UNADJUSTED_OUTLIERS,
        "adjusted_outliers": [],
    }
    assert {Fraction(case["input"]["average"]) for case in limits} == {AVERAGE}
    assert [
        (
            case["input"]["n"],
            *(case["expected"][key] for key in ("lo975", "hi975", "lo999", "hi999")),
        )
        for case in limits
    ] == LIMITS
