"""Plans as StratML (ISO 17469), the standard for strategic plans, in and out."""

from rrmodel.io._stratml._reading import StratmlReading, read_stratml
from rrmodel.io._stratml._writing import write_stratml

__all__ = ["StratmlReading", "read_stratml", "write_stratml"]
