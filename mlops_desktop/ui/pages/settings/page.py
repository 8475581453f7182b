"""The page Settings: a tab for each matter, and in it what holds now and how it is changed."""

from collections.abc import Mapping

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from mlops_desktop.ui.actions import Deed, bind
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.page import Page
from mlops_desktop.ui.pages.settings.offers import OFFERS
from mlops_desktop.ui.pages.settings.parts import SettingsSection, find_sections
from mlops_desktop.ui.widgets.buttons import ActionButton
from mlops_desktop.ui.widgets.flow import Flow


class SettingsPage(Page):
    """Sections found by file; each reads for itself."""

    past_note = "as_of.note.settings"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._specs = find_sections()
        self.watches = frozenset().union(*(spec.watches for spec in self._specs))
        self.sections = {spec.id: spec.make(context) for spec in self._specs}
        context.actions.add(*bind("settings", OFFERS, self._deeds()))
        self.tabs = QTabBar()
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self._stack = QStackedWidget()
        self._tops: list[QWidget] = []
        self._lay_out()
        self.retranslate()
        self.tabs.currentChanged.connect(self._on_section)
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
        self.tabs.setAccessibleName(self.context.say("settings.sections"))
        for at, spec in enumerate(self._specs):
            self.tabs.setTabText(at, self.context.say(f"settings.section.{spec.id}"))
            self.sections[spec.id].retranslate()

    def section(self) -> SettingsSection:
        """Return the section in sight."""
        return self.sections[self._specs[self.tabs.currentIndex()].id]

    def show_record(self, id: str) -> None:
        """Bring the section ``id`` into sight."""
        self.tabs.setCurrentIndex([spec.id for spec in self._specs].index(id))

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

    def _lay_out(self) -> None:
        top = Flow(ends_right=True)
        top.addWidget(self.tabs)
        for at, spec in enumerate(self._specs):
            self.tabs.addTab("")
            section = self.sections[spec.id]
            self._stack.addWidget(section)
            box = self._buttons(section.top())
            box.setVisible(at == 0)
            self._tops.append(box)
            top.addWidget(box)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 0, 24, 16)
        column.setSpacing(8)
        column.addLayout(top)
        column.addWidget(self._stack, 1)

    def _buttons(self, ids: tuple[str, ...]) -> QWidget:
        box = QWidget()
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        row.addStretch()
        for id in ids:
            row.addWidget(ActionButton(self.context.actions.action(id), default=id == ids[-1]))
        return box

    def _on_section(self, at: int) -> None:
        self._stack.setCurrentIndex(at)
        for number, box in enumerate(self._tops):
            box.setVisible(number == at)
        if self.context.is_open:
            self.section().reload()
        self.context.actions.refresh()

    def _on_workspace(self) -> None:
        if not self.context.is_open:
            for section in self.sections.values():
                section.forget()
