"""Plans, sets of figures and pathway schemes, in and out: YAML for people, JSON for machines.

The key ``kind`` of a file says what it contains (``plan``, ``observations`` or ``schemes``), and
``schema_version`` in which version of the layout. All errors in it are reported at once, each with
its line, column and path.
"""

from rrmodel.io._checked_columns import checked_columns, columns_of_rows
from rrmodel.io._column_reader import CHECKED_COLUMNS, Columns
from rrmodel.io._converter import configure_converter, make_converter
from rrmodel.io._exchange import (
    RECORD_SUFFIXES,
    ReadFormat,
    WriteFormat,
    dump,
    dumps,
    load,
    loads,
    losses,
    written_format,
)
from rrmodel.io._figure_cells import Stored
from rrmodel.io._layouts import DatesMean, FigureColumn, Layout, PeriodPlace
from rrmodel.io._observation_tables import (
    dump_observations,
    dumps_observations,
    iterate_observations,
    load_observations,
    loads_observations,
)
from rrmodel.io._own_texts import SCHEMA_VERSION, Root, positions
from rrmodel.io._schema import SchemaKind, json_schema
from rrmodel.io._source_texts import Format
from rrmodel.io._stratml import StratmlReading, read_stratml
from rrmodel.io._table_sources import TABLE_SUFFIXES
from rrmodel.io._target_rows import TARGET_COLUMNS, targets_from_rows
from rrmodel.io._tidy_layout import TIDY_COLUMNS, ObservationRow, observations_to_rows
from rrmodel.io._tidy_tables import observations_from_rows
from rrmodel.io._workbooks import Unread, WorkbookReading, read_workbook
from rrmodel.io._written_files import replacing, write_whole

__all__ = [
    "CHECKED_COLUMNS",
    "RECORD_SUFFIXES",
    "SCHEMA_VERSION",
    "TABLE_SUFFIXES",
    "TARGET_COLUMNS",
    "TIDY_COLUMNS",
    "Columns",
    "DatesMean",
    "FigureColumn",
    "Format",
    "Layout",
    "ObservationRow",
    "PeriodPlace",
    "ReadFormat",
    "Root",
    "SchemaKind",
    "Stored",
    "StratmlReading",
    "Unread",
    "WorkbookReading",
    "WriteFormat",
    "checked_columns",
    "columns_of_rows",
    "configure_converter",
    "dump",
    "dump_observations",
    "dumps",
    "dumps_observations",
    "iterate_observations",
    "json_schema",
    "load",
    "load_observations",
    "loads",
    "loads_observations",
    "losses",
    "make_converter",
    "observations_from_rows",
    "observations_to_rows",
    "positions",
    "read_stratml",
    "read_workbook",
    "replacing",
    "targets_from_rows",
    "write_whole",
    "written_format",
]
