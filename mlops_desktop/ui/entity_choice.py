"""Legal entities to choose from: one, or as many as are ticked."""

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QListWidgetItem, QWidget

from mlops_desktop.services.entities import Entity
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.widgets.ticks import Ticks

_ID = Qt.ItemDataRole.UserRole


class EntityTicks(Ticks):
    """A short list of entities to tick; with none ticked all are meant."""

    def __init__(self, known: Iterable[Entity]) -> None:
        super().__init__()
        for entity in known:
            item = QListWidgetItem(entity.name)
            item.setData(_ID, entity.id)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Unchecked)
            self.addItem(item)
        self.fit()

    def tick(self, name: str) -> None:
        """Tick the entity of that name."""
        for item in self.findItems(name, Qt.MatchFlag.MatchExactly):
            item.setCheckState(Qt.CheckState.Checked)

    def ids(self) -> tuple[str, ...]:
        """Return the ids of those ticked."""
        return tuple(str(item.data(_ID)) for item in self._ticked())

    def names(self) -> tuple[str, ...]:
        """Return the names of those ticked."""
        return tuple(item.text() for item in self._ticked())

    def _ticked(self) -> list[QListWidgetItem]:
        items = (self.item(row) for row in range(self.count()))
        return [item for item in items if item.checkState() is Qt.CheckState.Checked]


class EntityBox(QComboBox):
    """One entity, or that nothing is said of it."""

    def __init__(self, context: Context, known: Iterable[Entity]) -> None:
        super().__init__()
        self.addItem(context.say("entities.not_said"), "")
        for entity in known:
            self.addItem(entity.name, entity.id)

    def chosen(self) -> str | None:
        """Return the id of the entity chosen."""
        return str(self.currentData()) or None


def say_only_for(context: Context, sentence: str, names: Iterable[str]) -> str:
    """Return a sentence, limited to the legal entities named, if any are."""
    told = ", ".join(names)
    return context.say("entities.only_for", sentence=sentence, names=told) if told else sentence


def keep_unasked(dialog: QWidget, *fields: QWidget) -> None:
    """Let fields that are not asked for end with their dialog, unseen."""
    for field in fields:
        if field.parentWidget() is None:
            field.setParent(dialog)
            field.hide()
