"""The settings of a kind of source, each in a field of its own."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QScrollArea

from mlops_desktop.core.inventory import Pair
from mlops_desktop.services.rows import Description
from mlops_desktop.services.source_settings import parse_settings, settings_text
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.turns import turns
from mlops_desktop.ui.widgets.body import Body
from mlops_desktop.ui.widgets.form import Form
from mlops_desktop.ui.widgets.lines import TextBox
from mlops_desktop.ui.widgets.room import area_of

_LINES = 18
_LEAST_LINES = 4
_FAMILY = "*"


class SettingsFields(QScrollArea):
    """A line for each setting under what it means, and a box for each family of them.

    A box takes one ``name = value`` a line.
    """

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._fields: dict[str, QLineEdit | TextBox] = {}
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def show_kind(self, told: Description) -> None:
        """Ask for the settings of a kind; what was typed for another one is forgotten."""
        form, self._fields = Form(is_stacked=True), {}
        for one in told.settings:
            is_family = one.name.endswith(_FAMILY)
            field = TextBox(lines=2) if is_family else QLineEdit()
            stem = one.name.removesuffix(_FAMILY)
            field.setPlaceholderText(f"{stem}… = " if is_family else one.default)
            called = self._context.say("sources.setting.called", name=one.name)
            self._fields[one.name] = form.add(self._meaning(one.name), field, called)
        self.setWidget(form)
        self._fit()
        turns().enter(self, self._fit)  # once what is around it is of its new height

    def showEvent(self, event: QShowEvent) -> None:
        """Look how much room there is once it is dressed."""
        super().showEvent(event)
        turns().enter(self, self._fit)

    def _fit(self) -> None:
        """Scroll a long form, but not in a dialog that is scrolled in spite of it."""
        form, body = self.widget(), area_of(self)
        if form is None:
            return
        line, wanted = self.fontMetrics().height(), form.sizeHint().height() + 4
        high, most = max(wanted, line * _LEAST_LINES), line * _LINES
        is_whole = isinstance(body, Body) and not body.has_room(
            body.whole().height() - self.height() + most
        )
        self.setFixedHeight(high if is_whole else min(high, most))

    def fill(self, given: tuple[Pair, ...]) -> None:
        """Show settings that were given before."""
        for name, field in self._fields.items():
            if isinstance(field, TextBox):
                stem = name.removesuffix(_FAMILY)
                held = (one for one in given if one.name.startswith(stem))
                own = tuple(one for one in held if one.name not in self._fields)
                field.setPlainText(settings_text(own))
            else:
                field.setText(next((one.value for one in given if one.name == name), ""))

    def pairs(self) -> tuple[Pair, ...]:
        """Return what was typed; raises ``source.setting_unreadable`` for a line of a family."""
        found: list[Pair] = []
        for name, field in self._fields.items():
            if isinstance(field, TextBox):
                found += parse_settings(field.toPlainText())
            elif text := field.text().strip():
                found.append(Pair(name, text))
        return tuple(found)

    def _meaning(self, name: str) -> str:
        key = f"sources.settings.{name.removesuffix('.*')}"
        return self._context.say(key) if key in self._context.language.words else name
