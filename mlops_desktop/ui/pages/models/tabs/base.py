"""What every tab of a model's detail is."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from mlops_desktop.ui.context import Context
from mlops_desktop.ui.pages.models.shown import Shown
from mlops_desktop.ui.widgets.sections import Sections


class Tab(QWidget):
    """Shows one side of a model; told anew for another model, day or language."""

    title = ""
    """A text marked by later."""
    order = 0
    """Where the tab stands among the others."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 10, 0, 10)
        self.column.setSpacing(8)

    def show_model(self, shown: Shown) -> None:
        """Show this side of ``shown``."""

    def seek(self, what: str) -> None:
        """Show ``what`` of the model, asked for from elsewhere."""


class FactTab(Tab):
    """A tab that is facts in groups."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.sections = Sections(context, self.title)
        self.column.addWidget(self.sections)
        self.setFocusProxy(self.sections)
