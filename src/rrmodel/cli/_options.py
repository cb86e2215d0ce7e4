"""The options that choose figures, a day and an area, for the commands that assess."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

from rrmodel.cli._completion import complete_areas, complete_sets, complete_targets, completer_of
from rrmodel.errors import PeriodError, UnknownNameError, did_you_mean
from rrmodel.evaluation import POLICIES, Policy, find_policy
from rrmodel.model import Plan, Target
from rrmodel.periods import Period, parse_period

__all__ = [
    "area_option",
    "day_option",
    "find_target",
    "policy_option",
    "read_period",
    "sets_option",
    "target_option",
]

_CommandT = TypeVar("_CommandT", bound=Callable[..., Any])

_POLICY_NAMES = tuple(policy.name.lower().replace(" ", "-") for policy in POLICIES)


def _policies(_: click.Context, __: click.Parameter, names: tuple[str, ...]) -> tuple[Policy, ...]:
    try:
        return tuple(dict.fromkeys(map(find_policy, names)))
    except UnknownNameError as error:
        raise click.BadParameter(str(error)) from None


sets_option = click.option(
    "--observations",
    "sets",
    metavar="SET",
    multiple=True,
    shell_complete=complete_sets,
    help="Use the figures of this observation file, table or bundled set. Repeat for several. "
    "Default: all published sets; for a made-up plan, its made-up figures.",
)
"""The option of the figures."""
day_option = click.option(
    "--as-of",
    "day",
    metavar="DAY",
    help="Use only figures published by this day. Default: today.",
)
"""The option of one day."""
area_option = click.option(
    "--area",
    metavar="AREA",
    shell_complete=complete_areas,
    help="Use the figures for this area, as a comparator. Default: the area of each target.",
)
"""The option of one area."""


def policy_option(help_text: str) -> Callable[[_CommandT], _CommandT]:
    """Return the option of policies, which can be repeated.

    Args:
        help_text: The help text: the use of the policies, and the default.
    """
    return click.option(
        "--policy",
        "policies",
        metavar="NAME",
        multiple=True,
        callback=_policies,
        shell_complete=completer_of(_POLICY_NAMES),
        help=f"{help_text.format(names=', '.join(_POLICY_NAMES), default=_POLICY_NAMES[0])}",
    )


def target_option(help_text: str) -> Callable[[_CommandT], _CommandT]:
    """Return the option of one target.

    Args:
        help_text: The help text: the use of the target, and the default.
    """
    return click.option("--target", metavar="ID", shell_complete=complete_targets, help=help_text)


def find_target(plan: Plan, name: str) -> Target:
    """Return the target of a plan that has an id.

    Raises:
        UnknownNameError: The plan has no such target.
    """
    known = {target.id: target for target in plan.targets}
    if name not in known:
        raise UnknownNameError(
            f"--target: this plan has no target {name!r}: {did_you_mean(name, known)}"
        )
    return known[name]


def read_period(_: click.Context, __: click.Parameter, text: str | None) -> Period | None:
    """Return the period that the text of an option names."""
    if text is None:
        return None
    try:
        return parse_period(text)
    except PeriodError as error:
        raise click.BadParameter(str(error)) from None
