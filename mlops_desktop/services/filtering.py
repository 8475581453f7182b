"""The filter line of lists: words and ``key:value``, for window and command line alike."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from enum import StrEnum
from typing import TypeVar

from mlops_desktop.core import clock
from mlops_desktop.core.approval_state import Approval
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.inventory import Origin
from mlops_desktop.core.lifecycle import Scope, State
from mlops_desktop.ledger.text import clean_text
from mlops_desktop.services.incident_filtering import read_incident
from mlops_desktop.services.judged_filtering import JUDGED
from mlops_desktop.services.model_fields import field_names
from mlops_desktop.services.profiles.filtering import read_term
from mlops_desktop.store.collation import sort_key
from mlops_desktop.store.queries.custom_terms import Comparison, FieldTerm
from mlops_desktop.store.queries.entities import EntityTerm
from mlops_desktop.store.queries.model_filter import RegimeTerm
from mlops_desktop.store.queries.models import ModelFilter
from mlops_desktop.store.queries.record_terms import RecordTerm

_PIECE = re.compile(r'(?:([a-z]+):)?(?:"([^"]*)"?|([^\s"]+[=<>]"[^"]*"?|\S+))')
NOBODY = "none"
"""Asks for models without an owner, or whose owner was revoked; or that nobody rated."""
_EXPIRING = "expiring"
_DAYS = re.compile(r"<?(\d{1,4})d")
_OWN = re.compile(r"([^=<>]+?)\s*(?:(<=|>=|=|<|>)\s*(.*))?")
E_ = TypeVar("E_", bound=StrEnum)


def filter_keys() -> tuple[str, ...]:
    """Return the keys that a filter knows."""
    return tuple(_KEYS)


def filter_term(key: str, value: str) -> str:
    """Return a condition as the filter line takes it, quoted where the value has blanks."""
    return f'{key}:"{value}"' if value.split() != [value] else f"{key}:{value}"


def parse_filter(text: str, base: ModelFilter | None = None) -> ModelFilter:
    """Return ``base`` narrowed by a filter line such as ``pd tier:1 owner:"Corinna Wolters"``.

    A key given twice means either, but each ``field:`` must hold: ``field:budget>100000``
    compares, ``field:contact`` asks for any value, ``field:contact=none`` for none.
    ``due:<30d`` and ``due:2026-12-31`` mean due by then, ``due:2026-10-01..2026-12-31`` between
    two days, ``regime:eu-ai-act=out`` that a regime
    does not concern a model, ``origin:vendor``, ``line:Leasing`` (business line),
    ``region:EU``, ``monitoring:Wolters``, ``person:Wolters`` (on the record or owner of a use),
    ``usedby:Leasing``, ``has:runbook`` and ``lacks:fallback`` ask for the record,
    ``incident:open``, ``incident:any`` and ``incident:I-00002`` for models that learned from
    bad data, ``tests:red`` for those of which a version that serves, or the newest tested one,
    has a red test, ``gate:refused`` for those in production against the gate, ``measured:no``
    and ``approval:expiring``, ``profile:osfi-e23=missing`` and
    ``profile:osfi-e23/E23-A1-04=gap`` how a model stands.

    Raises ``filter.unknown_key`` and ``filter.value_refused``, each with ``--filter`` in ``where``.
    """
    found = base or ModelFilter()
    for key, quoted, plain in _PIECE.findall(clean_text(text)):
        value = quoted or plain
        if key and not value.startswith("//"):
            found = _narrow(found, key, value)
        elif value and value.removesuffix(":") not in _KEYS:  # a key still without its value
            found = replace(found, words=(*found.words, f"{key}:{value}" if key else value))
    return found


def _narrow(found: ModelFilter, key: str, value: str) -> ModelFilter:
    if key not in _KEYS:
        known = ", ".join(_KEYS)
        raise AppError("filter.unknown_key", where="--filter", name=key, known=known)
    return _KEYS[key](found, value)


def _one_of(kind: type[E_], key: str, value: str) -> E_:
    try:
        return kind(value.lower().replace("-", "_"))
    except ValueError:
        raise _refuse(key, value, ", ".join(item.value for item in kind)) from None


def _refuse(key: str, value: str, allowed: str) -> AppError:
    return AppError(
        "filter.value_refused", where="--filter", name=key, value=value, allowed=allowed
    )


def _state(found: ModelFilter, value: str) -> ModelFilter:
    return replace(found, states=(*found.states, _one_of(State, "state", value)))


def _scope(found: ModelFilter, value: str) -> ModelFilter:
    return replace(found, scope=_one_of(Scope, "scope", value))


def _judged(key: str) -> Callable[[ModelFilter, str], ModelFilter]:
    def narrow(found: ModelFilter, value: str) -> ModelFilter:
        term = f"{key}:{value.lower()}"
        if term not in JUDGED:
            allowed = (one.partition(":")[2] for one in JUDGED if one.startswith(f"{key}:"))
            raise _refuse(key, value, ", ".join(allowed))
        return replace(found, judged=(*found.judged, term))

    return narrow


def _approval(found: ModelFilter, value: str) -> ModelFilter:
    if value.lower() == _EXPIRING:
        return _judged("approval")(found, value)
    return replace(found, approvals=(*found.approvals, _one_of(Approval, "approval", value)))


def _tier(found: ModelFilter, value: str) -> ModelFilter:
    if value == NOBODY:
        return replace(found, tiers=(*found.tiers, None))
    if not (value.isascii() and value.isdigit() and len(value) == 1):
        raise _refuse("tier", value, "1, 2, 3, 4, none")
    return replace(found, tiers=(*found.tiers, int(value)))


def _owner(found: ModelFilter, value: str) -> ModelFilter:
    if value == NOBODY:
        return replace(found, is_ownerless=True)
    return replace(found, owners=(*found.owners, sort_key(value)))


def _source(found: ModelFilter, value: str) -> ModelFilter:
    return replace(found, sources=(*found.sources, value))


def _due(found: ModelFilter, value: str) -> ModelFilter:
    first, dots, last = value.partition("..")
    since = _by("due", first) if dots else None
    return replace(found, due_from=since, due_by=_by("due", last if dots else value))


def _rerating(found: ModelFilter, value: str) -> ModelFilter:
    return replace(found, rate_by=_by("rerating", value))


def _by(key: str, value: str) -> date:
    days = _DAYS.fullmatch(value)
    if days:
        return clock.today() + timedelta(days=int(days[1]))
    try:
        return date.fromisoformat(value.removeprefix("<"))
    except ValueError:
        between = ", 2026-10-01..2026-12-31" if key == "due" else ""
        raise _refuse(key, value, f"<30d, 2026-12-31{between}") from None


def _profile(found: ModelFilter, value: str) -> ModelFilter:
    return replace(found, rules=(*found.rules, read_term(value)))


def _field(found: ModelFilter, value: str) -> ModelFilter:
    match = _OWN.fullmatch(value)
    if match is None:
        raise _refuse("field", value, f"name, name=…, name<…, name={NOBODY}")
    name, sign, told = match[1], match[2], (match[3] or "").strip('"').strip()
    if not sign:
        term = FieldTerm(name, Comparison.THERE)
    elif sign == "=" and told in ("", NOBODY):
        term = FieldTerm(name, Comparison.MISSING)
    else:
        term = FieldTerm(name, Comparison(sign), told)
    return replace(found, fields=(*found.fields, term))


def _origin(found: ModelFilter, value: str) -> ModelFilter:
    return with_recorded(found, RecordTerm(("origin",), (_one_of(Origin, "origin", value).value,)))


def _monitoring(found: ModelFilter, value: str) -> ModelFilter:
    """Narrow to models that somebody monitors, or stands in for who does."""
    return with_recorded(found, RecordTerm(("monitoring_owner", "monitoring_deputy"), (value,)))


def _person(found: ModelFilter, value: str) -> ModelFilter:
    """Narrow to models that somebody answers for: on the record, or for a use of it."""
    return replace(found, persons=(*found.persons, value))


def _of(field: str) -> Callable[[ModelFilter, str], ModelFilter]:
    return lambda found, value: with_recorded(found, RecordTerm((field,), (value,)))


def _held(key: str, *, is_empty: bool) -> Callable[[ModelFilter, str], ModelFilter]:
    def narrow(found: ModelFilter, value: str) -> ModelFilter:
        name = value.lower().replace("-", "_")
        if name not in field_names():
            raise _refuse(key, value, ", ".join(field_names()))
        return with_recorded(found, RecordTerm((name,), is_empty=is_empty))

    return narrow


def with_recorded(found: ModelFilter, term: RecordTerm) -> ModelFilter:
    """Add a term about the record; one of the same sort before it means either."""
    sort = bool(term.values), term.is_empty
    for at, old in enumerate(found.records):
        alike = (bool(old.values), old.is_empty) == sort
        if alike and (not term.values or old.fields == term.fields):
            both = RecordTerm(
                tuple(dict.fromkeys((*old.fields, *term.fields))),
                (*old.values, *term.values),
                term.is_empty,
            )
            return replace(found, records=(*found.records[:at], both, *found.records[at + 1 :]))
    return replace(found, records=(*found.records, term))


def _regime(found: ModelFilter, value: str) -> ModelFilter:
    regime, _, said = value.lower().partition("=")
    if said not in ("", "in", "out"):
        raise _refuse("regime", value, "eu-ai-act, eu-ai-act=in, eu-ai-act=out")
    kinds = [said == "in"] if said else [True, False]
    terms = (RegimeTerm(regime, is_in) for is_in in kinds)
    return replace(found, regimes=(*found.regimes, *terms))


def _incident(found: ModelFilter, value: str) -> ModelFilter:
    return replace(found, incidents=(*found.incidents, read_incident(value)))


def _entity(field: str | None) -> Callable[[ModelFilter, str], ModelFilter]:
    def narrow(found: ModelFilter, value: str) -> ModelFilter:
        return replace(found, entities=(*found.entities, EntityTerm(value, field)))

    return narrow


_KEYS: dict[str, Callable[[ModelFilter, str], ModelFilter]] = {
    "state": _state,
    "tier": _tier,
    "owner": _owner,
    "approval": _approval,
    "source": _source,
    "entity": _entity(None),
    "origin": _origin,
    "line": _of("business_line"),
    "region": _of("regions"),
    "monitoring": _monitoring,
    "person": _person,
    "has": _held("has", is_empty=False),
    "lacks": _held("lacks", is_empty=True),
    "regime": _regime,
    "developedby": _entity("developed_by"),
    "usedby": _entity("used_by"),
    "due": _due,
    "rerating": _rerating,
    "incident": _incident,
    "tests": _judged("tests"),
    "gate": _judged("gate"),
    "measured": _judged("measured"),
    "profile": _profile,
    "field": _field,
    "scope": _scope,
}
