"""The columns of a frame of assessed targets."""

from __future__ import annotations

from typing import Final

__all__ = ["RESULT_COLUMNS", "RESULT_KINDS"]

RESULT_KINDS: Final[dict[str, str]] = {
    "plan": "text",
    "pathway": "text",
    "target": "text",
    "measure": "text",
    "area": "text",
    "is_comparator": "flag",
    "as_of": "day",
    "policy": "text",
    "status": "text",
    "reason": "text",
    "unit": "text",
    "goal_value": "number",
    "goal_low_value": "number",
    "goal_high_value": "number",
    "deadline": "day",
    "latest_value": "number",
    "latest_first_day": "day",
    "latest_last_day": "day",
    "latest_numerator": "number",
    "latest_denominator": "number",
    "latest_published": "day",
    "gap_value": "number",
    "progress_value": "number",
    "movement": "text",
    "expected_value": "number",
    "expected_low_value": "number",
    "expected_high_value": "number",
    "pace_value": "number",
    "required_pace_value": "number",
    "evidence_verdict": "text",
    "evidence_basis": "text",
    "evidence_against": "text",
    "evidence_reference_low_value": "number",
    "evidence_reference_high_value": "number",
    "evidence_interval_low_value": "number",
    "evidence_interval_high_value": "number",
    "completed": "day",
}
"""The columns of the result, and what is in each."""

RESULT_COLUMNS: tuple[str, ...] = tuple(RESULT_KINDS)
"""The columns of the frame that :func:`evaluate` returns, one row for each target and area.

They have the names and the contents of :data:`EVALUATION_COLUMNS`; of a quantity only the nearest
binary number is there, in the ``unit`` of the measure. Counts are binary numbers too, because some
engines have no whole numbers that may be null. An undefined value is null. A range has
``goal_low_value`` and ``goal_high_value`` and no ``goal_value``.

One column is not part of a record. ``reason`` is the code of what decides the status:

``goal``
    the latest figure, compared with the goal
``later_period``
    a figure of a period after the deadline
``expected_level``
    the latest figure, compared with the level expected by then
``pace``
    the share of the change expected by then that has been made
``chance``
    the counts, tested against the level expected by then
``growth``
    the yearly growth, compared with the growth that the goal requires
``control_chart``
    the control chart of the figures, compared with the level expected
``direction``
    the changes from earlier levels to later ones
``completion``
    the day on which a milestone was completed
``no_expected_level``
    no level is expected, so there is no grade
``no_grade``
    the policy needs counts, figures or a baseline that are not there
``baseline_only``
    the latest figure is that of the baseline itself
``one_figure``
    there is no earlier figure, so no direction
``incomplete_total``
    the figures do not cover the whole time
``no_figure``
    no figure was known on the day
``not_comparable``
    all figures are of another series or unit, or cannot be added up
``not_yet_known``
    the outcomes that decide cannot be known yet
``no_completion``
    no completion of the milestone was known
``not_quantified``
    the target has no measure
``invalid_figure``
    in lazy frames only: a deciding figure cannot be read exactly, so the status is null
"""
