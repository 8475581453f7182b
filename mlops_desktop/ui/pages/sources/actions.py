"""What can be done on the page Sources."""

from collections.abc import Callable
from dataclasses import replace
from typing import Protocol

from mlops_desktop.ui.actions import Action
from mlops_desktop.ui.text import later


class Doer(Protocol):
    """The page, as far as actions need it."""

    def add(self) -> None: ...
    def sync(self) -> None: ...
    def sync_all(self) -> None: ...
    def stop(self) -> None: ...
    def test(self) -> None: ...
    def accept(self) -> None: ...
    def edit(self) -> None: ...
    def give_secret(self) -> None: ...
    def remove(self) -> None: ...
    def show_candidates(self) -> None: ...
    def is_open(self) -> bool: ...
    def has_any(self) -> bool: ...
    def has_chosen(self) -> bool: ...
    def can_read(self) -> bool: ...
    def is_reading(self) -> bool: ...
    def is_held_back(self) -> bool: ...


def source_actions(page: Doer) -> tuple[Action, ...]:
    """Return the rows of the action table."""
    gone, away = later("Confirm that they are gone…"), later("Remove the source…")
    change, secret = later("Edit the connection…"), later("Replace the secret…")
    every, found = later("Synchronise all"), later("Show the candidates")
    writing = (
        _row("add", later("Connect a source…"), page.add, page.is_open, "add", "Ctrl+N"),
        _row("sync", later("Synchronise"), page.sync, page.can_read, "sync", "F5"),
        _row("sync_all", every, page.sync_all, page.has_any, "sync", "Shift+F5"),
        _row("edit", change, page.edit, page.can_read, "edit", "F2"),
        _row("accept", gone, page.accept, page.is_held_back, "check"),
        _row("remove", away, page.remove, page.can_read, "archive"),
    )
    reading = (
        _row("stop", later("Stop reading"), page.stop, page.is_reading, "stop"),
        _row("test", later("Test"), page.test, page.has_chosen, "verify", "F8"),
        _row("secret", secret, page.give_secret, page.has_chosen, "lock"),
        _row("candidates", found, page.show_candidates, page.has_any, "models"),
    )
    return (*map(_writing, writing), *reading)


def _row(
    name: str,
    title: str,
    callback: Callable[[], None],
    enabled: Callable[[], bool],
    icon: str,
    shortcut: str = "",
) -> Action:
    return Action(
        f"source.{name}", title, callback, shortcut, icon, "sources", "Edit", enabled=enabled
    )


def _writing(row: Action) -> Action:
    return replace(row, writes=True, dangerous=row.id == "source.remove")
