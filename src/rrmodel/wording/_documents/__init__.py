"""One reader of blocks for documents of every format."""

from __future__ import annotations

from rrmodel.wording._documents._blocks import Block, BlockKind, DocumentFormat, Source
from rrmodel.wording._documents._cleaning import SUPERSCRIPTS
from rrmodel.wording._documents._reading import read_source

__all__ = ["SUPERSCRIPTS", "Block", "BlockKind", "DocumentFormat", "Source", "read_source"]
