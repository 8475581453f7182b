"""What lies downstream of an incident of data: models, the versions concerned, where they run."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from mlops_desktop.services.incidents import Affected
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.lineage.models import ModelLine, model_columns
from mlops_desktop.ui.widgets.label import Label
from mlops_desktop.ui.widgets.short_table import ShortTable


class AffectedTab(QWidget):
    """The models that learned from the data, retired ones too; Enter goes to one."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._told = Label(tone="muted", wrap=True)
        self.table = ShortTable(
            context, "incident.models", "incident.affected.title", model_columns
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 10, 0, 10)
        column.addWidget(self._told)
        column.addWidget(self.table, 1)
        column.addStretch()
        self.setFocusProxy(self.table)
        self.table.opened.connect(self._go)

    def show_affected(self, affected: Affected) -> None:
        """Show the models, or say why none is shown."""
        say, number = self._context.say, self._context.language.number
        told = {"models": number(len(affected.models)), "serving": number(len(affected.serving))}
        word = "counted" if affected.models else "none"
        key = f"incident.affected.{word if affected.is_known else 'unknown'}"
        self._told.setText(say(key, **told) if word == "counted" else say(key))
        self.table.setVisible(bool(affected.models))
        self.table.set_rows(tuple(ModelLine(one.model.id, one) for one in affected.models))

    def _go(self, line: ModelLine) -> None:
        self._context.show_page("models", line.id)
