"""Figures and evaluations in data frames: polars, pandas, pyarrow and others that narwhals knows.

:func:`read_observations` reads and checks figures into a frame, :func:`evaluate` assesses targets
from one and returns a frame, and :func:`observations` and :func:`to_frame` turn frames into records
and records into frames. Narwhals is imported by the
first call, not with this module.
"""

from typing import TYPE_CHECKING

from rrmodel._on_first_use import on_first_use

if TYPE_CHECKING:
    from rrmodel.frames._evaluate import evaluate
    from rrmodel.frames._making import Backend
    from rrmodel.frames._reading import READ_SUFFIXES, read_observations
    from rrmodel.frames._records import EVALUATION_COLUMNS, observations, to_frame
    from rrmodel.frames._target_rows import RESULT_COLUMNS
    from rrmodel.frames._writing import write_evaluations
else:
    __getattr__, __dir__ = on_first_use(
        __name__,
        (
            "rrmodel.frames._making",
            "rrmodel.frames._records",
            "rrmodel.frames._reading",
            "rrmodel.frames._target_rows",
            "rrmodel.frames._evaluate",
            "rrmodel.frames._writing",
        ),
    )

__all__ = [
    "EVALUATION_COLUMNS",
    "READ_SUFFIXES",
    "RESULT_COLUMNS",
    "Backend",
    "evaluate",
    "observations",
    "read_observations",
    "to_frame",
    "write_evaluations",
]
