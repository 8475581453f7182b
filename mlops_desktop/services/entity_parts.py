"""Which part each legal entity has in a model, and how the approval stands there."""

from dataclasses import dataclass
from datetime import date

from mlops_desktop.core.approval_state import HOLDING, Approval
from mlops_desktop.core.approvals import assess
from mlops_desktop.core.entity_use import is_entity_id
from mlops_desktop.core.inventory import ENTITY_FIELDS
from mlops_desktop.core.model_state import ModelState
from mlops_desktop.core.standing import GRANTED
from mlops_desktop.services.models import ModelSheet

SERVED, APPROVED = "served", "approved"


@dataclass(frozen=True, slots=True)
class EntityPart:
    """A legal entity that has to do with a model.

    ``roles`` are fields of the record that name it, ``served`` where a deployment does and
    ``approved`` where an approval that holds does; ``versions`` serve it in production.
    """

    id: str
    name: str
    roles: tuple[str, ...]
    approval: Approval
    versions: tuple[str, ...]
    requests: tuple[str, ...]
    """The ids of the approvals that hold for it."""
    is_on_paper: bool = False
    """Whether what holds for it was recorded from paper and nothing of it signed here."""

    @property
    def is_use(self) -> bool:
        """Whether it uses the model, or may; who only developed it needs no approval."""
        return bool({"used_by", SERVED, APPROVED}.intersection(self.roles))


def parts_of(sheet: ModelSheet, day: date) -> tuple[EntityPart, ...]:
    """Return every registered entity that has to do with a model on a day, by name."""
    found = _roles(sheet.state, day)
    parts = (_part(sheet, id, tuple(dict.fromkeys(roles)), day) for id, roles in found.items())
    return tuple(sorted(parts, key=lambda part: part.name.casefold()))


def _roles(state: ModelState, day: date) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for field in ENTITY_FIELDS:
        value = getattr(state.details, field)
        for id in value if isinstance(value, tuple) else (value,):
            if id is not None and is_entity_id(id):
                found.setdefault(id, []).append(field)
    for serving in state.productive:
        if serving.entity is not None:
            found.setdefault(serving.entity, []).append(SERVED)
    for request in state.permissions:
        if assess(request, day) in GRANTED:
            for id in request.holds_for or ():
                found.setdefault(id, []).append(APPROVED)
    return found


def _part(sheet: ModelSheet, id: str, roles: tuple[str, ...], day: date) -> EntityPart:
    state = sheet.state
    served = [item for item, entity in state.uses if entity in (id, None)]
    # Of a version that serves no more an approval may still hold; it says nothing of this use.
    asked = {one.id: one for item in served for one in state.asked_of(item, id)}
    held = asked.values() if served else state.permissions
    holding = [one for one in held if one.covers(id) and assess(one, day) in GRANTED]
    approval = state.approval_in(id, day)
    signed = [one for one in holding if one.paper is None]
    serving = {item.label for item in served}
    return EntityPart(
        id,
        sheet.names.get(id, id),
        roles,
        approval,
        tuple(sorted(serving)) if {"used_by", SERVED}.intersection(roles) else (),
        tuple(one.id for one in holding),
        bool(holding) and not signed and approval in HOLDING,
    )
