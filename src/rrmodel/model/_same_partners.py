"""Partners of several plans that are one organisation."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from rrmodel.model._names import normal_form
from rrmodel.model._partners import Partner
from rrmodel.model._plan import Plan

__all__ = ["same_partners"]

_Key = tuple[str, str]


def same_partners(plans: Sequence[Plan]) -> list[dict[str, str]]:
    """Return, for each plan, the shared id of each of its partners, by their own ids.

    A partner is the same as a partner of an earlier plan that has its id, or else one of its names
    in :func:`normal_form`. Two partners of one plan are never the same. The shared id is the first
    one that occurs.

    >>> from rrmodel import datasets
    >>> regions, regimes = same_partners([*map(datasets.load, datasets.names())])
    >>> regimes["shelter"]
    'shelter'
    """
    known: dict[_Key, dict[str, None]] = {}
    mappings: list[dict[str, str]] = []
    for plan in plans:
        shared_ids: dict[str, str] = {}
        taken: set[str] = set()
        for keys in _BY_STRENGTH:
            for partner in plan.partners:
                homes = (home for key in keys(partner) for home in known.get(key, ()))
                home = next((home for home in homes if home not in taken), None)
                if home is not None and partner.id not in shared_ids:
                    shared_ids[partner.id] = home
                    taken.add(home)
        for partner in plan.partners:
            home = shared_ids.setdefault(partner.id, partner.id)
            # The shared id comes first, so that no other partner takes it.
            for key in (_shared(home), *_ids(partner), *_names(partner)):
                known.setdefault(key, {})[home] = None
        mappings.append({partner.id: shared_ids[partner.id] for partner in plan.partners})
    return mappings


def _shared(home: str) -> _Key:
    return ("shared", home)


def _own(partner: Partner) -> Iterable[_Key]:
    return (_shared(partner.id),)


def _ids(partner: Partner) -> Iterable[_Key]:
    return (("id", partner.id),)


def _names(partner: Partner) -> Iterable[_Key]:
    return (("name", normal_form(name)) for name in partner.names)


_BY_STRENGTH: tuple[Callable[[Partner], Iterable[_Key]], ...] = (_own, _ids, _names)
