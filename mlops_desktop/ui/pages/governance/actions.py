"""What can be done with items; the steps on offer are those of the chosen item's stage."""

from collections.abc import Callable
from functools import partial
from typing import Protocol

from PySide6.QtCore import QPoint
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QMenu, QWidget

from mlops_desktop.core.items.kinds import ItemKind, kinds
from mlops_desktop.core.items.validations import VALIDATION
from mlops_desktop.core.report_plans import ReportKind
from mlops_desktop.services.items import ItemSheet, Offer
from mlops_desktop.ui.actions import Action, Deed, bind
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.pages.governance.asking import ask_edit, ask_opening, ask_step
from mlops_desktop.ui.pages.governance.due import ask_due
from mlops_desktop.ui.pages.governance.offers import OFFERS
from mlops_desktop.ui.pages.governance.said import say_kind, say_step
from mlops_desktop.ui.pages.rules.drafting import ask_draft
from mlops_desktop.ui.widgets.chart import ChartView


class Chosen(Protocol):
    """The page, as far as actions need it."""

    def chosen(self) -> ItemSheet | None: ...
    def chosen_kind(self) -> ItemKind | None: ...
    def chart(self) -> ChartView | None: ...
    def go_to(self, named: str) -> None: ...
    def window(self) -> QWidget: ...


class ItemActions:
    """The rows of the action table that the page brings."""

    def __init__(self, context: Context, page: Chosen) -> None:
        self._context, self._page = context, page

    def rows(self) -> tuple[Action, ...]:
        """Return every row."""
        deeds: dict[str, Deed] = {
            "item.open": (self._open, self._is_open),
            "item.step": (self._step, self._has_steps),
            "item.edit": (self._edit, self._can_edit),
            "item.model": (self._go_to_model, self._has_model),
            "item.draft": (self._draft, self._is_validation),
            "item.due": (self._save_due, self._is_open),
            "experiment.copy": (self._copy_data, self._has_result),
            "experiment.picture": (self._copy_picture, self._has_result),
        }
        return bind("governance", OFFERS, deeds)

    def _is_open(self) -> bool:
        return self._context.is_open and bool(self._context.session.actor.person)

    def _has_steps(self) -> bool:
        sheet = self._page.chosen()
        return self._is_open() and sheet is not None and bool(sheet.offers)

    def _can_edit(self) -> bool:
        sheet = self._page.chosen()
        return self._is_open() and sheet is not None and sheet.kind.is_editable(sheet.row.stage)

    def _is_validation(self) -> bool:
        sheet = self._page.chosen()
        return self._is_open() and sheet is not None and sheet.kind is VALIDATION

    def _has_result(self) -> bool:
        return self._page.chart() is not None

    def _has_model(self) -> bool:
        sheet = self._page.chosen()
        return sheet is not None and bool(sheet.models)

    def _open(self) -> None:
        kind = self._page.chosen_kind()
        if kind is not None:
            self._ask(kind)
            return
        context = self._context
        self._popup({say_kind(context, one.noun): partial(self._ask, one) for one in kinds()})

    def _ask(self, kind: ItemKind) -> None:
        ask_opening(self._context, kind, self._page.window(), self._page.go_to)

    def _edit(self) -> None:
        sheet = self._page.chosen()
        if sheet is not None:
            ask_edit(self._context, sheet, self._page.window())

    def _save_due(self) -> None:
        ask_due(self._context, self._page.window())

    def _draft(self) -> None:
        sheet = self._page.chosen()
        if sheet is not None:
            kind, window = ReportKind.VALIDATION, self._page.window()
            ask_draft(self._context, kind, sheet.row.number, window)

    def _copy_data(self) -> None:
        if (chart := self._page.chart()) is not None:
            chart.copy_data()

    def _copy_picture(self) -> None:
        if (chart := self._page.chart()) is not None:
            chart.copy_picture()

    def _go_to_model(self) -> None:
        sheet = self._page.chosen()
        if sheet is not None and sheet.models:
            self._context.show_page("models", sheet.models[0].id)

    def _step(self) -> None:
        sheet = self._page.chosen()
        if sheet is None:
            return
        self._popup(
            {
                self._name(sheet, offer): self._take(sheet, offer) if not offer.refusal else None
                for offer in sheet.offers
            }
        )

    def _name(self, sheet: ItemSheet, offer: Offer) -> str:
        """Name a step; one that a rule keeps from me says which."""
        words = self._context.language.words
        step = say_step(self._context, sheet.kind.noun, offer.step.name)
        key = f"item.kept.{offer.refusal}"
        if offer.refusal is None:
            return step
        why = self._context.say(key if key in words else "item.kept.other")
        return self._context.say("item.step_kept", step=step, why=why)

    def _take(self, sheet: ItemSheet, offer: Offer) -> Callable[[], None]:
        return lambda: ask_step(self._context, sheet, offer.step, self._page.window())

    def _popup(self, entries: dict[str, Callable[[], None] | None]) -> None:
        menu = QMenu(self._page.window())
        menu.setObjectName("itemChoices")
        for name, work in entries.items():
            entry = menu.addAction(name.replace("&", "&&"))
            entry.setEnabled(work is not None)
            if work is not None:
                entry.triggered.connect(lambda _=False, do=work: do())
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self._place())

    def _place(self) -> QPoint:
        focus = _focused(self._page.window())
        return focus.mapToGlobal(focus.rect().bottomLeft()) if focus is not None else QCursor.pos()


def _focused(window: QWidget) -> QWidget | None:
    return window.focusWidget()
