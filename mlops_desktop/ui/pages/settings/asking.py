"""What the dialogs of the page share: secrets twice, and a refusal beside the field it is about."""

from collections.abc import Callable

from PySide6.QtWidgets import QLineEdit, QWidget

from mlops_desktop.core.changes import Changes
from mlops_desktop.core.errors import AppError
from mlops_desktop.services.session import Recorded
from mlops_desktop.ui.pages.rules.asking import Dialog
from mlops_desktop.ui.text import tr
from mlops_desktop.ui.ways_forms import secret_line

NOTHING_TOLD = Recorded("", Changes())
"""Done at this desk alone: the ledger holds nothing of it."""


class SettingsDialog(Dialog):
    """A form whose texts are ``settings.ask.<act>``.

    ``places`` names the field for the beginning of an error's code; ``needed_lines`` must not
    stay empty while they are shown.
    """

    area = "settings"

    def prepare(self) -> None:
        """Begin without fields."""
        self.places: dict[str, QWidget] = {}
        self.needed_lines: list[QLineEdit] = []
        self.twice: list[tuple[QLineEdit, QLineEdit]] = []

    def add_secret(self, name: str, help: str = "") -> QLineEdit:
        """Ask for a secret that must be given."""
        line = secret_line()
        self.put(name, line, help)
        self.needed_lines.append(line)
        return line

    def add_new_secret(self, name: str, help: str = "") -> tuple[QLineEdit, QLineEdit]:
        """Ask for a secret twice, for nobody can tell it afterwards."""
        first, again = self.add_secret(name, help), self.add_secret(f"{name}_again")
        self.twice.append((first, again))
        return first, again

    def is_complete(self) -> bool:
        """Say beside each empty line that it is needed, and where two secrets differ."""
        complete = super().is_complete()
        shown = [line for line in self.needed_lines if line.isVisibleTo(self)]
        empty = [line for line in shown if not line.text().strip()]
        for line in reversed(shown):
            self.form.set_wrong(line, tr("This is needed.") if line in empty else "")
        if empty:
            return False
        for first, again in self.twice:
            if first in shown and again in shown and first.text() != again.text():
                self.form.set_wrong(again, tr("The two passphrases differ."))
                return False
        return complete

    def show_error(self, error: AppError) -> None:
        """Say what was refused beside the field its code is about."""
        found = (field for start, field in self.places.items() if error.code.startswith(start))
        field = next(found, None)
        if field is not None and error.where not in self.fields:
            where = next(name for name, one in self.fields.items() if one is field)
            error = AppError(error.code, recovery=error.recovery, where=where, **error.parameters)
        super().show_error(error)

    def done_here(self, do: Callable[[], object]) -> Callable[[], Recorded]:
        """Return ``do`` as something of which the ledger holds nothing."""

        def run() -> Recorded:
            do()
            return NOTHING_TOLD

        return run
