"""The form of a threshold; what is refused is said beside its field."""

from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events.thresholds import Bounds, Side
from mlops_desktop.core.numerals import with_hyphen
from mlops_desktop.core.whole_numbers import whole
from mlops_desktop.services.monitoring.rows import MetricRow
from mlops_desktop.services.monitoring.thresholds import NewThreshold, set_threshold
from mlops_desktop.services.session import Recorded
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.jobs import Progress
from mlops_desktop.ui.widgets.dialog import FormDialog
from mlops_desktop.ui.widgets.lines import DayLine, TextBox

_LIMITS = ("warning", "intervention", "warning_high", "intervention_high")


class ThresholdForm(FormDialog):
    """Asks for side and limits of a metric, from when they hold, and why."""

    def __init__(self, context: Context, row: MetricRow, parent: QWidget) -> None:
        title = context.say("monitoring.form.title")
        under = f"{row.model} {row.model_name}"
        super().__init__(
            context, title, context.say("monitoring.form.verb"), parent, sentence=under
        )
        self._row = row
        self._metric = self._line("metric", row.metric)
        self._segment = self._line("segment", row.segment, "segment")
        self._side = self.form.add(context.say("item.breach.field.side"), QComboBox())
        for side in Side:
            self._side.addItem(context.say(f"item.breach.choice.{side.value}"), side)
        self._limits = {name: self._line(name, "") for name in _LIMITS}
        self._unit = self._line("unit", row.unit)
        self._every = self._line("every", "", "every")
        self._from = self.form.add(
            context.say("item.breach.field.threshold_from"), DayLine(context),
            context.say("item.help.effective"),
        )  # fmt: skip
        self._reason = self.form.add(
            context.say("item.field.reason"), TextBox(lines=2),
            context.say("monitoring.form.reason"),
        )  # fmt: skip
        self._prefill(row.bounds)
        # Not the bound method: as a slot of a class with two bases it unsettles the signals of one.
        self._side.currentIndexChanged.connect(lambda _at: self._show_band())
        self._show_band()

    def run(self) -> None:
        """Open the form; each time it is sent, set the threshold in the write lane."""
        session, key, name = self.context.session, self._row.key, self.windowTitle()

        def send() -> None:
            wanted = self.wanted()

            def work(progress: Progress) -> Recorded:
                return set_threshold(session, key, wanted)

            self.context.jobs.submit_write(name, work, done, self.show_error)

        def done(recorded: Recorded) -> None:
            self.done_well()
            self.context.toast(self.context.say("monitoring.done.threshold"))

        self.submitted.connect(send)
        self.open()

    def is_complete(self) -> bool:
        """A day must be a day; what else is wrong services say."""
        is_right = self._from.is_right()
        self.form.set_wrong(self._from, "" if is_right else self.context.say("item.help.day"))
        for line in self._fields().values():
            if line is not self._from:
                self.form.set_wrong(line, "")
        return is_right

    def show_error(self, error: AppError) -> None:
        """Say what was refused beside its field, above the form where it has none."""
        field = self._fields().get(error.where or "")
        if field is None:
            super().show_error(error)
            return
        self.set_busy(False)
        what, _, remedy = self.context.explain(error)
        self.form.set_wrong(field, "\n".join(part for part in (what, remedy) if part))

    def wanted(self) -> NewThreshold:
        """Return what was typed."""
        point = self.context.language.locale.decimalPoint()
        texts = {name: with_hyphen(line.text().strip()) for name, line in self._limits.items()}
        side = Side(self._side.currentData())  # Qt gives back a plain text
        for name in _LIMITS[2:]:
            texts[name] = texts[name] if side is Side.BAND else ""
        limits = {name: text.replace(point, ".") or None for name, text in texts.items()}
        every = self._every.text().strip()
        days = (whole(every) or 0) if every else None  # what is no number is refused as 0 is
        bounds = Bounds(
            side, limits["warning"], limits["intervention"], limits["warning_high"],
            limits["intervention_high"], self._unit.text().strip() or None, days,
        )  # fmt: skip
        reason = self._reason.text() or None
        return NewThreshold(
            self._metric.text(), bounds, self._segment.text(), self._from.day(), reason
        )

    def _line(self, name: str, text: str, help: str = "") -> QLineEdit:
        words = self.context.language.words
        key = f"item.breach.field.{name}"
        title = self.context.say(key if key in words else f"monitoring.field.{name}")
        told = self.context.say(f"monitoring.form.{help}") if help else ""
        return self.form.add(title, QLineEdit(text), told)

    def _prefill(self, bounds: Bounds | None) -> None:
        if bounds is None:
            return
        point = self.context.language.locale.decimalPoint()
        self._side.setCurrentIndex(self._side.findData(bounds.side))
        for name, line in self._limits.items():
            line.setText((getattr(bounds, name) or "").replace(".", point))
        self._unit.setText(bounds.unit or "")
        self._every.setText(str(bounds.interval_days or ""))

    def _show_band(self) -> None:
        is_band = self._side.currentData() == Side.BAND
        for name in _LIMITS[2:]:
            self.form.set_shown(self._limits[name], is_band)

    def _fields(self) -> dict[str, QWidget]:
        return {
            "metric": self._metric,
            "segment": self._segment,
            "side": self._side,
            **self._limits,
            "interval_days": self._every,
            "effective": self._from,
            "reason": self._reason,
        }
