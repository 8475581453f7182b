"""One field of many models changed at once: all of them or none, under one signed head."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from mlops_desktop.core import clock
from mlops_desktop.core.changes import Changes
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events.models import ModelEdited
from mlops_desktop.core.inventory import ModelDetails
from mlops_desktop.core.lifecycle import State
from mlops_desktop.services import model_fields
from mlops_desktop.services.models import find_differences, finders_of
from mlops_desktop.services.own_values import check_kept
from mlops_desktop.services.session import Session, commit_text
from mlops_desktop.store.queries import present
from mlops_desktop.store.queries.custom_fields import list_fields
from mlops_desktop.store.queries.models import numbers
from mlops_desktop.store.queries.models_named import find_models
from mlops_desktop.store.unit_of_work import WriteSession

_UNDECIDED = (State.CANDIDATE, State.REJECTED)


@dataclass(frozen=True, slots=True)
class ManyChanged:
    """How many models were changed, and how many had the value before."""

    changed: int
    unchanged: int
    changes: Changes


def change_models(
    session: Session,
    named: Iterable[str],
    field: str,
    text: str,
    *,
    reason: str | None = None,
    effective: datetime | None = None,
) -> ManyChanged:
    """Give one field of many models the same value; a blank text empties it.

    Raises ``bulk.nothing_chosen``, ``bulk.name_refused``, ``import.is_candidate`` for what is no
    model, ``model.nothing_changed`` where all have the value, and refusals of the field.
    """
    wanted = tuple(dict.fromkeys(named))
    if not wanted:
        raise AppError("bulk.nothing_chosen")
    if field == "name":
        raise AppError("bulk.name_refused", where=field)
    with session.workspace.write(session.actor) as work:
        texts = {field: text} if text.strip() else {}
        own = list_fields(work.connection)
        details = model_fields.parse_fields(texts, finders_of(work), own)
        emptied = set() if texts else {field}
        check_kept(own, emptied)
        changed = 0
        for key, known in _known(work, wanted):
            changes, cleared = find_differences(known, details, emptied)
            if changes != ModelDetails() or cleared:
                edited = ModelEdited(key, changes, cleared, commit_text(reason))
                work.record(edited, effective=effective)
                changed += 1
        if not changed:
            raise AppError("model.nothing_changed", id=", ".join(wanted[:5]))
    return ManyChanged(changed, len(wanted) - changed, work.changes)


def _known(work: WriteSession, named: tuple[str, ...]) -> Iterator[tuple[str, ModelDetails]]:
    """Yield id and fields of the models named, each once; refuses one that nobody decided on."""
    keys = tuple(dict.fromkeys(find_models(work.connection, named).values()))
    for key, state in present.current_states(work.connection, keys).items():
        if state.stage in _UNDECIDED:
            number = numbers(work.connection, (key,))[key]
            raise AppError("import.is_candidate", id=number, name=state.details.name or "")
        yield key, state.on(clock.today()).details
