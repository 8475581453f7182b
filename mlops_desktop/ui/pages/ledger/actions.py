"""What can be done on the page Ledger."""

from collections.abc import Callable
from typing import Protocol

from mlops_desktop.ui.actions import Action
from mlops_desktop.ui.text import later


class Doer(Protocol):
    """The page, as far as actions need it."""

    def verify(self) -> None: ...
    def stop(self) -> None: ...
    def show_checks(self) -> None: ...
    def show_bad_event(self) -> None: ...
    def save_proof(self) -> None: ...
    def copy_proof(self) -> None: ...
    def copy_leaf(self) -> None: ...
    def save_head(self) -> None: ...
    def can_verify(self) -> bool: ...
    def is_verifying(self) -> bool: ...
    def has_verdict(self) -> bool: ...
    def has_bad_event(self) -> bool: ...
    def has_event(self) -> bool: ...


def ledger_actions(page: Doer) -> tuple[Action, ...]:
    """Return the rows of the action table."""
    return (
        _row("verify", later("Verify the ledger"), page.verify, page.can_verify, "verify", "F8"),
        _row("stop", later("Stop verifying"), page.stop, page.is_verifying, "stop"),
        _row("show_checks", later("Show the checks"), page.show_checks, page.has_verdict, "check"),
        _row(
            "show_event",
            later("Show the first bad event"),
            page.show_bad_event,
            page.has_bad_event,
            "ledger",
        ),
        _row("save_proof", later("Save the proof…"), page.save_proof, page.has_event, "export"),
        _row("copy_proof", later("Copy the proof"), page.copy_proof, page.has_event, "copy"),
        _row("copy_leaf", later("Copy the leaf hash"), page.copy_leaf, page.has_event, "copy"),
        _row("save_head", later("Save the signed head…"), page.save_head, page.can_verify, "sign"),
    )


def _row(
    name: str,
    title: str,
    callback: Callable[[], None],
    enabled: Callable[[], bool],
    icon: str,
    shortcut: str = "",
) -> Action:
    return Action(
        f"ledger.{name}", title, callback, shortcut, icon, "ledger", "Edit", enabled=enabled
    )
