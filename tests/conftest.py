"""Hypothesis profiles: the same examples in every run, on any machine.

``pytest --hypothesis-profile ci`` chooses one; the default is ``fast``. A law whose examples are
expensive takes a share of the profile's number, ``settings.default.max_examples // 6``.
"""

from __future__ import annotations

from hypothesis import Phase, settings

EXAMPLES = {"fast": 20, "ci": 100, "thorough": 1_000}

for name, max_examples in EXAMPLES.items():
    settings.register_profile(
        name,
        max_examples=max_examples,
        database=None,
        deadline=None,
        derandomize=True,
        # To explain the failure of a whole plan takes minutes and says little.
        phases=(Phase.explicit, Phase.generate, Phase.shrink),
    )
settings.load_profile("fast")
