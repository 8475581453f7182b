"""How the window looks at this desk: nothing of it enters the workspace."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QFrame, QScrollArea, QVBoxLayout, QWidget

from mlops_desktop.ui.context import Context
from mlops_desktop.ui.pages.settings.parts import SectionSpec, SettingsSection
from mlops_desktop.ui.pages.settings.said import say
from mlops_desktop.ui.widgets.form import Form
from mlops_desktop.ui.widgets.label import Label

_THEMES = ("auto", "light", "dark")
_TONGUES = (("en", "English"), ("de", "Deutsch"))


class Appearance(SettingsSection):
    """Choices that take effect at once."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._lead = Label(tone="muted", wrap=True)
        self.form = Form()
        self.language = self.form.add(say(context, "field.language"), QComboBox())
        for code, name in _TONGUES:
            self.language.addItem(name, code)
        self.theme = self.form.add(say(context, "field.theme"), QComboBox())
        for mode in _THEMES:
            self.theme.addItem("", mode)
        self._lay_out()
        self.language.activated.connect(lambda _: self._run("language", self.language))
        self.theme.activated.connect(lambda _: self._run("theme", self.theme))
        context.theme_changed.connect(self._show)
        self.retranslate()

    def first_focus(self) -> QWidget:
        """Begin at the language."""
        return self.language

    def reload(self) -> None:
        """Show what is in force; it may have been changed by the menu."""
        self._show()

    def retranslate(self) -> None:
        """Say every word again."""
        self._lead.setText(say(self.context, "appearance.lead"))
        self.form.rename(self.language, say(self.context, "field.language"))
        self.form.rename(self.theme, say(self.context, "field.theme"))
        for at, mode in enumerate(_THEMES):
            self.theme.setItemText(at, say(self.context, f"theme.{mode}"))
        self._show()

    def _run(self, what: str, box: QComboBox) -> None:
        self.context.actions.run(f"{what}.{box.currentData()}")

    def _show(self) -> None:
        self.language.setCurrentIndex(self.language.findData(self.context.language.code))
        self.theme.setCurrentIndex(self.theme.findData(self.context.prefs.theme))

    def _lay_out(self) -> None:
        inside = QWidget()
        inside.setMaximumWidth(self.fontMetrics().averageCharWidth() * 90)
        rows = QVBoxLayout(inside)
        rows.setContentsMargins(0, 8, 0, 0)
        rows.addWidget(self._lead)
        rows.addWidget(self.form)
        rows.addStretch()
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inside)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(area)


SECTION = SectionSpec("appearance", 10, Appearance)
