"""The lights of a validation: a table by area, beside those of the validation before."""

from collections.abc import Mapping

from PySide6.QtWidgets import QVBoxLayout, QWidget

from mlops_desktop.core.validations import Light
from mlops_desktop.services.area_lights import AreaLight, Lights
from mlops_desktop.services.items import ItemSheet
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.erased import say_erased
from mlops_desktop.ui.pages.governance.said import say_choice
from mlops_desktop.ui.table import Column
from mlops_desktop.ui.widgets.breaking import shorten
from mlops_desktop.ui.widgets.chips import Mood, Status
from mlops_desktop.ui.widgets.label import Label
from mlops_desktop.ui.widgets.short_table import ShortTable

_MOODS: dict[Light, Mood] = {
    Light.GREEN: "good",
    Light.YELLOW: "warn",
    Light.RED: "bad",
    Light.LEFT_OUT: "idle",
}


class LightsTable(QWidget):
    """Says with which validation it is compared, and shows every area under it."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._names: Mapping[str, str] = {}
        self._compared = Label(tone="muted", wrap=True)
        self.table = ShortTable(context, "item.lights", "lights.tab", self._columns)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 12, 0, 12)
        column.addWidget(self._compared)
        column.addWidget(self.table)
        column.addStretch()

    def show_lights(self, sheet: ItemSheet, lights: Lights) -> None:
        """Show the lights of a validation that was read."""
        self._names = sheet.names
        self._compared.setText(self._say_compared(lights))
        self.table.set_rows(lights.areas)
        self.table.fit_rows(len(lights.areas), len(lights.areas))

    def _say_compared(self, lights: Lights) -> str:
        say, before = self._context.say, lights.before
        if before is None:
            return say("lights.compared_none")
        day = self._context.language.date(before.closed)
        return say("lights.compared", number=before.number, day=day)

    def _columns(self, context: Context) -> tuple[Column[AreaLight], ...]:
        def named(id: str) -> str:
            return f"lights.column.{id}"

        return (
            Column("area", named("area"), self._area, 18, strong=True, sortable=False),
            Column(
                "now",
                named("now"),
                lambda one: self._word(one.light),
                20,
                status=lambda one: self._status(one.light),
                sortable=False,
            ),
            Column(
                "before",
                named("before"),
                lambda one: self._word(one.before),
                20,
                status=lambda one: self._status(one.before),
                sortable=False,
            ),
            Column("expected", named("expected"), self._expected, 15, muted=True, sortable=False),
            Column("reason", named("reason"), self._reason, 30, flexible=True, sortable=False),
            Column("evidence", named("evidence"), self._evidence, 20, sortable=False),
            Column("by", named("by"), self._by, 16, muted=True, sortable=False),
            Column("on", named("on"), self._on, 12, muted=True, sortable=False),
        )

    def _area(self, one: AreaLight) -> str:
        return say_choice(self._context, "validation", one.area)

    def _expected(self, one: AreaLight) -> str:
        return self._context.say(f"dossier.codes.expectation.{one.expected}")

    def _word(self, light: Light | None) -> str:
        if light is None:
            return self._context.say("lights.none")
        return say_choice(self._context, "validation", light)

    def _status(self, light: Light | None) -> Status | None:
        return Status(_MOODS[light], self._word(light)) if light is not None else None

    def _reason(self, one: AreaLight) -> str:
        reason = one.said.reason if one.said is not None else None
        if reason is None:
            return ""
        return reason.text if reason.text is not None else say_erased(self._context, reason.erasure)

    def _evidence(self, one: AreaLight) -> str:
        return ", ".join(map(shorten, one.said.evidence)) if one.said is not None else ""

    def _by(self, one: AreaLight) -> str:
        return self._names.get(one.said.person, one.said.person) if one.said is not None else ""

    def _on(self, one: AreaLight) -> str:
        return self._context.language.date(one.said.on) if one.said is not None else ""
