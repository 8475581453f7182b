"""Findings of the sample bank beside those with a story of their own: most remedied and closed."""

from mlops_desktop import paths
from mlops_desktop.services.demo.items import ItemPart, StepPart
from mlops_desktop.services.demo.strict import Strict, read_file


class FindingPart(Strict, frozen=True):
    """A finding of one person about a model; remedied by its owner and closed, or still open."""

    on: str
    by: str
    model: int
    title: str
    origin: str
    severity: str
    owner: str
    due: str
    origin_number: str = ""
    remedied: str = ""
    how: str = ""
    closed: str = ""

    @property
    def item(self) -> ItemPart:
        """The finding as an item with its steps."""
        told = {"title": self.title, "origin": self.origin, "severity": self.severity}
        told |= {"owner": self.owner, "due": self.due}
        if self.origin_number:
            told["origin_number"] = self.origin_number
        steps = (
            StepPart(self.remedied, self.owner, "remedy", self.how),
            StepPart(self.closed, self.by, "close", _CLOSED),
        )
        taken = steps if self.closed else ()
        return ItemPart("finding", self.on, self.by, (self.model,), told, step=taken)


_CLOSED = "Nachweis eingesehen, Mangel behoben."


class _File(Strict, frozen=True):
    finding: tuple[FindingPart, ...]


def read_findings() -> tuple[ItemPart, ...]:
    """Return the findings as items; raises ``demo.file_malformed``."""
    found = read_file(paths.resource("demo", "findings.toml"), _File).finding
    return tuple(part.item for part in found)
