"""Shows the recovery key of a new workspace once, and asks whether it was kept."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit, QWidget

from mlops_desktop.ui.context import Context
from mlops_desktop.ui.widgets.buttons import Button
from mlops_desktop.ui.widgets.dialog import FormDialog
from mlops_desktop.ui.widgets.label import EvenLabel


class RecoveryForm(FormDialog):
    """The key in groups; whoever kept it can type its last group."""

    keeps_draft = False

    def __init__(self, context: Context, parent: QWidget, groups: tuple[str, ...]) -> None:
        say = context.say
        title, verb = say("welcome.recovery.title"), say("welcome.recovery.verb")
        super().__init__(context, title, verb, parent, sentence=say("welcome.recovery.sentence"))
        self.groups = groups
        half = len(groups) // 2
        shown = f"{' '.join(groups[:half])}\n{' '.join(groups[half:])}"
        self.insert(EvenLabel(shown, size="title", selectable=True, wrap=True))
        copy = Button(say("welcome.recovery.copy"), self._copy)
        self.insert(copy, Qt.AlignmentFlag.AlignLeft)
        help = say("welcome.recovery.last_help")
        self._last = self.form.add(say("welcome.recovery.last"), QLineEdit(), help)
        self.submitted.connect(partial(self.done_well))  # a method itself loses the signal
        self._last.setFocus()

    def is_complete(self) -> bool:
        """The last group, as it is written on the paper."""
        is_kept = self._last.text().strip().upper() == self.groups[-1]
        wrong = "" if is_kept else self.context.say("welcome.recovery.wrong")
        self.form.set_wrong(self._last, wrong)
        return is_kept

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(" ".join(self.groups))
