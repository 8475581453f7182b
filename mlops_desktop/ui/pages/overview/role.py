"""What a role is on the Overview, and how roles are found: each module in ``roles`` is one."""

import pkgutil
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mlops_desktop.services.overview.cards import Card, Look


@dataclass(frozen=True, slots=True)
class RoleSpec:
    """A role to choose: ``title`` and ``purpose`` are keys of the wording.

    ``read`` runs in the read lane and imports its service there. ``held`` are roles of persons in
    the ledger to whom this Overview is suggested.
    """

    id: str
    order: int
    title: str
    purpose: str
    read: "Callable[[Look], tuple[Card, ...]]"
    held: frozenset[str] = frozenset()
    watches: frozenset[str] = frozenset()
    """Kinds of records whose changes make these cards be read again."""
    is_scoped: bool = False
    """Whether the cards keep to the acting person's scope; others are about own models, or all."""
    remembers: bool = False
    """Whether the desk keeps when a person last looked, to show what differs since."""


@cache
def find_roles() -> tuple[RoleSpec, ...]:
    """Return the ROLE of every module in ``roles``, by order."""
    from mlops_desktop.ui.pages.overview import roles

    found = []
    for module in pkgutil.iter_modules(roles.__path__, f"{roles.__name__}."):
        spec = getattr(import_module(module.name), "ROLE", None)
        if isinstance(spec, RoleSpec):
            found.append(spec)
    return tuple(sorted(found, key=lambda spec: spec.order))


def role_named(id: str) -> RoleSpec | None:
    """Return the role of that id, None where there is none."""
    return next((spec for spec in find_roles() if spec.id == id), None)
