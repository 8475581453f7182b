"""What a portfolio dossier is about: which models, and which get a part of their own."""

from PySide6.QtWidgets import QComboBox, QLineEdit, QSpinBox, QWidget

from mlops_desktop.core.errors import AppError
from mlops_desktop.core.lifecycle import Scope as ModelScope
from mlops_desktop.core.sampling import Draw
from mlops_desktop.services.dossiers import Population
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.widgets.form import Form

_PARTS = ("none", "sample", "full")
_MOST = 10_000
_USUAL = 10


class PopulationFields:
    """The fields of a form that say which models, shown only where they are asked for."""

    def __init__(self, context: Context, form: Form) -> None:
        say = context.say
        self._context, self._form = context, form
        self.filter = form.add(
            say("dossiers.order.filter"), QLineEdit(), say("dossiers.order.filter_help")
        )
        self.scope = form.add(say("dossiers.order.scope"), QComboBox())
        for scope in ModelScope:
            self.scope.addItem(say(f"dossiers.order.scope_{scope.value}"), scope.value)
        self.parts = form.add(say("dossiers.order.parts"), QComboBox())
        for code in _PARTS:
            self.parts.addItem(say(f"dossiers.order.parts_{code}"), code)
        self.count = form.add(say("dossiers.order.count"), QSpinBox())
        self.count.setRange(1, _MOST)
        self.count.lineEdit().setTextMargins(8, 0, 0, 0)
        self.count.setValue(_USUAL)
        self.seed = form.add(
            say("dossiers.order.seed"), QLineEdit(), say("dossiers.order.seed_help")
        )
        self._is_shown = self._has_parts = True
        self.parts.currentIndexChanged.connect(self._show)

    def set_shown(self, is_shown: bool, *, has_parts: bool = True) -> None:
        """Show the fields, or none of them; without parts only which models."""
        self._is_shown, self._has_parts = is_shown, has_parts
        self._show()

    def population(self) -> Population:
        """Return what was asked for."""
        is_sample, is_full = self._is_sample(), self.parts.currentData() == "full"
        draw = Draw(self.count.value(), self.seed.text().strip()) if is_sample else None
        scope = ModelScope(self.scope.currentData())
        return Population(self.filter.text().strip(), scope, draw, self._has_parts and is_full)

    def lacks_seed(self) -> bool:
        """Whether a sample is asked for without what it is drawn by."""
        return self._is_sample() and not self.seed.text().strip()

    def field_of(self, error: AppError) -> QWidget | None:
        """Return the field that an error is about, if it is one of these."""
        if error.code.startswith("filter."):
            return self.filter
        return self.seed if error.code.startswith("sample.") else None

    def _show(self) -> None:
        has_parts = self._is_shown and self._has_parts
        always: tuple[QWidget, ...] = (self.filter, self.scope)
        for field in always:
            self._form.set_shown(field, self._is_shown)
        self._form.set_shown(self.parts, has_parts)
        drawing: tuple[QWidget, ...] = (self.count, self.seed)
        for field in drawing:
            self._form.set_shown(field, has_parts and self._is_sample())

    def _is_sample(self) -> bool:
        return bool(self._has_parts and self.parts.currentData() == "sample")
