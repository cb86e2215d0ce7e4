"""Hypothesis as the whole suite uses it: the same cases in every run, on any machine."""

from __future__ import annotations

from hypothesis import Phase, settings

settings.register_profile(
    "repeatable",
    database=None,
    deadline=None,
    derandomize=True,
    # Explaining a failure of a whole plan costs minutes and says little.
    phases=(Phase.explicit, Phase.generate, Phase.shrink),
)
settings.load_profile("repeatable")
