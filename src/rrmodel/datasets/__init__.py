"""Two published plans, sets of published figures and pathway schemes, ready to use.

Every plan is complete, with a citation for each statement. Every figure has its area, its period,
its source and a note on what it can be compared with. We wrote the sentences; facts and figures
are those of the documents cited.

One more plan and its figures are **made up**, to show statuses that the published ones do not have:
a plan that is under way. They are listed apart, by :func:`made_up_plans` and
:func:`made_up_observation_sets`, so :func:`names` and :func:`observation_sets` list published
documents only. Each of their titles begins with "Made up".

>>> for name in names():
...     print(name, len(load(name).pathways))
east-midlands-2022-25 4
hmp-leeds-regimes 9
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, cast

from rrmodel.errors import UnknownNameError, did_you_mean
from rrmodel.model import Observation, ObservationSet, PathwaySchemes, Plan

if TYPE_CHECKING:
    from rrmodel.io import Root

__all__ = [
    "load",
    "made_up_observation_sets",
    "made_up_plans",
    "names",
    "observation_set",
    "observation_sets",
    "observations",
    "pathway_schemes",
]

_DATA = files(__name__) / "data"
_PLANS, _SETS = "plans", "observations"
_MADE_UP_PLANS, _MADE_UP_SETS = "made-up/plans", "made-up/observations"
_SUFFIX = ".yaml"


def names() -> tuple[str, ...]:
    """Return the names of the bundled published plans, in alphabetical order.

    >>> names()
    ('east-midlands-2022-25', 'hmp-leeds-regimes')
    """
    return _names(_PLANS)


def made_up_plans() -> tuple[str, ...]:
    """Return the names of the bundled plans that are made up.

    >>> made_up_plans()
    ('made-up-plan-under-way',)
    """
    return _names(_MADE_UP_PLANS)


def load(name: str) -> Plan:
    """Return a bundled plan, published or made up.

    >>> load("hmp-leeds-regimes").subject.name
    'HMP Leeds'
    >>> load("made-up-plan-under-way").title
    'Made up: Fellmoor Reducing Reoffending Plan 2024-27'

    Raises:
        UnknownNameError: There is no plan of that name.
    """
    return cast("Plan", _bundled("plan", name, (_PLANS, _MADE_UP_PLANS)))


def observation_sets() -> tuple[str, ...]:
    """Return the names of the bundled sets of published figures, in alphabetical order.

    >>> observation_sets()[:3]
    ('accommodation-on-release', 'accredited-programmes', 'continuity-of-care')
    """
    return _names(_SETS)


def made_up_observation_sets() -> tuple[str, ...]:
    """Return the names of the bundled sets of figures that are made up.

    >>> made_up_observation_sets()
    ('made-up-figures-under-way',)
    """
    return _names(_MADE_UP_SETS)


def observation_set(name: str) -> ObservationSet:
    """Return a bundled set of figures, published or made up, with its measures and documents.

    >>> observation_set("local-areas").title
    'Proven reoffending in England and in some of its local areas'

    Raises:
        UnknownNameError: There is no set of that name.
    """
    return cast("ObservationSet", _bundled("set of observations", name, (_SETS, _MADE_UP_SETS)))


def observations(name: str) -> tuple[Observation, ...]:
    """Return the figures of a bundled set, in the order of their ids in the file.

    >>> housed, = (each for each in observations("england-and-wales") if each.id == "F022")
    >>> print(housed.level, housed.period, housed.published)
    86.3% 2022/23 2024-07-25

    Raises:
        UnknownNameError: There is no set of that name.
    """
    return observation_set(name).observations


def pathway_schemes() -> PathwaySchemes:
    """Return the bundled pathway schemes, oldest first, and the crosswalks between them.

    >>> schemes = pathway_schemes()
    >>> len(schemes.scheme("hmp-leeds").pathways)
    9
    >>> [correspondence.target for correspondence in
    ...     schemes.crosswalk("hmp-leeds", "regional-plans-2022").of("accommodation")]
    ['family-accommodation-and-readjustment']
    """
    return cast("PathwaySchemes", _read(f"pathway-schemes{_SUFFIX}"))


def _names(folder: str) -> tuple[str, ...]:
    files = _DATA.joinpath(*folder.split("/")).iterdir()
    return tuple(sorted(file.name.removesuffix(_SUFFIX) for file in files))


def _bundled(kind: str, name: str, folders: tuple[str, ...]) -> Root:
    homes = {known: folder for folder in folders for known in _names(folder)}
    if name not in homes:
        raise UnknownNameError(f"there is no bundled {kind} {name!r}: {did_you_mean(name, homes)}")
    return _read(f"{homes[name]}/{name}{_SUFFIX}")


@cache  # the records are frozen, so every caller may have the same one
def _read(path: str) -> Root:
    from rrmodel.io import loads  # noqa: PLC0415 - a list of names does not need it

    return loads((_DATA / path).read_text("utf-8"), name=path)
