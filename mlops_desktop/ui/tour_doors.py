"""What the pictures show of the doors: the lock, the joining of a team, a new workspace's key."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QComboBox

from mlops_desktop.core.errors import AppError
from mlops_desktop.core.recovery_key import to_groups
from mlops_desktop.ui.recovery_form import RecoveryForm
from mlops_desktop.ui.tour import Sight, opened
from mlops_desktop.ui.ways_forms import PassphraseForm
from mlops_desktop.ui.ways_invited import AcceptForm, FingerprintForm
from mlops_desktop.ui.ways_team import TeamForm
from mlops_desktop.ui.widgets.dialog import FormDialog
from mlops_desktop.ui.window import Window

_FINGERPRINT = "31415 92653 58979 32384 62643 38327"
_GROUPS = to_groups(bytes(range(7, 39)))
"""Of a key that opens nothing."""
_LEFT = 3
"""Tries; said without trying, for each wrong one counts."""
_REQUEST = "models.request"


class DoorTour:
    """Goes through what stands before a workspace; ``settle`` as in the walk of the pages."""

    def __init__(self, window: Window, settle: Callable[[], None]) -> None:
        self._window, self._settle = window, settle

    def locked(self) -> Iterator[Sight]:
        """Yield the window as it is left alone, and its form, which then closes the workspace."""
        idle = self._window.idle
        idle.lock()
        self._settle()
        yield Sight("desk.locked", self._window)
        form = idle.form
        if form is not None:
            yield Sight("desk.locked.form", form)
            form.show_error(AppError("person_key.passphrase_wrong", left=_LEFT))
            self._settle()
            yield Sight("desk.locked.refused", form)
            form.reject()
        self._settle()

    def before(self, place: str) -> Iterator[Sight]:
        """Yield the forms on the way in; no workspace is open, ``place`` is asked about."""
        context, window = self._window.context, self._window
        unlock = partial(PassphraseForm, context, window, place)
        yield from self._asking("desk.unlock", unlock)
        yield from self._asking("desk.join", partial(TeamForm, context, window))
        yield from self._accepting()
        out = Path.home() / _REQUEST
        shown = partial(FingerprintForm, context, _FINGERPRINT, out, window)
        yield from opened("desk.join.fingerprint", lambda: shown().open(), self._settle)
        kept = partial(RecoveryForm, context, window, _GROUPS)
        yield from self._asking("desk.new.recovery", kept)

    def _accepting(self) -> Iterator[Sight]:
        form = AcceptForm(self._window.context, self._window)
        for sight in opened("desk.join.accept", form.open, self._settle):
            yield sight
            way: QComboBox = form.key.way
            for at in range(1, way.count()):
                way.setCurrentIndex(at)
                self._settle()
                yield Sight(f"{sight.name}.{way.itemData(at)}", form)
            form.verb.click()  # with nothing filled in
            self._settle()
            yield Sight(f"{sight.name}.refused", form)

    def _asking(self, name: str, make: Callable[[], FormDialog]) -> Iterator[Sight]:
        """Yield a form as it opens, and what it says to being sent with nothing filled in."""
        for sight in opened(name, lambda: make().open(), self._settle):
            yield sight
            if isinstance(form := sight.widget, FormDialog):
                form.verb.click()
                self._settle()
                yield Sight(f"{name}.refused", form)
