"""How long findings have been open, above their list: each number shows its rows below."""

from PySide6.QtWidgets import QFrame, QVBoxLayout

from mlops_desktop.core.ageing import Ageing
from mlops_desktop.services.ageing import read_ageing
from mlops_desktop.ui.charts.ageing import ageing_of
from mlops_desktop.ui.charts.heat import HeatView
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.jobs import Progress
from mlops_desktop.ui.widgets.bar import MessageBar
from mlops_desktop.ui.widgets.label import Label


class Ages(QFrame):
    """Asks in the read lane, and only while it is shown."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.setObjectName("card")
        self._context = context
        self._found: Ageing | None = None
        self.bar, self._title, self.heat = (
            MessageBar(context),
            Label(strong=True),
            HeatView(context),
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 10)
        for part in (self._title, self.bar, self.heat):
            column.addWidget(part)
        self.hide()

    def reload(self) -> None:
        """Count again as of the day shown."""
        if self.isHidden() or not self._context.is_open:
            return
        session, as_of, own = self._context.session, self._context.as_of, self._context.own_scope

        def ask(progress: Progress) -> Ageing:
            return read_ageing(session, as_of, own.read(session))

        name = self._context.say("charts.ageing.reading")
        self._context.jobs.submit_read(name, ask, self._show, self.bar.show_error, key="item:ages")

    def retranslate(self) -> None:
        """Say every word again."""
        if self._found is not None:
            self._show(self._found)

    def _show(self, found: Ageing) -> None:
        self._found = found
        self.bar.clear()
        heat = ageing_of(self._context, found)
        self._title.setText(heat.title)
        self.heat.show_heat(heat)
