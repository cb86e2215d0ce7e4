"""From the blocks of a document to a plan."""

from __future__ import annotations
