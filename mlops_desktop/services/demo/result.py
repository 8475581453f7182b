"""What the demo built: where everything is, and what each role finds waiting."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeAlias

from mlops_desktop.core.identity import Role
from mlops_desktop.core.wording import Words

Parameter: TypeAlias = str | int | date
_DAYS = {"de": "%d.%m.%Y", "en": "%Y-%m-%d"}


@dataclass(frozen=True, slots=True)
class Waiting:
    """What a role finds on opening: ``demo.waiting.<role>`` with these parameters says it."""

    role: Role
    person: str
    parameters: tuple[tuple[str, Parameter], ...]

    def text(self, words: Words) -> str:
        """Return the sentence in a language."""
        shown = {name: _shown(value, words.language) for name, value in self.parameters}
        return words.text(f"demo.waiting.{self.role}", **shown)


def _shown(value: Parameter, language: str) -> str | int:
    return value.strftime(_DAYS[language]) if isinstance(value, date) else value


@dataclass(frozen=True, slots=True)
class DemoResult:
    """A finished sample workspace.

    ``place`` is the workspace's file; ``home`` and ``key_file`` hold its throw-away keys,
    ``people_file`` the persons' passphrases. ``verdict`` is what verifying ``dossier`` said,
    ``altered`` a copy of it with one byte changed and ``altered_verdict`` what was said of that;
    ``drawer`` are dossiers of earlier days, ``extract`` is what the auditor took away and brought
    back. ``events`` is the ledger's size, ``is_sound`` whether verifying the workspace found
    nothing.
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
    extract: Path
    events: int
    is_sound: bool
    people: tuple[str, ...]
    waiting: tuple[Waiting, ...]
