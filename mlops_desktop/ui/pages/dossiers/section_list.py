"""The sections of a dossier to tick; those that are always there stay ticked."""

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidgetItem

from mlops_desktop.services.dossiers.sections import Section
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.widgets.ticks import Ticks

_NAME = Qt.ItemDataRole.UserRole
_STATES = {True: Qt.CheckState.Checked, False: Qt.CheckState.Unchecked}


class SectionList(Ticks):
    """Everything is ticked at first; Space ticks and unticks."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context

    def show_sections(self, sections: tuple[Section, ...]) -> None:
        """Offer ``sections`` in the order printed."""
        self.clear()
        for one in sections:
            item = QListWidgetItem(self._context.say(f"dossier.section.{one.name}"))
            item.setData(_NAME, one.name)
            item.setCheckState(Qt.CheckState.Checked)
            if one.is_always:
                item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsUserCheckable)
                item.setToolTip(self._context.say("dossiers.order.always"))
            self.addItem(item)
        self.fit()

    def tick_only(self, names: Iterable[str]) -> None:
        """Tick what is named and untick the rest, as far as that can be."""
        wanted = frozenset(names)
        for item in map(self.item, range(self.count())):
            if item.flags() & Qt.ItemFlag.ItemIsUserCheckable:
                is_wanted = str(item.data(_NAME)) in wanted
                item.setCheckState(_STATES[is_wanted])

    def chosen(self) -> tuple[str, ...]:
        """Return the names of what is ticked."""
        items = (self.item(at) for at in range(self.count()))
        return tuple(
            str(item.data(_NAME)) for item in items if item.checkState() == Qt.CheckState.Checked
        )
