"""Figures and evaluations in data frames: polars, pandas, pyarrow and others that narwhals knows.

:func:`evaluate` assesses targets from a frame of figures and returns a frame; :func:`observations`
and :func:`to_frame` turn frames into records and records into frames. Narwhals is imported by the
first call, not with this module.
"""

from typing import TYPE_CHECKING

from rrmodel._on_first_use import on_first_use

if TYPE_CHECKING:
    from rrmodel.frames._evaluate import Names, evaluate
    from rrmodel.frames._records import EVALUATION_COLUMNS, Backend, observations, to_frame
    from rrmodel.frames._result_columns import RESULT_COLUMNS
else:
    __getattr__, __dir__ = on_first_use(
        __name__,
        (
            "rrmodel.frames._records",
            "rrmodel.frames._result_columns",
            "rrmodel.frames._evaluate",
        ),
    )

__all__ = [
    "EVALUATION_COLUMNS",
    "RESULT_COLUMNS",
    "Backend",
    "Names",
    "evaluate",
    "observations",
    "to_frame",
]
