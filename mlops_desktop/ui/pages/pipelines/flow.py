"""The history of data on a page of its own: from whatever a person types."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from mlops_desktop.core.errors import AppError
from mlops_desktop.core.lineage import NodeKind
from mlops_desktop.services.lineage_names import list_names
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.jobs import Progress
from mlops_desktop.ui.lineage.view import LineageView
from mlops_desktop.ui.widgets.buttons import ActionButton, Button
from mlops_desktop.ui.widgets.flow import Flow
from mlops_desktop.ui.widgets.label import Label
from mlops_desktop.ui.widgets.lines import NameLine


class FlowPane(QWidget):
    """A line to type a beginning into, and the history below it."""

    opened = Signal(object)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.start = NameLine()
        self._label = Label()
        self._label.setBuddy(self.start)
        self.show_it = Button("", self.trace, icon="right")
        self.view = LineageView(context, "flow")
        top = Flow()
        top.addWidget(self._label)
        top.add_wide(self.start)
        top.addWidget(self.show_it)
        for id in ("dataset.same", "dataset.apart"):
            top.addWidget(ActionButton(context.actions.action(id)))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(top)
        column.addWidget(self.view, 1)
        self.start.returnPressed.connect(self.trace)
        self.view.opened.connect(self.opened)
        self.retranslate()

    def trace(self, named: str = "") -> None:
        """Show the history of ``named``, or of what was typed."""
        if named:
            self.start.setText(named)
        if self.start.text().strip():
            self.view.trace(self.start.text().strip())

    def datasets(self) -> tuple[str, ...]:
        """Return the datasets of the history shown, the one that a person stands on first."""
        read, stands = self.view.read_now(), self.view.graph.current()
        stops = [
            stop
            for stop in (read.lineage.stops if read is not None else ())
            if stop.node.kind is NodeKind.DATASET
        ]
        stops.sort(key=lambda stop: stop.node != stands)
        return tuple(stop.facts.id for stop in stops)

    def reload(self) -> None:
        """Read again what is shown, and the names that complete the line."""
        session, as_of = self._context.session, self._context.as_of

        def ask(progress: Progress) -> tuple[str, ...]:
            return list_names(session, as_of)

        name = self._context.say("lineage.job.trace")
        self._context.jobs.submit_read(
            name, ask, self.start.set_names, self._ignore, key="lineage:names"
        )
        self.trace()

    def retranslate(self) -> None:
        """Say every word again; the view listens for itself."""
        say = self._context.say
        self._label.setText(say("lineage.start"))
        self.start.setAccessibleName(say("lineage.start"))
        self.start.setPlaceholderText(say("lineage.start_help"))
        self.show_it.setText(say("lineage.trace"))

    def _ignore(self, error: AppError) -> None:
        """Complete nothing: tracing itself says what is wrong."""
