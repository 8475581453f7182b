"""What lies downstream of an incident of data: models, the versions concerned, where they run."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from mlops_desktop.services.incidents import Affected
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.lineage.models import ModelLine, model_columns
from mlops_desktop.ui.widgets.buttons import Button
from mlops_desktop.ui.widgets.label import Label
from mlops_desktop.ui.widgets.short_table import ShortTable


class AffectedTab(QWidget):
    """The models that learned from the data, retired ones too; Enter goes to one."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._told = Label(tone="muted", wrap=True)
        self._number = ""
        self._list = Button("", self._show_list, icon="models")
        self.table = ShortTable(
            context, "incident.models", "incident.affected.title", model_columns
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 10, 0, 10)
        column.addWidget(self._told)
        column.addWidget(self.table, 1)
        column.addWidget(self._list, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch()
        self.setFocusProxy(self.table)
        self.table.opened.connect(self._go)

    def show_affected(self, number: str, affected: Affected) -> None:
        """Show the models that the incident ``number`` reaches, or say why none is shown."""
        self._number = number
        self._list.setText(self._context.say("incident.affected.list"))
        self._list.setVisible(bool(affected.models))
        say, write = self._context.say, self._context.language.number
        told = {"models": write(len(affected.models)), "serving": write(len(affected.serving))}
        word = "counted" if affected.models else "none"
        key = f"incident.affected.{word if affected.is_known else 'unknown'}"
        self._told.setText(say(key, **told) if word == "counted" else say(key))
        self.table.setVisible(bool(affected.models))
        self.table.set_rows(tuple(ModelLine(one.model.id, one) for one in affected.models))

    def _show_list(self) -> None:
        self._context.show_list("models", f"incident:{self._number}")

    def _go(self, line: ModelLine) -> None:
        self._context.show_page("models", line.id)
