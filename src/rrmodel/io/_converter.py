"""The hooks by which cattrs reads and writes our records.

Each takes texts, as YAML gives them, and says in our own words what is wrong with one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from difflib import get_close_matches
from types import NoneType, UnionType
from typing import Any, Literal, TypeAlias, TypeVar, Union, get_args, get_origin

import attrs
from cattrs import Converter
from cattrs.cols import list_structure_factory
from cattrs.gen import make_dict_structure_fn, make_dict_unstructure_fn

from rrmodel.errors import RecordError, did_you_mean
from rrmodel.io._observation_rows import require_agreement
from rrmodel.io._source_texts import has_half_character
from rrmodel.model import (
    Establishment,
    Mark,
    Measure,
    Observation,
    PartnerKind,
    Plan,
    Region,
    Target,
)
from rrmodel.periods import (
    CalendarYear,
    DateRange,
    Deadline,
    Duration,
    FinancialYear,
    Month,
    Quarter,
    parse_day,
    parse_deadline,
    parse_period,
)
from rrmodel.quantities import (
    Amount,
    Percentage,
    PercentagePoints,
    RelativeChange,
    read_quantity,
    write_quantity,
)

__all__ = [
    "LONGEST_COUNT",
    "PERIODS",
    "QUANTITIES",
    "TAGS",
    "MeasureReference",
    "allowed_words",
    "configure_converter",
    "make_converter",
    "members_of",
]

_Record = TypeVar("_Record")
_Hook: TypeAlias = Callable[[Any, Any], Any]

QUANTITIES = (Percentage, PercentagePoints, RelativeChange, Amount)
PERIODS = (Month, Quarter, FinancialYear, CalendarYear, DateRange)
LONGEST_COUNT = 18
_MOST_LISTED = 10
"""Allowed words that a message lists; of more, the nearest is named."""
_TIMES = (*PERIODS, Deadline, Duration)
TAGS: dict[type, str] = {
    **{target: target.kind for target in get_args(Target)},
    Region: "region",
    Establishment: "establishment",
}


def make_converter() -> Converter:
    """Return a cattrs converter that reads and writes our records and refuses unknown keys.

    >>> from rrmodel.model import Citation
    >>> make_converter().structure({"document": "a-plan", "section": "Vision"}, Citation)
    Citation(document='a-plan', section='Vision', item=None, place=None)
    """
    return _records_converter(Converter(forbid_extra_keys=True, omit_if_default=True))


def configure_converter(converter: Converter) -> None:
    """Add our records, quantities and periods to a converter of yours.

    Your own classes and hooks stay as they are. The settings of your converter say whether unknown
    keys are refused and defaults omitted.

    >>> converter = Converter()
    >>> configure_converter(converter)
    >>> converter.structure("82%", Percentage)
    Percentage('82')
    """
    ours = _records_converter(
        Converter(
            forbid_extra_keys=converter.forbid_extra_keys,
            omit_if_default=converter.omit_if_default,
            detailed_validation=converter.detailed_validation,
        )
    )

    def is_ours(kind: Any) -> bool:
        members = [member for member in members_of(kind) if member is not NoneType]
        return bool(members) and all(
            member in (*QUANTITIES, *_TIMES) or _is_record(member) for member in members
        )

    converter.register_structure_hook_func(is_ours, ours.structure)
    converter.register_unstructure_hook_func(is_ours, ours.unstructure)


def _records_converter(converter: Converter) -> Converter:
    # Hooks for classes: cattrs has its own for str and int, which no predicate overrules. That for
    # str would also catch the enumerations of texts, were they not named.
    hooks: dict[type, _Hook] = {
        str: _text,
        bool: _structure_switch,
        int: _structure_count,
        date: _structure_day,
        Mark: _structure_choice,
        PartnerKind: _structure_choice,
        Deadline: lambda value, _: parse_deadline(_text(value)),
        Duration: lambda value, _: Duration(_text(value)),
    }
    for known, hook in hooks.items():
        converter.register_structure_hook(known, hook)
    converter.register_structure_hook_func(_is_literal, _structure_choice)
    converter.register_structure_hook_func(_is_one_of(QUANTITIES), _structure_quantity)
    converter.register_structure_hook_func(_is_one_of(PERIODS), _structure_period)
    converter.register_structure_hook_factory(_is_tuple, _tuple_hook)
    converter.register_structure_hook_factory(_is_record, _record_hook)
    converter.register_structure_hook_factory(_is_one_of(tuple(TAGS)), _kind_hook)
    for quantity in QUANTITIES:
        converter.register_unstructure_hook(quantity, write_quantity)
    for period in PERIODS:
        converter.register_unstructure_hook(period, str)
    converter.register_unstructure_hook(Deadline, lambda deadline: deadline.wording)
    converter.register_unstructure_hook(Duration, str)
    converter.register_unstructure_hook(date, date.isoformat)
    for choices in (Mark, PartnerKind):
        converter.register_unstructure_hook(choices, lambda member: member.value)
    for record in TAGS:
        converter.register_unstructure_hook(record, _kind_unhook(record, converter))
    converter.register_structure_hook(Observation, _observation_hook(converter))
    converter.register_unstructure_hook(Observation, _observation_unhook(converter))
    _register_measure_references(converter)
    return converter


def members_of(kind: Any) -> tuple[Any, ...]:
    return get_args(kind) if get_origin(kind) in (Union, UnionType) else (kind,)


def _is_one_of(classes: tuple[type, ...]) -> Callable[[Any], bool]:
    def predicate(kind: Any) -> bool:
        members = [member for member in members_of(kind) if member is not NoneType]
        return bool(members) and all(member in classes for member in members)

    return predicate


def _is_tuple(kind: Any) -> bool:
    return get_origin(kind) is tuple


def _is_record(kind: Any) -> bool:
    return attrs.has(kind) and kind.__module__.startswith("rrmodel.model")


def _is_literal(kind: Any) -> bool:
    return get_origin(kind) is Literal


def _describe(value: object) -> str:
    match value:
        case Mapping():
            return "a mapping"
        case list() | tuple():
            return "a list"
        case None | "":
            return "nothing"
        case _:
            return repr(value)


def _text(value: object, _: object = None) -> str:
    if not isinstance(value, str) or not value.strip():
        raise RecordError(f"a text is needed here, not {_describe(value)}")
    if has_half_character(value):
        raise RecordError(f"{value!r} has only half of a character: write it whole")
    return value.strip()  # a folded text ends with a line break


def _structure_switch(value: object, _: object) -> bool:
    switches = {"true": True, "false": False}
    if isinstance(value, bool):
        return value
    if isinstance(value, str) and value in switches:
        return switches[value]
    raise RecordError(f"true or false is needed here, not {_describe(value)}")


def _structure_count(value: object, _: object) -> int:
    text = str(value)
    if (
        not isinstance(value, bool)
        and len(text) <= LONGEST_COUNT
        and text.isascii()
        and text.isdecimal()
    ):
        return int(text)
    raise RecordError(f"a whole number such as 336 is needed here, not {_describe(value)}")


def _structure_day(value: object, _: object) -> date:
    return parse_day(_text(value))


def _structure_choice(value: object, kind: Any) -> Any:
    if _is_literal(kind):
        choices = {choice: choice for choice in get_args(kind)}
    else:
        choices = {member.value: member for member in kind}
    text = _text(value)
    if text in choices:
        return choices[text]
    raise RecordError(f"{text!r} is not allowed here: {allowed_words(text, choices)}")


def allowed_words(wrong: str, words: Iterable[str]) -> str:
    """Return the advice that ends a message about a word that is not among a few.

    >>> allowed_words("up", ["higher", "lower"])
    "use 'higher' or 'lower'"
    """
    known = list(words)
    if len(known) > _MOST_LISTED:
        near = get_close_matches(wrong, known, n=1, cutoff=0.5)
        some = ", ".join(map(repr, known[:3]))
        return f"did you mean {near[0]!r}?" if near else f"use one of {len(known)}, such as {some}"
    *rest, last = map(repr, known)
    return f"use {', '.join(rest)} or {last}" if rest else f"use {last}"


def _structure_quantity(value: object, kind: Any) -> Any:
    classes = members_of(kind)
    if value is None and NoneType in classes:
        return None
    quantity = read_quantity(_text(value))
    if isinstance(quantity, classes):
        return quantity
    samples = {
        Percentage: "'82%'",
        PercentagePoints: "'8 percentage points'",
        RelativeChange: "'+20%'",
        Amount: "'200 place'",
    }
    wanted = " or ".join(sample for known, sample in samples.items() if known in classes)
    raise RecordError(f"{value!r} is another kind of quantity than {wanted}, needed here")


def _structure_period(value: object, kind: Any) -> Any:
    classes = members_of(kind)
    if value is None and NoneType in classes:
        return None
    return parse_period(_text(value))


def _tuple_hook(kind: Any, converter: Converter) -> _Hook:
    structure_list = list_structure_factory(kind, converter)

    def structure(value: Any, _: Any) -> Any:
        if not isinstance(value, list | tuple):
            raise RecordError(f"a list is needed here, not {_describe(value)}")
        return tuple(structure_list(value, kind))

    return structure


def _record_hook(kind: type[_Record], converter: Converter) -> Callable[[Any, Any], _Record]:
    structure_mapping = make_dict_structure_fn(kind, converter)

    def structure(value: Any, _: Any) -> _Record:
        return structure_mapping(_mapping(value, kind), kind)

    return structure


def _mapping(value: Any, kind: Any) -> Mapping[str, Any]:
    if isinstance(value, Mapping):
        return value  # pyright: ignore[reportUnknownVariableType]
    fields = ", ".join(field.name for field in attrs.fields(kind))
    raise RecordError(f"a mapping with keys of {fields} is needed here, not {_describe(value)}")


def _kind_hook(kind: Any, converter: Converter) -> _Hook:
    classes = members_of(kind)
    hooks = {
        TAGS[member]: (member, _record_hook(member, converter))
        for member in classes
        if member is not NoneType
    }

    def structure(value: Any, _: Any) -> Any:
        if value is None and NoneType in classes:
            return None
        if not isinstance(value, Mapping):
            raise RecordError(f"a mapping with a kind is needed here, not {_describe(value)}")
        rest: dict[str, Any] = dict(value)  # pyright: ignore[reportUnknownArgumentType]
        name = rest.pop("kind", None)
        if name is None:
            raise RecordError(f"the key 'kind' is missing: {allowed_words('', hooks)}")
        if (known := _text(name)) not in hooks:
            raise RecordError(f"{known!r} is not allowed here: {allowed_words(known, hooks)}")
        member, hook = hooks[known]
        return hook(rest, member)

    return structure


def _unstructure_mapping(kind: Any, converter: Converter) -> Callable[[Any], dict[str, Any]]:
    return make_dict_unstructure_fn(
        kind, converter, _cattrs_omit_if_default=converter.omit_if_default
    )


def _kind_unhook(record: Any, converter: Converter) -> Callable[[Any], Any]:
    unstructure_mapping = _unstructure_mapping(record, converter)

    def unstructure(value: Any) -> dict[str, Any]:
        return {"kind": TAGS[record], **unstructure_mapping(value)}

    return unstructure


def _observation_hook(converter: Converter) -> Callable[[Any, Any], Observation]:
    structure = _record_hook(Observation, converter)

    def hook(value: Any, kind: Any) -> Observation:
        observation: Observation = structure(value, kind)
        require_agreement(observation)
        return observation

    return hook


def _observation_unhook(converter: Converter) -> Callable[[Observation], dict[str, Any]]:
    unstructure_mapping = _unstructure_mapping(Observation, converter)

    def unstructure(observation: Observation) -> dict[str, Any]:
        fields = unstructure_mapping(observation)
        # A published 50% equals the share of 1 in 2, and yet its printed decimals are news.
        if observation.level is not None and observation.level.places is not None:
            fields["level"] = write_quantity(observation.level)
        return fields

    return unstructure


@attrs.frozen
class MeasureReference:
    """A target's measure as a file names it, with the measures that the file defines."""

    name: Any
    measures: Mapping[str, Measure | None]


def _register_measure_references(converter: Converter) -> None:
    """Let the targets of a plan name their measure by its id."""
    structure_measure = _record_hook(Measure, converter)

    def measure_hook(value: Any, kind: Any) -> Measure:
        if not isinstance(value, MeasureReference):
            return structure_measure(value, kind)
        name = _text(value.name)
        if name not in value.measures:
            advice = did_you_mean(name, value.measures)
            raise RecordError(f"there is no measure {name!r}: {advice}")
        measure = value.measures[name]
        if measure is None:
            raise RecordError(f"fix the errors in the measure {name!r} first")
        return measure

    # The hooks of a plan are compiled with those of its parts, so this one comes first.
    converter.register_structure_hook(Measure, measure_hook)
    structure_plan = _record_hook(Plan, converter)
    unstructure_plan = _unstructure_mapping(Plan, converter)

    def measure_or_none(raw: Any) -> Measure | None:
        try:
            return structure_measure(raw, Measure)
        except Exception:  # noqa: BLE001 - reported where the plan's measures are read
            return None

    def plan_hook(value: Any, kind: Any) -> Plan:
        fields = _mapping(value, kind)
        measures: dict[str, Measure | None] = {
            raw["id"]: measure_or_none(raw)
            for raw in _list(fields.get("measures"))
            if isinstance(raw, Mapping) and isinstance(raw.get("id"), str)  # pyright: ignore[reportUnknownMemberType]
        }

        def refer(name: Any) -> MeasureReference:
            return MeasureReference(name, measures)

        return structure_plan(_with_target_measures(fields, refer), kind)

    def plan_unhook(plan: Plan) -> dict[str, Any]:
        return _with_target_measures(unstructure_plan(plan), lambda measure: measure["id"])

    converter.register_structure_hook(Plan, plan_hook)
    converter.register_unstructure_hook(Plan, plan_unhook)


def _list(value: Any) -> list[Any]:
    return list(value) if isinstance(value, list | tuple) else []  # pyright: ignore[reportUnknownArgumentType]


def _with_target_measures(
    fields: Mapping[str, Any], change: Callable[[Any], Any]
) -> dict[str, Any]:
    """Return a plan's fields with the measure of each target changed, whatever else is in them."""

    def with_measure(target: Any) -> Any:
        if not isinstance(target, Mapping) or "measure" not in target:
            return target  # pyright: ignore[reportUnknownVariableType]
        return {**target, "measure": change(target["measure"])}  # pyright: ignore[reportUnknownVariableType]

    def with_targets(pathway: Any) -> Any:
        if not isinstance(pathway, Mapping) or "targets" not in pathway:
            return pathway  # pyright: ignore[reportUnknownVariableType]
        targets = [with_measure(target) for target in _list(pathway["targets"])]
        return {**pathway, "targets": targets or pathway["targets"]}  # pyright: ignore[reportUnknownVariableType]

    pathways = [with_targets(pathway) for pathway in _list(fields.get("pathways"))]
    return {**fields, "pathways": pathways} if pathways else dict(fields)
