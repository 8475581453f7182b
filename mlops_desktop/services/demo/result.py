"""What the demo built: where everything is, and what each role finds waiting."""

from dataclasses import dataclass
from pathlib import Path

from mlops_desktop.core.identity import Role
from mlops_desktop.core.wording import Words


@dataclass(frozen=True, slots=True)
class Waiting:
    """What a role finds on opening: ``demo.waiting.<role>`` with these parameters says it."""

    role: Role
    person: str
    parameters: tuple[tuple[str, str | int], ...]

    def text(self, words: Words) -> str:
        """Return the sentence in a language."""
        return words.text(f"demo.waiting.{self.role}", **dict(self.parameters))


@dataclass(frozen=True, slots=True)
class DemoResult:
    """A finished sample workspace.

    ``place`` is the workspace's file; ``home`` and ``key_file`` hold its throw-away keys,
    ``people_file`` the persons' passphrases. ``verdict`` is what verifying ``dossier`` said,
    ``altered`` a copy of it with one byte changed and ``altered_verdict`` what was said of that;
    ``drawer`` are dossiers of earlier days. ``events`` is the ledger's size, ``is_sound``
    whether verifying the workspace found nothing.
    """

    folder: Path
    place: Path
    home: Path
    key_file: Path
    people_file: Path
    dossier: Path
    verdict: str
    altered: Path
    altered_verdict: str
    drawer: tuple[Path, ...]
    events: int
    is_sound: bool
    people: tuple[str, ...]
    waiting: tuple[Waiting, ...]
