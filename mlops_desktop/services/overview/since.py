"""What differs of a model since a place in the ledger, a sentence a field."""

from datetime import date

from mlops_desktop.core.asof import AsOf
from mlops_desktop.core.lifecycle import State
from mlops_desktop.services.differences import FieldChange, compare_model
from mlops_desktop.services.model_fields import field_names
from mlops_desktop.services.overview.cards import Look, Looked, Said, Value, said
from mlops_desktop.services.session import Session
from mlops_desktop.store.queries.events import last_act

_LONGEST = 60
_CODED = {"state": "models.state", "approval": "models.approval"}
_DAYS = frozenset({"next_review", "last_review"})
_OF_ROWS = ("state", "approval", "serving")


def begin_of(look: Look) -> tuple[Looked, bool] | None:
    """Return from when on differences are told, and whether the desk remembered it.

    Who looks for the first time was here when they last recorded something; who never did, never.
    """
    if look.looked is not None:
        return look.looked, True
    found = _last_act(look.session)
    return (found, False) if found is not None else None


def _last_act(session: Session) -> Looked | None:
    with session.workspace.read() as view:
        found = last_act(view.connection, session.actor.person)
    return Looked(*found) if found is not None else None


def changed_since(look: Look, model: str, size: int) -> tuple[Said, ...]:
    """Return a sentence for each field of a model that differs since the ledger had ``size``."""
    with look.session.workspace.read() as view:
        found = compare_model(view, model, AsOf(size=size), look.as_of)
    if found.is_new:
        return (said("overview.since.new_model"),)
    return tuple(map(change_said, found.fields))


def change_said(one: FieldChange) -> Said:
    """Return a field with its value before and after; of two texts one too long, that it is new.

    Their beginnings are mostly the same words, and where they differ is read on the model.
    """
    if one.before and one.after and max(len(one.before), len(one.after)) > _LONGEST:
        return said("overview.since.reworded", field=field_said(one.field))
    return said(
        "overview.since.field",
        field=field_said(one.field),
        before=_value(one.field, one.before),
        after=_value(one.field, one.after),
    )


def field_said(field: str) -> Value:
    """Return a field by its word; one of the workspace's own by its key."""
    is_ours = field in field_names() or field in _OF_ROWS
    return said(f"models.field.{field}") if is_ours else field


def _value(field: str, text: str | None) -> Value:
    if text is None:
        return said("overview.since.nothing")
    if field in _CODED:
        is_known = field != "state" or text in set(State)
        return said(f"{_CODED[field]}.{text}") if is_known else text
    if field in _DAYS:
        return date.fromisoformat(text)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
