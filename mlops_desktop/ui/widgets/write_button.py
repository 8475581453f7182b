"""A button that changes something and is no row of the action table."""

from collections.abc import Callable

from mlops_desktop.ui.actions import say_past
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.widgets.buttons import Button


class WriteButton(Button):
    """Barred while a past day is shown, and says why."""

    def __init__(
        self,
        context: Context,
        text: str = "",
        clicked: Callable[[], None] | None = None,
        *,
        icon: str = "",
        default: bool = False,
        flat: bool = False,
    ) -> None:
        self._context, self._is_ready = context, True
        super().__init__(text, clicked, icon=icon, default=default, flat=flat)
        context.as_of_changed.connect(self._follow)
        context.language_changed.connect(self._follow)
        self._follow()

    def setEnabled(self, enabled: bool) -> None:
        """Let it be pressed, if it is now that is shown."""
        self._is_ready = enabled
        self._follow()

    def _follow(self) -> None:
        is_past = self._context.day is not None
        super().setEnabled(self._is_ready and not is_past)
        why = say_past() if is_past else ""
        self.setToolTip(why)
        self.setAccessibleDescription(why)
