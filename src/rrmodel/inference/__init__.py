"""Statistics of counts, series and areas, from numbers to numbers.

Shares are numbers from 0 to 1 here. Counts come as :class:`~rrmodel.model.Counts`, which refuse
counts that are not a share, and goals as exact fractions. Every function names the paper that it
follows. A question that a method cannot answer is answered by :class:`Undefined` with a reason,
never by NaN.
"""

from typing import TYPE_CHECKING

from rrmodel._on_first_use import on_first_use

if TYPE_CHECKING:
    from rrmodel.inference._cautions import Caution, CautionKind
    from rrmodel.inference._changes import (
        assess_change,
        cases_needed_for_change,
        score_statistic,
    )
    from rrmodel.inference._control_charts import ProcessSettings, few_cases, p_chart, xmr_chart
    from rrmodel.inference._control_rules import (
        Assurance,
        ControlChart,
        ControlPoint,
        Signal,
        Variation,
    )
    from rrmodel.inference._curves import geometric_level, logit_level
    from rrmodel.inference._exact import (
        NextFigure,
        binomial_tails,
        clopper_pearson_interval,
        fisher_exact,
        jeffreys_interval,
        probability_next_meets,
    )
    from rrmodel.inference._forecast import Forecast, forecast, forecast_levels
    from rrmodel.inference._funnel import (
        Funnel,
        FunnelArea,
        LimitsKind,
        RankRange,
        funnel,
    )
    from rrmodel.inference._funnel_limits import (
        FunnelLimits,
        FunnelPosition,
        FunnelSettings,
        arcsine_limits,
        score_limits,
    )
    from rrmodel.inference._growth import (
        GrowthCategory,
        GrowthRatio,
        GrowthTowardsLimit,
        growth_ratio,
        growth_towards_limit,
    )
    from rrmodel.inference._interval import Interval, Undefined, normal_quantile
    from rrmodel.inference._overdispersion import Overdispersion, between_variance
    from rrmodel.inference._proportions import newcombe_interval, wilson_interval, wilson_reach
    from rrmodel.inference._verdicts import (
        Comparison,
        Direction,
        Goal,
        ShareAssessment,
        Verdict,
        assess_published,
        assess_share,
        cases_needed,
        compare,
        holm,
    )
else:
    __getattr__, __dir__ = on_first_use(
        __name__,
        (
            "rrmodel.inference._interval",
            "rrmodel.inference._curves",
            "rrmodel.inference._proportions",
            "rrmodel.inference._verdicts",
            "rrmodel.inference._changes",
            "rrmodel.inference._exact",
            "rrmodel.inference._growth",
            "rrmodel.inference._cautions",
            "rrmodel.inference._control_rules",
            "rrmodel.inference._control_charts",
            "rrmodel.inference._forecast",
            "rrmodel.inference._funnel_limits",
            "rrmodel.inference._overdispersion",
            "rrmodel.inference._funnel",
        ),
    )

__all__ = [
    "Assurance",
    "Caution",
    "CautionKind",
    "Comparison",
    "ControlChart",
    "ControlPoint",
    "Direction",
    "Forecast",
    "Funnel",
    "FunnelArea",
    "FunnelLimits",
    "FunnelPosition",
    "FunnelSettings",
    "Goal",
    "GrowthCategory",
    "GrowthRatio",
    "GrowthTowardsLimit",
    "Interval",
    "LimitsKind",
    "NextFigure",
    "Overdispersion",
    "ProcessSettings",
    "RankRange",
    "ShareAssessment",
    "Signal",
    "Undefined",
    "Variation",
    "Verdict",
    "arcsine_limits",
    "assess_change",
    "assess_published",
    "assess_share",
    "between_variance",
    "binomial_tails",
    "cases_needed",
    "cases_needed_for_change",
    "clopper_pearson_interval",
    "compare",
    "few_cases",
    "fisher_exact",
    "forecast",
    "forecast_levels",
    "funnel",
    "geometric_level",
    "growth_ratio",
    "growth_towards_limit",
    "holm",
    "jeffreys_interval",
    "logit_level",
    "newcombe_interval",
    "normal_quantile",
    "p_chart",
    "probability_next_meets",
    "score_limits",
    "score_statistic",
    "wilson_interval",
    "wilson_reach",
    "xmr_chart",
]
