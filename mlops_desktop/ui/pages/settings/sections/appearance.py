"""How the window looks at this desk: nothing of it enters the workspace."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QFrame, QScrollArea, QVBoxLayout, QWidget

from mlops_desktop.ui.context import Context
from mlops_desktop.ui.pages.overview.role import find_roles
from mlops_desktop.ui.pages.settings.parts import SectionSpec, SettingsSection
from mlops_desktop.ui.pages.settings.said import say
from mlops_desktop.ui.prefs import LOCK_MINUTES, TEXT_SIZES
from mlops_desktop.ui.widgets.buttons import ActionButton
from mlops_desktop.ui.widgets.form import Form
from mlops_desktop.ui.widgets.label import Label

_THEMES = ("auto", "light", "dark", "contrast")
_TONGUES = {"en": "English", "de": "Deutsch"}
_WIDEST = 90


class Appearance(SettingsSection):
    """Choices that take effect at once, and for whom the Overview is."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._lead = Label(tone="muted", wrap=True)
        self.form = Form()
        self.language = self._choice("language", tuple(_TONGUES))
        self.theme = self._choice("theme", _THEMES)
        self.text = self._choice("text", tuple(map(str, TEXT_SIZES)))
        self.motion = self.form.add(say(context, "field.motion"), QCheckBox())
        self.lock = self.form.add(context.say("idle.field"), QComboBox())
        for minutes in LOCK_MINUTES:
            self.lock.addItem("", minutes)
        self.role = self._choice("role", ("", *(spec.id for spec in find_roles())))
        self._lay_out()
        self._connect()
        self.retranslate()

    def first_focus(self) -> QWidget:
        """Begin at the language."""
        return self.language

    def reload(self) -> None:
        """Show what is in force; it may have been changed by the menu."""
        self._show()

    def measure(self) -> None:
        """Keep the lines of a length that can be read."""
        self._inside.setMaximumWidth(self.fontMetrics().averageCharWidth() * _WIDEST)

    def retranslate(self) -> None:
        """Say every word again."""
        self._lead.setText(say(self.context, "appearance.lead"))
        fields = ("language", "theme", "text", "motion", "role")
        widgets = (self.language, self.theme, self.text, self.motion, self.role)
        for name, field in zip(fields, widgets, strict=True):
            self.form.rename(field, say(self.context, f"field.{name}"))
        self.form.explain(self.motion, say(self.context, "help.motion"))
        self.form.rename(self.lock, self.context.say("idle.field"))
        self.form.explain(self.lock, self.context.say("idle.help"))
        for at, minutes in enumerate(LOCK_MINUTES):
            key = "idle.minutes" if minutes else "idle.never"
            self.lock.setItemText(at, self.context.say(key, n=minutes))
        self.form.explain(self.role, say(self.context, "help.role"))
        self._say_each(self.language, _TONGUES.__getitem__)
        self._say_each(self.theme, lambda mode: say(self.context, f"theme.{mode}"))
        self._say_each(self.text, lambda size: self.context.say(f"looks.text_{size}"))
        titles = {spec.id: spec.title for spec in find_roles()} | {"": "settings.gap.no_role"}
        self._say_each(self.role, lambda id: self.context.say(titles[id]))
        self._show()

    def _choice(self, name: str, ids: tuple[str, ...]) -> QComboBox:
        box = self.form.add(say(self.context, f"field.{name}"), QComboBox())
        for id in ids:
            box.addItem("", id)
        return box

    def _say_each(self, box: QComboBox, words: Callable[[str], str]) -> None:
        for at in range(box.count()):
            box.setItemText(at, words(str(box.itemData(at))))

    def _connect(self) -> None:
        for what, box in (("language", self.language), ("theme", self.theme), ("text", self.text)):
            box.activated.connect(lambda _, what=what, box=box: self._run(what, box))
        self.motion.clicked.connect(lambda _: self.context.actions.run("motion.reduced"))
        self.lock.activated.connect(self._choose_lock)
        self.role.activated.connect(lambda at: self.context.use_role(str(self.role.itemData(at))))
        self.context.role_changed.connect(self._show)
        self.context.theme_changed.connect(self._show)

    def _run(self, what: str, box: QComboBox) -> None:
        self.context.actions.run(f"{what}.{box.currentData()}")

    def _choose_lock(self, at: int) -> None:
        self.context.prefs.lock_minutes = LOCK_MINUTES[at]

    def _show(self) -> None:
        prefs = self.context.prefs
        at = self.lock.findData(prefs.lock_minutes)
        self.lock.setCurrentIndex(max(at, 0))
        chosen = (
            (self.language, self.context.language.code),
            (self.theme, prefs.theme),
            (self.text, str(prefs.text_percent)),
            (self.role, prefs.role),
        )
        for box, id in chosen:
            box.setCurrentIndex(box.findData(id))
        self.motion.setChecked(prefs.reduced_motion)

    def _lay_out(self) -> None:
        self._inside = inside = QWidget()
        self.measure()
        rows = QVBoxLayout(inside)
        rows.setContentsMargins(0, 8, 0, 0)
        rows.addWidget(self._lead)
        rows.addWidget(self.form)
        keys = ActionButton(self.context.actions.action("keys"))
        rows.addWidget(keys, 0, Qt.AlignmentFlag.AlignLeft)
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
