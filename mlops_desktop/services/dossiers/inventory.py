"""The inventory record of a model as a dossier prints it, gaps with their reasons."""

from collections.abc import Iterator, Mapping
from datetime import date
from enum import StrEnum

from mlops_desktop.core.approvals import GRANTED
from mlops_desktop.core.erasable import Erasable
from mlops_desktop.core.inventory import (
    ENTITY_FIELDS,
    PERSON_FIELDS,
    SECTIONS,
    Indicator,
    ModelDetails,
    Origin,
)
from mlops_desktop.core.lifecycle import State
from mlops_desktop.core.quorum import APPROVING, missing
from mlops_desktop.core.rules import Kind as RequestKind
from mlops_desktop.dossier.appendix import OSFI_APPENDIX_1
from mlops_desktop.dossier.content import Field, Kind, Missing, Reason, Section, Value
from mlops_desktop.services.dossiers.erased import gap_of
from mlops_desktop.services.dossiers.own_fields import build_own
from mlops_desktop.services.dossiers.standing import approval_of
from mlops_desktop.services.models import ModelSheet
from mlops_desktop.store.queries.approvals import RequestRow
from mlops_desktop.store.queries.succession import ModelName

_REFERENCES = {name: reference for reference, name in OSFI_APPENDIX_1}
_RENAMED = {"purpose": "approved_uses"}


def build_inventory(sheet: ModelSheet, requests: tuple[RequestRow, ...]) -> tuple[Section, ...]:
    """Return every field of the record by section, what is derived beside what people typed."""
    details, names = sheet.state.details, sheet.names
    sections = []
    for name, fields in SECTIONS.items():
        rows = [_field(field, details, names) for field in fields]
        if name == "identity":
            rows = [
                *_identity(sheet, requests),
                *rows,
                *_former(sheet),
                *_serving(sheet),
                *_succession(sheet),
            ]
        if name == "roles":
            rows.append(_approver(requests))
        sections.append(Section(name, tuple(rows)))
    return (*sections, *build_own(sheet))


def _row(name: str, values: tuple[Value, ...] | Missing) -> Field:
    reference = _REFERENCES.get(name)
    return Field(name, values, (reference,) if reference else ())


def _texts(*texts: str) -> tuple[Value, ...]:
    return tuple(Value(Kind.TEXT, text) for text in texts)


def _identity(sheet: ModelSheet, requests: tuple[RequestRow, ...]) -> list[Field]:
    return [
        _row("model_id", _texts(sheet.row.id)),
        _row("state", (Value(Kind.CODE, sheet.row.state.value),)),
        _row("approval", approval_of(sheet, requests)),
    ]


def _serving(sheet: ModelSheet) -> list[Field]:
    running = [item for item in sheet.deployments if item.until is None]
    productive = [item for item in running if item.environment == "production"]
    labels = {version.key: version.details.version for version in sheet.versions}
    missing = Missing(Reason.NONE_YET)
    first: dict[str, str] = {}
    for item in productive:
        label = labels.get(item.version, item.version)
        first[label] = min(first.get(label, item.since), item.since)
    versions, since = _texts(*first), tuple(Value(Kind.TIME, at) for at in first.values())
    return [_row("version", versions or missing), _row("deployed_at", since or missing)]


def _former(sheet: ModelSheet) -> list[Field]:
    """Return the names the model bore before, each until its day, if it did."""
    values = (
        part
        for one in sheet.state.former_names
        for part in (Value(Kind.TEXT, one.name), Value(Kind.DATE, one.until.isoformat()))
    )
    told = tuple(values)
    return [_row("former_names", told)] if told else []


def _succession(sheet: ModelSheet) -> list[Field]:
    """Return by what a retired model is replaced, and what a model replaces, if it does."""
    rows = []
    if sheet.state.stage is State.RETIRED:
        heirs = _models(sheet.replaced_by) if sheet.replaced_by else ()
        rows.append(_row("replaced_by", heirs or Missing(Reason.NOT_RECORDED)))
    if sheet.replaces:
        rows.append(_row("replaces", _models(*sheet.replaces)))
    return rows


def _models(*models: ModelName) -> tuple[Value, ...]:
    return _texts(*(f"{model.id} {model.name}".strip() for model in models))


def _approver(requests: tuple[RequestRow, ...]) -> Field:
    """Return who approved what is granted: persons who signed, committees, bodies on paper."""
    granted = [row for row in requests if row.status in GRANTED]
    named = {name for row in granted for name in _approving(row)}
    return _row("approver", _texts(*sorted(named)) or Missing(Reason.NONE_YET))


def _approving(row: RequestRow) -> Iterator[str]:
    is_report = row.kind is RequestKind.VALIDATION_REPORT
    if row.paper is not None and row.confirmation is not None and not is_report:
        yield row.paper.body.text or "…"
    signed = [one.decided for one in row.decisions if one.decided is not None]
    yield from (one.name.text or one.person for one in signed if one.decision in APPROVING)
    rule, state = row.state.rule_kept, row.state
    lacking = missing(rule, state.casts, state.resolutions)
    yield from (step.committee for step in rule.steps if step.committee and not lacking[step.id])


def _field(name: str, details: ModelDetails, names: Mapping[str, str]) -> Field:
    value = getattr(details, name)
    shown = _RENAMED.get(name, name)
    if name == "vendor" and value is None and details.origin is Origin.IN_HOUSE:
        return _row(shown, Missing(Reason.NOT_APPLICABLE))
    if value in (None, ()):
        return _row(shown, Missing(Reason.NOT_RECORDED))
    if isinstance(value, Erasable):
        text = value.text
        return _row(shown, gap_of(value) if text is None else _texts(text))
    if name in PERSON_FIELDS:
        return _row(shown, _texts(names.get(str(value), str(value))))
    if name in ENTITY_FIELDS:
        held = value if isinstance(value, tuple) else (str(value),)
        return _row(shown, _texts(*(names.get(one, one) for one in held)))
    return _row(shown, _typed(value))


def _indicator(one: Indicator) -> tuple[Value, ...]:
    return Value(Kind.TEXT, one.name), Value(Kind.DATE, one.updated.isoformat())


def _typed(value: object) -> tuple[Value, ...]:
    match value:
        case tuple() if value and isinstance(value[0], Indicator):
            return tuple(part for one in value for part in _indicator(one))
        case tuple():
            return _texts(*(str(part) for part in value))
        case StrEnum():
            return (Value(Kind.CODE, value.value),)
        case date():
            return (Value(Kind.DATE, value.isoformat()),)
        case int():
            return (Value(Kind.COUNT, str(value)),)
        case _:
            return _texts(str(value))
