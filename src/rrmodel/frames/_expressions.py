"""Conditions on figures that every engine can test."""

from __future__ import annotations

from collections.abc import Sequence

import narwhals.stable.v2 as nw

__all__ = ["has_level", "is_true", "name_form"]

_QUOTES = "[\"'`´ʼ‘’‚‛“”„‟′″]"
_DASHES = r"[-‐‑‒–—―−\s]+"


def is_true(condition: nw.Expr) -> nw.Expr:
    """Return a condition that is false where it cannot be told, because something is null."""
    return condition.fill_null(value=False)


def has_level(present: Sequence[str]) -> nw.Expr:
    """Return whether a row has a level, or counts that give one."""
    there = nw.lit(value=False)
    if "value" in present:
        there |= ~nw.col("value").is_null()
    if "denominator" in present:
        there |= ~nw.col("numerator").is_null() & ~is_true(nw.col("denominator") == 0)
        there |= ~nw.col("denominator").is_null() & is_true(nw.col("denominator") != 0)
    if "level" in present:
        word = nw.col("level").str.strip_chars().str.to_lowercase()
        there = (there | ~nw.col("level").is_null()) & ~is_true(word == "none")
    return there


def name_form(name: nw.Expr) -> nw.Expr:
    """Return names in the form in which they are compared.

    It is that of :func:`rrmodel.model.normal_form` but for the compatibility forms of Unicode,
    which engines do not know.
    """
    plain = name.str.to_lowercase().str.replace_all(_QUOTES, "")
    words = plain.str.replace_all("&", " and ").str.replace_all(_DASHES, " ")
    return words.str.replace_all("^ | $", "")
