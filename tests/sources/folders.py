"""A folder to be read: files put there, and what the source tells of them."""

from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from mlops_desktop.core.events.checks import CheckCase, CheckDetails
from mlops_desktop.core.inventory import Pair
from mlops_desktop.core.observed.details import ObservedDetails
from mlops_desktop.sources.base import Connection
from mlops_desktop.sources.folder.listing import Limits
from mlops_desktop.sources.folder.reader import Folder
from mlops_desktop.sources.observations import (
    Completion,
    Fact,
    Failure,
    Observation,
    ObservedPoints,
    ObservedThing,
    Page,
    Refusal,
    Stream,
)

CAPTURES = Path(__file__).parent / "captures"
D = TypeVar("D", bound=ObservedDetails)


@dataclass(frozen=True)
class Inbox:
    """A folder for one test."""

    root: Path
    settings: tuple[Pair, ...] = ()
    limits: Limits | None = None

    def put(self, name: str, content: bytes | str) -> Path:
        place = self.root / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content.encode() if isinstance(content, str) else content)
        return place

    def capture(self, name: str, put_as: str | None = None) -> Path:
        return self.put(put_as or name, (CAPTURES / name).read_bytes())

    def open(self) -> Folder:
        connection = Connection("inbox", "folder", str(self.root), settings=self.settings)
        return Folder(connection, limits=self.limits)

    def pull(self, stream: Stream) -> list[Observation]:
        return list(self.open().pull(stream))

    def facts(self, stream: Stream) -> list[Fact]:
        pages = [one for one in self.pull(stream) if isinstance(one, Page)]
        return [fact for page in pages for fact in page.facts()]

    def pages(self, stream: Stream) -> list[Page]:
        return [one for one in self.pull(stream) if isinstance(one, Page)]

    def details(self, stream: Stream, kind: type[D]) -> list[D]:
        facts = self.facts(stream)
        things = [one for one in facts if isinstance(one, ObservedThing | ObservedPoints)]
        return [one.details for one in things if isinstance(one.details, kind)]

    def check(self) -> CheckDetails:
        (check,) = self.details(Stream.CHECKS, CheckDetails)
        return check

    def end(self, stream: Stream = Stream.CHECKS) -> Completion | Failure:
        last = self.pull(stream)[-1]
        assert isinstance(last, Completion | Failure)
        return last

    def refused(self) -> tuple[Refusal, ...]:
        end = self.end()
        assert isinstance(end, Completion)
        return end.refused


def case_of(check: CheckDetails, part: str) -> CheckCase:
    (case,) = [one for one in check.cases if part in one.name]
    return case
