"""Which partners of several plans are one organisation."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from rrmodel.model._partners import Partner
from rrmodel.model._plan import Plan

__all__ = ["same_partners"]

_Key = tuple[str, str]


def same_partners(plans: Sequence[Plan]) -> list[dict[str, str]]:
    """Return for each plan whom its partners are: their ids, each with the id that stands for it.

    A partner is one with a partner of an earlier plan that has its id, or else one of its names,
    whatever the capitals. Two partners of one plan stay two: a plan knows its own partners best.
    The id that stands for a partner is the first that was met.

    >>> from rrmodel import datasets
    >>> regions, regimes = same_partners([*map(datasets.load, datasets.names())])
    >>> regimes["shelter"]
    'shelter'
    """
    known: dict[_Key, dict[str, None]] = {}
    answer: list[dict[str, str]] = []
    for plan in plans:
        found: dict[str, str] = {}
        taken: set[str] = set()
        for keys in _BY_STRENGTH:
            for partner in plan.partners:
                homes = (home for key in keys(partner) for home in known.get(key, ()))
                home = next((home for home in homes if home not in taken), None)
                if home is not None and partner.id not in found:
                    found[partner.id] = home
                    taken.add(home)
        for partner in plan.partners:
            home = found.setdefault(partner.id, partner.id)
            # the id that stands for a partner is asked first, so that no other partner takes it
            for key in (_standing(home), *_ids(partner), *_names(partner)):
                known.setdefault(key, {})[home] = None
        answer.append({partner.id: found[partner.id] for partner in plan.partners})
    return answer


def _standing(home: str) -> _Key:
    return ("standing", home)


def _own(partner: Partner) -> Iterable[_Key]:
    return (_standing(partner.id),)


def _ids(partner: Partner) -> Iterable[_Key]:
    return (("id", partner.id),)


def _names(partner: Partner) -> Iterable[_Key]:
    return (("name", " ".join(name.casefold().split())) for name in partner.names)


_BY_STRENGTH: tuple[Callable[[Partner], Iterable[_Key]], ...] = (_own, _ids, _names)
