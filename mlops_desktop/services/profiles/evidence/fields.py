"""The inventory record: each field with the day since when it says what it says.

A monitoring status other than "unmeasured" also tells that the model is measured.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from mlops_desktop.core.erasable import PLACEHOLDER
from mlops_desktop.core.inventory import Monitoring
from mlops_desktop.core.profiles.facts import Fact
from mlops_desktop.services import model_fields
from mlops_desktop.services.profiles.evidence import Asked, Told, fact_on
from mlops_desktop.store.queries import profile_facts

_MODEL = "record.model"
_FIELD = "field."
_MEASURED, _STATUS = "record.measurement", "monitoring_status"
LEADS = {_MEASURED: f"{_FIELD}{_STATUS}"}


def kept(names: frozenset[str]) -> frozenset[str]:
    """Return the fields that a record has, and that there is a model at all."""
    known = {_FIELD + name for name in model_fields.field_names()}
    return names & (known | {_MODEL, _MEASURED})


def gather(asked: Asked) -> Told:
    """Yield nothing: fields are told in columns."""
    return ()


def columns(asked: Asked) -> dict[str, dict[str, Fact]]:
    """Return every field that is filled; one whose text was erased says so."""
    fields = {name: name.removeprefix(_FIELD) for name in asked.names if name.startswith(_FIELD)}
    dates, erased = dates_of(asked), _erased(asked, set(fields.values()))
    found = {name: _column(asked, field, dates, erased) for name, field in fields.items()}
    if _MODEL in asked.names:
        found[_MODEL] = dict.fromkeys(asked.details, fact_on(None))
    if _MEASURED in asked.names:
        status = _column(asked, _STATUS, dates, erased)
        found[_MEASURED] = {
            model: fact
            for model, fact in status.items()
            if asked.details[model][_STATUS] != Monitoring.UNMEASURED
        }
    return found


def _column(
    asked: Asked, field: str, dates: Mapping[str, Mapping[str, str]], erased: frozenset[str]
) -> dict[str, Fact]:
    if model_fields.is_day(field):  # a day counts from itself: a review that is due, that was
        return {
            model: fact_on(value)
            for model, details in asked.details.items()
            if (value := details.get(field)) is not None
        }
    told = dates.get(field, {}).get
    if not model_fields.is_free_text(field):
        return {
            model: fact_on(told(model))
            for model, details in asked.details.items()
            if details.get(field) is not None
        }
    return {
        model: _committed(fact_on(told(model)), value, erased)
        for model, details in asked.details.items()
        if (value := details.get(field)) is not None
    }


def _committed(fact: Fact, value: Mapping[str, str], erased: frozenset[str]) -> Fact:
    digest = value[PLACEHOLDER]
    return Fact(fact.since, None, digest, digest in erased)


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


def dates_of(asked: Asked) -> dict[str, dict[str, str]]:
    """Return by field and model since when each says what it says."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    if any(rule.max_age for rule in asked.profile.rules) or asked.model is not None:
        connection = asked.view.connection
        for model, at, fields in profile_facts.list_field_changes(
            connection, asked.as_of, asked.model
        ):
            for field in fields.split():
                found[field][model] = at
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
