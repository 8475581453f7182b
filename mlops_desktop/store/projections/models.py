"""Models: their current row, and their state after every event that concerns them."""

import sqlalchemy as sa

from mlops_desktop.core import clock, folds
from mlops_desktop.core.entity_use import is_entity_id
from mlops_desktop.core.events.approvals import (
    ApprovalDecided,
    ApprovalRecused,
    ApprovalRequested,
    ApprovalRevoked,
    ApprovalWithdrawn,
    ConditionMet,
)
from mlops_desktop.core.events.candidates import (
    CandidateAccepted,
    CandidateFound,
    CandidateMatched,
    CandidateRejected,
)
from mlops_desktop.core.events.deployments import DeploymentClosed, DeploymentOpened
from mlops_desktop.core.events.entries import EntryRenamed
from mlops_desktop.core.events.meetings import ResolutionSigned
from mlops_desktop.core.events.models import ModelEdited, ModelMoved, ModelRegistered
from mlops_desktop.core.events.papers import PaperConfirmed, PaperRecorded, PaperRejected
from mlops_desktop.core.events.registry import Signature
from mlops_desktop.core.events.tiering import (
    ModelTiered,
    ModelTierOverridden,
    ModelTierOverrideEnded,
)
from mlops_desktop.core.events.validations import ValidationMoved
from mlops_desktop.core.events.versions import VersionChanged, VersionReturned
from mlops_desktop.core.folds.validations import APPROVING
from mlops_desktop.core.inventory import ModelDetails, number_text
from mlops_desktop.core.model_state import Happening, ModelState, apply
from mlops_desktop.store import custom_keys, entity_keys, records
from mlops_desktop.store.collation import search_text, sort_key
from mlops_desktop.store.dating import by_date, is_dated_back
from mlops_desktop.store.envelopes import subject_of
from mlops_desktop.store.numbering import MODEL, number_for
from mlops_desktop.store.projections.registry import projects
from mlops_desktop.store.rows import Row, Rows
from mlops_desktop.store.tables.custom_fields import custom_values
from mlops_desktop.store.tables.items import items as item_rows
from mlops_desktop.store.tables.items import model_reports
from mlops_desktop.store.tables.projected import model_states, models, people

folds.load()
_CREATIONS = (ModelRegistered, CandidateFound)


@projects(
    ModelRegistered,
    ModelEdited,
    ModelMoved,
    CandidateFound,
    CandidateAccepted,
    CandidateRejected,
    CandidateMatched,
    EntryRenamed,
    DeploymentOpened,
    DeploymentClosed,
    ApprovalRequested,
    ApprovalDecided,
    ApprovalWithdrawn,
    ApprovalRevoked,
    ApprovalRecused,
    ConditionMet,
    PaperRecorded,
    PaperConfirmed,
    PaperRejected,
    ResolutionSigned,
    VersionChanged,
    VersionReturned,
    ModelTiered,
    ModelTierOverridden,
    ModelTierOverrideEnded,
)
def project_model(rows: Rows, happening: Happening, _: Signature | None) -> None:
    """Advance a model by one event; an event dated back folds the model's history again."""
    advance_model(rows, subject_of(happening.payload), happening)


@projects(ValidationMoved)
def project_report(rows: Rows, happening: Happening, _: Signature | None) -> None:
    """Advance the models of a validation whose report was just approved."""
    payload = happening.payload
    if not isinstance(payload, ValidationMoved) or payload.step != APPROVING:
        return
    item = rows.get(item_rows, payload.item)
    for model in records.texts(str(item["models"])) if item is not None else ():
        key: Row = {"model": model, "position": happening.position, "item": payload.item}
        rows.put(model_reports, key)
        if rows.get(models, model) is not None:
            advance_model(rows, model, happening)


def advance_model(rows: Rows, model: str, happening: Happening) -> None:
    """Write the model after an event that concerns it; dated back, from its date on."""
    rows.touched.add(("model", model))
    current = None if isinstance(happening.payload, _CREATIONS) else rows.get(models, model)
    before = _state(rows, model, current)
    effective = clock.to_text(happening.effective)
    if current is not None and effective < str(current["effective"]):
        if is_dated_back(happening):
            _fold_again(rows, model, happening)
            return
        effective = str(current["effective"])
    after = apply(happening.payload, before, happening)
    if after is not None and after is not before:
        _write(rows, after, happening, effective, current)


def _state(rows: Rows, model: str, current: Row | None) -> ModelState | None:
    known = rows.states.get(model)
    if known is None and current is not None:
        opened = rows.opened(str(current["record"]))
        known = records.from_text(ModelState, str(current["record"]), opened)
        rows.states[model] = known
    return known


def _fold_again(rows: Rows, model: str, happening: Happening) -> None:
    """Write the states from the event's effective date on, as they are known since it."""
    since = clock.to_text(happening.effective)
    state: ModelState | None = None
    for effective, items in by_date(_history(rows, model), _CREATIONS):
        for item in items:
            state = apply(item.payload, state, item)
        if state is not None and effective >= since:
            _write(rows, state, happening, effective, rows.get(models, model))


def _history(rows: Rows, model: str) -> list[Happening]:
    """Return a model's own events, and the approvals of reports of validations about it."""
    c = model_reports.c
    told = rows.select(sa.select(c.position, c.item).where(c.model == model))
    positions = {int(str(row["position"])) for row in told}
    found = list(rows.history(model))
    for item in dict.fromkeys(str(row["item"]) for row in told):
        found += (one for one in rows.history(item) if one.position in positions)
    return sorted(found, key=lambda one: one.position)


def _write(
    rows: Rows, state: ModelState, happening: Happening, effective: str, current: Row | None
) -> None:
    number = current["number"] if current is not None else number_for(rows, MODEL, state.id)
    row = _row(rows, state, happening, effective)
    row["number"] = number
    rows.states[state.id] = state
    rows.add(model_states, row)
    search = _search(rows, state, number_text(int(str(number))))
    rows.put(models, {**row, "search": search})
    _index(rows, row, current)


def _index(rows: Rows, row: Row, before: Row | None) -> None:
    """Keep by what the model's values of the workspace's own fields are found now."""
    held = custom_keys.from_text(before["custom"]) if before is not None else {}
    keys = custom_keys.from_text(row["custom"])
    if keys == held:
        return
    for name in held.keys() | keys.keys():
        found: Row = {"model": row["id"], "field": name, "number": row["number"]}
        rows.put(custom_values, {**found, "key": keys.get(name)})


def _row(rows: Rows, state: ModelState, happening: Happening, effective: str) -> Row:
    on = clock.from_text(effective).date()
    details = state.details
    owner = _person_name(rows, details.owner)
    until = state.approved_until(on)
    serving = sorted({item.label for item in state.serving if item.environment == "production"})
    return {
        "id": state.id,
        "stage": state.stage.value,
        "state": state.state(on).value,
        "name": details.name or "",
        "name_key": sort_key(details.name or ""),
        "tier": details.tier,
        **_tier(state),
        "owner": details.owner,
        "owner_name": owner,
        "owner_key": sort_key(owner),
        "approval": state.approval(on).value,
        "approved_until": until.isoformat() if until else None,
        "on_paper": int(state.is_on_paper(on)),
        "serving": ", ".join(serving),
        "next_review": details.next_review.isoformat() if details.next_review else None,
        "source": state.source or "",
        "successor": state.successor,
        "updated_at": clock.to_text(happening.at),
        "position": happening.position,
        "effective": effective,
        **_keys(details),
        "record": records.to_text(state),
    }


def _keys(details: ModelDetails) -> Row:
    """Return by what a model is found besides its own columns."""
    held = {one.name: custom_keys.key_of(one) for one in details.custom}
    return {"custom": custom_keys.to_text(held), "entities": entity_keys.to_text(details)}


def _tier(state: ModelState) -> Row:
    """Return until when an override holds, the tier after it, and when to rate again."""
    rating, override = state.rating, state.override
    return {
        "tier_until": override.until.isoformat() if override else None,
        "tier_after": rating.computed.tier if rating and override else None,
        "tier_due": rating.due.isoformat() if rating else None,
    }


def _person_name(rows: Rows, person: str | None) -> str:
    if person is None:
        return ""
    found = rows.get(people, person)
    return str(found["name"]) if found else person


def _entity_name(rows: Rows, value: str | None) -> str | None:
    found = rows.get(item_rows, value) if value and is_entity_id(value) else None
    return str(found["title"]) if found else value


def _search(rows: Rows, state: ModelState, number: str) -> str:
    details = state.details
    texts = (details.description, details.purpose, details.products, details.users)
    return search_text(
        number,
        details.name,
        *(one.name for one in state.former_names),
        details.register_id,
        _person_name(rows, details.owner),
        details.methodology,
        details.vendor,
        *(_entity_name(rows, value) for value in (details.developed_by, *details.used_by)),
        details.business_line,
        state.source,
        *details.regions,
        *(item.text for item in texts if item is not None),
        *(one.text.text for one in details.custom if one.text is not None),
    )
