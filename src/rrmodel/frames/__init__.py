"""Figures and evaluations in data frames: polars, pandas, pyarrow and others that narwhals knows.

:func:`read_observations` reads and checks figures into a frame, and :func:`evaluate` assesses
targets from one and returns a frame. :func:`count_statuses`, :func:`wilson_intervals`,
:func:`funnel_limits` and :func:`process_limits` sum frames up. :func:`observations` and
:func:`to_frame` turn frames into records and records into frames. Narwhals is imported by the first
call, not with this module.
"""

from typing import TYPE_CHECKING

from rrmodel._on_first_use import on_first_use

if TYPE_CHECKING:
    from rrmodel.frames._engine_names import EngineName
    from rrmodel.frames._evaluate import Names, evaluate
    from rrmodel.frames._funnel_limits import FUNNEL_COLUMNS, funnel_limits
    from rrmodel.frames._process_limits import PROCESS_COLUMNS, process_limits
    from rrmodel.frames._reading import READ_SUFFIXES, read_observations
    from rrmodel.frames._records import EVALUATION_COLUMNS, observations, to_frame
    from rrmodel.frames._result_columns import RESULT_COLUMNS
    from rrmodel.frames._share_intervals import wilson_intervals
    from rrmodel.frames._status_counts import STATUS_COUNT_COLUMNS, count_statuses
    from rrmodel.frames._synthetic_figures import SYNTHETIC_DOCUMENT, synthetic_figures
    from rrmodel.frames._target_frames import TargetFrame
    from rrmodel.frames._writing import write_evaluations
else:
    __getattr__, __dir__ = on_first_use(
        __name__,
        (
            "rrmodel.frames._engine_names",
            "rrmodel.frames._records",
            "rrmodel.frames._reading",
            "rrmodel.frames._result_columns",
            "rrmodel.frames._target_frames",
            "rrmodel.frames._evaluate",
            "rrmodel.frames._writing",
            "rrmodel.frames._status_counts",
            "rrmodel.frames._share_intervals",
            "rrmodel.frames._funnel_limits",
            "rrmodel.frames._process_limits",
            "rrmodel.frames._synthetic_figures",
        ),
    )

__all__ = [
    "EVALUATION_COLUMNS",
    "FUNNEL_COLUMNS",
    "PROCESS_COLUMNS",
    "READ_SUFFIXES",
    "RESULT_COLUMNS",
    "STATUS_COUNT_COLUMNS",
    "SYNTHETIC_DOCUMENT",
    "EngineName",
    "Names",
    "TargetFrame",
    "count_statuses",
    "evaluate",
    "funnel_limits",
    "observations",
    "process_limits",
    "read_observations",
    "synthetic_figures",
    "to_frame",
    "wilson_intervals",
    "write_evaluations",
]
