"""What can be done with a model; each row is enabled where the life of the model allows it."""

from collections.abc import Callable
from typing import Protocol

from PySide6.QtWidgets import QWidget

from mlops_desktop.core.lifecycle import MOVES, Move, State
from mlops_desktop.core.tiering import Basis
from mlops_desktop.services.feedback import Case
from mlops_desktop.services.model_links import Linked
from mlops_desktop.services.permits.showing import PermitShown
from mlops_desktop.ui.actions import Action, Deed, bind
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.pages.models.by_hand import (
    ask_closing,
    ask_opening,
    ask_version,
    open_by_hand,
)
from mlops_desktop.ui.pages.models.cases import Cases, ask_answer, ask_cases, ask_finding
from mlops_desktop.ui.pages.models.decision_finding import find_decision
from mlops_desktop.ui.pages.models.dialogs import ask_match, ask_move, ask_rejection
from mlops_desktop.ui.pages.models.forms import open_acceptance, open_edit, open_registration
from mlops_desktop.ui.pages.models.linking import ask_link, ask_unlink
from mlops_desktop.ui.pages.models.offers import OFFERS
from mlops_desktop.ui.pages.models.permit_saving import save_checker, save_permit
from mlops_desktop.ui.pages.models.permitting import ask_permit
from mlops_desktop.ui.pages.models.request import ask_request
from mlops_desktop.ui.pages.models.shown import Shown
from mlops_desktop.ui.pages.models.tier_dialogs import ask_ending, ask_override
from mlops_desktop.ui.pages.models.tier_form import ask_assessment

_UNDECIDED = (State.CANDIDATE, State.REJECTED)


class Chosen(Protocol):
    """The page, as far as actions need it."""

    def chosen(self) -> Shown | None: ...
    def chosen_link(self) -> Linked | None: ...
    def chosen_cases(self) -> tuple[Case, ...]: ...
    def chosen_permit(self) -> PermitShown | None: ...
    def go_to(self, named: str) -> None: ...
    def window(self) -> QWidget: ...


class ModelActions:
    """The rows of the action table that the page Models brings."""

    def __init__(self, context: Context, page: Chosen) -> None:
        self._context, self._page = context, page

    def rows(self) -> tuple[Action, ...]:
        """Return every row."""
        can_reject = self._can(Move.REJECT)
        moves = (Move.VALIDATE, Move.REWORK, Move.SUSPEND, Move.REACTIVATE, Move.RETIRE)
        deeds: dict[str, Deed] = {
            "model.register": (self._register, self._is_open),
            "approval.request": (self._on(ask_request), self._has_version),
            "model.edit": (self._on(open_edit), self._is_model),
            "model.assess_tier": (self._on(ask_assessment), self._is_model),
            "model.override_tier": (self._on(ask_override), self._is_rated),
            "model.end_override": (self._on(ask_ending), self._is_overridden),
            "model.link": (self._on(ask_link), self._is_model),
            "model.unlink": (self._unlink, self._is_linked),
            "model.feedback": (self._on(ask_cases), self._is_model),
            "feedback.answer": (self._on_cases(ask_answer), self._has_cases),
            "feedback.finding": (self._on_cases(ask_finding), self._has_cases),
            "model.permit": (self._on(ask_permit), self._has_version),
            "permit.save": (self._save_permit, self._has_permit),
            "permit.checker": (self._save_checker, lambda: self._context.is_open),
            "version.register": (self._on(ask_version), self._is_model),
            "deployment.open": (self._on(ask_opening), self._has_version),
            "deployment.close": (self._on(ask_closing), self._has_open_deployment),
            "candidate.accept": (self._accept, self._can(Move.ACCEPT)),
            "candidate.match": (self._match, can_reject),
            "candidate.reject": (self._reject, can_reject),
            "model.own_fields": (self._own_fields, lambda: self._context.is_open),
            "model.export": (self._export, self._can_export),
            "decision.find": (self._find_decision, lambda: self._context.is_open),
        }
        deeds |= {f"model.{move}": (self._move(move), self._can(move)) for move in moves}
        return bind("models", OFFERS, deeds)

    def _is_open(self) -> bool:
        return self._context.is_open and bool(self._context.session.actor.person)

    def _stage(self) -> State | None:
        shown = self._page.chosen()
        return shown.sheet.state.stage if shown is not None and self._is_open() else None

    def _is_model(self) -> bool:
        return self._stage() is not None and self._stage() not in _UNDECIDED

    def _is_rated(self) -> bool:
        shown = self._page.chosen()
        return self._is_model() and shown is not None and shown.sheet.state.rating is not None

    def _is_overridden(self) -> bool:
        shown = self._page.chosen()
        is_held = shown is not None and shown.sheet.row.tier_basis is Basis.OVERRIDDEN
        return self._is_model() and is_held

    def _is_linked(self) -> bool:
        shown = self._page.chosen()
        return self._is_model() and shown is not None and bool(shown.links)

    def _has_cases(self) -> bool:
        return self._is_model() and bool(self._page.chosen_cases())

    def _has_permit(self) -> bool:
        return self._context.is_open and self._page.chosen_permit() is not None

    def _has_version(self) -> bool:
        shown = self._page.chosen()
        return self._is_model() and shown is not None and bool(shown.sheet.versions)

    def _has_open_deployment(self) -> bool:
        shown = self._page.chosen()
        return self._is_model() and shown is not None and bool(open_by_hand(shown))

    def _can(self, move: Move) -> Callable[[], bool]:
        return lambda: self._stage() in MOVES[move][0]

    def _can_export(self) -> bool:
        return self._is_model() and _is_known(self._context, "go.dossiers")

    def _on_shown(self, work: Callable[[Shown], object]) -> None:
        shown = self._page.chosen()
        if shown is not None:
            work(shown)

    def _move(self, move: Move) -> Callable[[], None]:
        def ask() -> None:
            self._on_shown(lambda shown: ask_move(self._context, shown, move, self._page.window()))

        return ask

    def _on(self, ask: Callable[[Context, Shown, QWidget], object]) -> Callable[[], None]:
        """Return what asks with the model shown."""
        return lambda: self._on_shown(lambda shown: ask(self._context, shown, self._page.window()))

    def _on_cases(
        self, ask: Callable[[Context, Shown, Cases, QWidget], object]
    ) -> Callable[[], None]:
        """Return what asks about the cases of feedback chosen."""
        cases, window = self._page.chosen_cases, self._page.window
        return lambda: self._on_shown(lambda shown: ask(self._context, shown, cases(), window()))

    def _save_permit(self) -> None:
        chosen = self._page.chosen_permit()
        if chosen is not None:
            name = f"{chosen.model}-{chosen.version}.permit"
            save_permit(self._context, chosen.id, name, self._page.window())

    def _save_checker(self) -> None:
        save_checker(self._context, self._page.window())

    def _unlink(self) -> None:
        link, window = self._page.chosen_link(), self._page.window()
        self._on_shown(lambda shown: ask_unlink(self._context, shown, window, link))

    def _match(self) -> None:
        self._on_shown(lambda shown: ask_match(self._context, shown.sheet.row, self._page.window()))

    def _reject(self) -> None:
        self._on_shown(
            lambda shown: ask_rejection(self._context, shown.sheet.row, self._page.window())
        )

    def _export(self) -> None:
        def go(shown: Shown) -> None:
            self._context.show_page("dossiers", shown.id)
            if _is_known(self._context, "dossier.export"):
                self._context.actions.run("dossier.export")

        self._on_shown(go)

    def _find_decision(self) -> None:
        find_decision(self._context, self._page.window())

    def _own_fields(self) -> None:
        self._context.show_page("rules", "fields:")

    def _register(self) -> None:
        open_registration(self._context, self._page.window(), self._page.go_to)

    def _accept(self) -> None:
        self._on_shown(
            lambda shown: open_acceptance(
                self._context, shown, self._page.window(), self._page.go_to
            )
        )


def _is_known(context: Context, action: str) -> bool:
    try:
        context.actions.row(action)
    except KeyError:
        return False
    return True
