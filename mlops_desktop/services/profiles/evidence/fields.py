"""The inventory record: each field with the day since when it says what it says."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from mlops_desktop.core.erasable import PLACEHOLDER
from mlops_desktop.core.profiles.facts import Fact
from mlops_desktop.services import model_fields
from mlops_desktop.services.profiles.evidence import Asked, Told, fact_on
from mlops_desktop.store.queries import profile_facts

_MODEL = "record.model"
_FIELD = "field."


def kept(names: frozenset[str]) -> frozenset[str]:
    """Return the fields that a record has, and that there is a model at all."""
    known = {_FIELD + name for name in model_fields.field_names()}
    return names & (known | {_MODEL})


def gather(asked: Asked) -> Told:
    """Yield every field that is filled; one whose text was erased says so."""
    wanted = [
        (name, (field := name.removeprefix(_FIELD)), model_fields.is_day(field))
        for name in sorted(kept(asked.names) - {_MODEL})
    ]
    dates, erased = _dates(asked), _erased(asked, {field for _, field, _ in wanted})
    for model, details in asked.details.items():
        yield model, _MODEL, fact_on(None)
        known = dates[model]
        for name, field, is_day in wanted:
            value = details.get(field)
            if value is not None:
                # A day counts from itself: a review that is due, a review that was.
                fact = fact_on(value if is_day else known.get(field))
                yield model, name, _committed(fact, value, erased) if type(value) is dict else fact


def _committed(fact: Fact, value: dict[str, str], erased: frozenset[str]) -> Fact:
    digest = value[PLACEHOLDER]
    return replace(fact, digest=digest, is_erased=digest in erased)


def attributes(asked: Asked) -> Iterator[tuple[str, str, str]]:
    """Yield what conditions ask for, as texts: tier, state, origin, regions, …."""
    for model, details in asked.details.items():
        row = asked.rows[model]
        yield model, "state", row.state.value
        yield model, "approval", row.approval.value
        for name in asked.attributes:
            value: Any = details.get(name)
            for part in value if isinstance(value, list) else (value,):
                if part is not None and not isinstance(part, dict):
                    yield model, name, str(part)


def _dates(asked: Asked) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = defaultdict(dict)
    if any(rule.max_age for rule in asked.profile.rules) or asked.model is not None:
        connection = asked.view.connection
        for model, at, fields in profile_facts.list_field_changes(
            connection, asked.as_of, asked.model
        ):
            found[model].update(dict.fromkeys(fields.split(), at))
    return found


def _erased(asked: Asked, fields: set[str]) -> frozenset[str]:
    prose = [field for field in sorted(fields) if model_fields.is_free_text(field)]
    digests = [
        details[field][PLACEHOLDER]
        for details in asked.details.values()
        for field in prose
        if field in details
    ]
    return profile_facts.find_erased(asked.view.connection, digests)
