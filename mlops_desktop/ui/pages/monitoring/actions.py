"""What can be done with a metric: set and end thresholds, act on its breach, copy, go on."""

from typing import Protocol

from PySide6.QtWidgets import QWidget

from mlops_desktop.services.items import ItemSheet, show_item
from mlops_desktop.services.monitoring.rows import MetricRow
from mlops_desktop.services.monitoring.thresholds import end_threshold
from mlops_desktop.services.session import Recorded
from mlops_desktop.ui.actions import Action, Deed, bind
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.jobs import Progress
from mlops_desktop.ui.pages.governance.asking import ask_step
from mlops_desktop.ui.pages.monitoring.detail import MetricDetail
from mlops_desktop.ui.pages.monitoring.forms import ThresholdForm
from mlops_desktop.ui.pages.monitoring.intake import ask_thresholds
from mlops_desktop.ui.pages.monitoring.offers import OFFERS
from mlops_desktop.ui.pages.monitoring.said import say_bounds, say_metric
from mlops_desktop.ui.widgets.dialog import ConfirmDialog


class Chosen(Protocol):
    """The page, as far as actions need it."""

    detail: MetricDetail

    def window(self) -> QWidget: ...


class MonitoringActions:
    """The rows of the action table that the page brings."""

    def __init__(self, context: Context, page: Chosen) -> None:
        self._context, self._page = context, page

    def rows(self) -> tuple[Action, ...]:
        """Return every row."""
        deeds: dict[str, Deed] = {
            "monitoring.threshold": (self._set_threshold, self._can_act),
            "monitoring.end": (self._end_threshold, self._has_threshold),
            "monitoring.plan": (lambda: self._take("plan"), lambda: self._can_take("plan")),
            "monitoring.acknowledge": (
                lambda: self._take("acknowledge"), lambda: self._can_take("acknowledge"),
            ),
            "monitoring.breach": (self._go_to_breach, self._has_breach),
            "monitoring.model": (self._go_to_model, self._has_row),
            "monitoring.import": (self._import, self._is_acting),
            "monitoring.copy": (self._copy, self._is_measured),
            "monitoring.picture": (self._copy_picture, self._is_measured),
        }  # fmt: skip
        return bind("monitoring", OFFERS, deeds)

    def _is_acting(self) -> bool:
        return self._context.is_open and self._has_person()

    def _import(self) -> None:
        ask_thresholds(self._context, self._page.window())

    def _detail(self) -> MetricDetail | None:
        # The table is asked before the page has made its detail.
        return getattr(self._page, "detail", None)

    def _has_row(self) -> bool:
        detail = self._detail()
        return detail is not None and not detail.isHidden() and detail.row is not None

    def _can_act(self) -> bool:
        return self._has_row() and self._context.is_open and self._has_person()

    def _has_person(self) -> bool:
        return bool(self._context.session.actor.person)

    def _has_threshold(self) -> bool:
        detail = self._detail()
        return self._can_act() and detail is not None and bool(detail.current_threshold())

    def _can_take(self, step: str) -> bool:
        detail = self._detail()
        breach = detail.open_breach() if detail is not None and self._can_act() else None
        return breach is not None and (step == "plan" or breach.stage == "open")

    def _has_breach(self) -> bool:
        detail = self._detail()
        return self._has_row() and detail is not None and detail.any_breach() is not None

    def _is_measured(self) -> bool:
        detail = self._detail()
        sheet = detail.sheet if detail is not None and self._has_row() else None
        return sheet is not None and bool(sheet.measured.times)

    def _set_threshold(self) -> None:
        row = self._page.detail.row
        if row is not None:
            form = ThresholdForm(self._context, row, self._page.window())
            form.run()

    def _end_threshold(self) -> None:
        detail, context = self._page.detail, self._context
        id, row, session = detail.current_threshold(), detail.row, context.session
        if row is None or not id:
            return
        title = context.say("monitoring.action.end").removesuffix("…")
        dialog = ConfirmDialog(
            context, title, _say_end(context, row), title,
            self._page.window(), reason=context.say("item.field.reason"),
        )  # fmt: skip

        def send() -> None:
            reason = dialog.reason()

            def work(progress: Progress) -> Recorded:
                return end_threshold(session, id, reason)

            context.jobs.submit_write(title, work, done, dialog.show_error)

        def done(recorded: Recorded) -> None:
            dialog.done_well()
            context.toast(context.say("monitoring.done.end"))

        dialog.submitted.connect(send)
        dialog.open()

    def _take(self, step: str) -> None:
        breach, session = self._page.detail.open_breach(), self._context.session
        if breach is None:
            return

        def ask(progress: Progress) -> ItemSheet:
            return show_item(session, breach.id)

        def tell(sheet: ItemSheet) -> None:
            ask_step(self._context, sheet, sheet.kind.step(step), self._page.window())

        name = self._context.say("item.job.read")
        self._context.jobs.submit_read(
            name, ask, tell, self._context.show_error, key="monitoring:breach"
        )

    def _go_to_breach(self) -> None:
        breach = self._page.detail.any_breach()
        if breach is not None:
            self._context.show_page("governance", breach.id)

    def _go_to_model(self) -> None:
        row = self._page.detail.row
        if row is not None:
            self._context.show_page("models", row.model)

    def _copy(self) -> None:
        self._page.detail.chart.copy_data()

    def _copy_picture(self) -> None:
        self._page.detail.chart.copy_picture()


def _say_end(context: Context, row: MetricRow) -> str:
    """Return which threshold of what is ended, and what follows."""
    model, bounds = f"{row.model} {row.model_name}", say_bounds(context, row.bounds, row.unit)
    return context.say(
        "monitoring.form.end_lead", model=model, metric=say_metric(context, row), bounds=bounds
    )
