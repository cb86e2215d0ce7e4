"""Hypothesis as the whole suite uses it: the same cases in every run, on any machine."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("repeatable", database=None, deadline=None, derandomize=True)
settings.load_profile("repeatable")
