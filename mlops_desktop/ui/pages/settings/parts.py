"""What a section of the page is, and how they are found: each file in sections has a SECTION."""

import pkgutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module

from PySide6.QtWidgets import QWidget

from mlops_desktop.ui.actions import Deed
from mlops_desktop.ui.context import Context


class SettingsSection(QWidget):
    """One matter of the page; read anew when it comes into sight or what it watches changed."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context

    def deeds(self) -> Mapping[str, Deed]:
        """Return what can be done here, by the id of its offer."""
        return {}

    def top(self) -> tuple[str, ...]:
        """Return the actions that stand above, the last of them the one most people come for."""
        return ()

    def reload(self) -> None:
        """Ask for what is shown, in the read lane."""

    def retranslate(self) -> None:
        """Say every word again."""

    def forget(self) -> None:
        """Show nothing of a workspace that is left."""

    def first_focus(self) -> QWidget:
        """Return what takes the keyboard on the way into the section."""
        return self

    def is_open(self) -> bool:
        """Whether a workspace is open and somebody acts in it."""
        return self.context.is_open and bool(self.context.session.actor.person)


@dataclass(frozen=True, slots=True)
class SectionSpec:
    """A section's place among the others; its title is ``settings.section.<id>``."""

    id: str
    order: int
    make: Callable[[Context], SettingsSection]
    watches: frozenset[str] = frozenset()


@cache
def find_sections() -> tuple[SectionSpec, ...]:
    """Return the SECTION of every module in ``sections``, by order."""
    from mlops_desktop.ui.pages.settings import sections

    found = []
    for module in pkgutil.iter_modules(sections.__path__, f"{sections.__name__}."):
        spec = getattr(import_module(module.name), "SECTION", None)
        if isinstance(spec, SectionSpec):
            found.append(spec)
    return tuple(sorted(found, key=lambda spec: spec.order))
