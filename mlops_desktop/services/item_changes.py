"""What an edit of an item changes, and what it may not."""

from mlops_desktop.core.details import fields_set, is_empty
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.identity import Person
from mlops_desktop.core.items.details import ItemDetails
from mlops_desktop.core.items.kinds import ItemKind
from mlops_desktop.core.items.state import Bonds, ItemState, edit_refusal


def differences(
    before: ItemDetails, wanted: ItemDetails, emptied: set[str]
) -> tuple[ItemDetails, tuple[str, ...]]:
    """Return the fields whose values differ, and the names of those emptied."""
    changed = {
        name: getattr(wanted, name)
        for name in fields_set(wanted)
        if _plain(getattr(wanted, name)) != _plain(getattr(before, name))
    }
    cleared = tuple(sorted(name for name in emptied if not is_empty(getattr(before, name))))
    return type(wanted)(**changed), cleared


def _plain(value: object) -> object:
    # Two commitments to the same text differ by salt; what people see is the text.
    return getattr(value, "text", value)


def check_touched(kind: ItemKind, names: frozenset[str], cleared: frozenset[str]) -> None:
    """Raise ``item.field_missing`` for what must be there, ``item.field_frozen`` for what stays."""
    for name in sorted(cleared.intersection(kind.required)):
        raise AppError("item.field_missing", where=name, field=name, kind=kind.noun)
    for name in sorted((names | cleared) & kind.frozen):
        raise AppError("item.field_frozen", where=name, field=name, kind=kind.noun)


def moved_models(state: ItemState, models: tuple[str, ...]) -> tuple[str, ...]:
    """Return ``models`` where an edit names others than the item is about."""
    return () if set(models) in (set(), set(state.models)) else ("models",)


def check_edit(
    kind: ItemKind, state: ItemState, person: Person, bonds: Bonds, changed: set[str]
) -> None:
    """Raise ``item.refused_<rule>`` where a rule keeps a person from changing these fields."""
    rule = edit_refusal(kind, state, person, bonds, changed)
    if rule is None:
        return
    fixed = min(changed & {*kind.given_by_steps, "models"}, default="")
    where = fixed if rule == "by_step" else None
    raise AppError(
        f"item.refused_{rule}", where=where, person=person.name, stage=state.stage, step="edit",
        field=fixed,
    )  # fmt: skip
