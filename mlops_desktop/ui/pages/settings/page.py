"""The page Settings: a tab for each matter, and in it what holds now and how it is changed."""

from collections.abc import Mapping

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from mlops_desktop.ui.actions import Deed, bind
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.page import Page
from mlops_desktop.ui.pages.settings.offers import OFFERS
from mlops_desktop.ui.pages.settings.parts import SettingsSection, find_sections
from mlops_desktop.ui.widgets.matters import Matters


class SettingsPage(Page):
    """Sections found by file; each reads for itself."""

    past_note = "as_of.note.settings"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._specs = find_sections()
        self.watches = frozenset().union(*(spec.watches for spec in self._specs))
        self.sections = {spec.id: spec.make(context) for spec in self._specs}
        context.actions.add(*bind("settings", OFFERS, self._deeds()))
        self._matters = Matters(context)
        self.tabs = self._matters.tabs
        for section in self.sections.values():
            self._matters.add(section, section.top())
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 0, 24, 16)
        column.addWidget(self._matters)
        self.retranslate()
        self._matters.changed.connect(self._on_section)
        context.workspace_changed.connect(self._on_workspace)

    def reload(self) -> None:
        """Ask for what the section in sight shows."""
        self.section().reload()

    def showEvent(self, event: QShowEvent) -> None:
        """Ask anew: size, proof and keys change without anybody telling."""
        self._stale = True
        super().showEvent(event)

    def retranslate(self) -> None:
        """Say every word again."""
        say = self.context.say
        titles = (say(f"settings.section.{id}") for id in self.sections)
        self._matters.say(say("settings.sections"), titles)
        for section in self.sections.values():
            section.retranslate()

    def section(self) -> SettingsSection:
        """Return the section in sight."""
        return self.sections[self._specs[self._matters.current()].id]

    def show_record(self, id: str) -> None:
        """Bring the section ``id`` into sight."""
        self._matters.show_matter([spec.id for spec in self._specs].index(id))

    def first_focus(self) -> QWidget | None:
        """Begin at what the section in sight has first."""
        return self.section().first_focus()

    def _deeds(self) -> Mapping[str, Deed]:
        found: dict[str, Deed] = {}
        for id, section in self.sections.items():
            found |= {name: self._at(id, deed) for name, deed in section.deeds().items()}
        return found

    def _at(self, id: str, deed: Deed) -> Deed:
        """Bring the section into sight before something is done in it."""

        def do() -> None:
            self.show_record(id)
            deed[0]()

        return do, deed[1]

    def _on_section(self) -> None:
        if self.context.is_open:
            self.section().reload()
        self.context.actions.refresh()

    def _on_workspace(self) -> None:
        if not self.context.is_open:
            for section in self.sections.values():
                section.forget()
