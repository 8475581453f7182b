"""Files dropped on the form of an item: read beside the window, named by their digests."""

from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

from PySide6.QtWidgets import QLineEdit

from mlops_desktop.services.documents import File, read_file
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.jobs import Progress

NAMED = ("evidence", "documents")
"""Fields of items that name files."""


class Attached:
    """The files that a line names; ``told`` hears their names when they are here."""

    def __init__(
        self, context: Context, line: QLineEdit, told: Callable[[str], None], field: str
    ) -> None:
        self._context, self._line, self._told = context, line, told
        self._names = field == "documents"
        self._files: dict[str, File] = {}

    def take(self, paths: tuple[Path, ...]) -> None:
        """Read ``paths`` and name them in the line."""

        def read(progress: Progress) -> tuple[File, ...]:
            return tuple(read_file(path) for path in paths)

        name = self._context.say("drops.form.evidence")
        self._context.jobs.submit_read(name, read, self._add, self._context.show_error)

    def files(self) -> tuple[File, ...]:
        """Return those that the line still names."""
        named = self._line.text()
        return tuple(file for mark, file in self._files.items() if mark in named)

    def _add(self, files: tuple[File, ...]) -> None:
        found = {f"sha256:{sha256(file.content).hexdigest()}": file for file in files}
        self._files |= found
        before = [part.strip() for part in self._line.text().split(",") if part.strip()]
        marks = tuple(self._mark(mark, file) for mark, file in found.items())
        self._line.setText(", ".join(dict.fromkeys((*before, *marks))))
        self._told(", ".join(file.name for file in self.files()))

    def _mark(self, mark: str, file: File) -> str:
        """Return how the line names a file: documents by their names too, evidence never."""
        return f"{file.name.replace(',', ' ')} {mark}" if self._names else mark
