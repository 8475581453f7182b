"""What can be done on the page Dossiers."""

from collections.abc import Callable
from typing import Protocol

from mlops_desktop.ui.actions import Action
from mlops_desktop.ui.text import later


class Doer(Protocol):
    """The page, as far as actions need it."""

    def export(self) -> None: ...
    def open(self) -> None: ...
    def verify_again(self) -> None: ...
    def locate(self) -> None: ...
    def show_folder(self) -> None: ...
    def choose_trust(self) -> None: ...
    def drop_trust(self) -> None: ...
    def save_authority(self) -> None: ...
    def is_open(self) -> bool: ...
    def has_file(self) -> bool: ...
    def has_line(self) -> bool: ...
    def has_trust(self) -> bool: ...


def dossier_actions(page: Doer) -> tuple[Action, ...]:
    """Return the rows of the action table."""
    return (
        # As of the day shown, too: what is exported is not changed by it.
        _row("export", later("Export a dossier…"), page.export, page.is_open, "add", "Ctrl+N"),
        _row("open", later("Verify a PDF…"), page.open, page.is_open, "open", "Ctrl+Shift+O"),
        _row("again", later("Verify again"), page.verify_again, page.has_file, "verify", "F8"),
        _row("locate", later("Find the file…"), page.locate, page.has_line, "search"),
        _row("folder", later("Show in its folder"), page.show_folder, page.has_file, "open"),
        _row("trust", later("Trust a certificate too…"), page.choose_trust, page.is_open, "lock"),
        _row(
            "distrust",
            later("Trust this workspace's authority alone"),
            page.drop_trust,
            page.has_trust,
            "undo",
        ),
        _row(
            "authority",
            later("Save the authority's certificate…"),
            page.save_authority,
            page.is_open,
            "export",
        ),
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
        f"dossier.{name}", title, callback, shortcut, icon, "dossiers", "Edit", enabled=enabled
    )
