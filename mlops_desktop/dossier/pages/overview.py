"""The second page: contents, and how much there is of everything."""

from collections.abc import Sequence

from reportlab.platypus import PageBreak

from mlops_desktop.dossier.content import Missing
from mlops_desktop.dossier.pages.sheet import Sheet, Story
from mlops_desktop.dossier.typeset.contents import ContentsLine
from mlops_desktop.dossier.typeset.flow import Heading, Space
from mlops_desktop.dossier.typeset.ink import Align
from mlops_desktop.dossier.typeset.table import CELL, STRONG, Column, Table


def build(sheet: Sheet, names: Sequence[str]) -> Story:
    """Return the contents with a line for each of the sections ``names``, and the counts."""
    lines = [
        ContentsLine(str(number), sheet.say(f"section.{name}"), name)
        for number, name in enumerate(names, 1)
    ]
    return [
        Heading(sheet.say("contents.title"), 0, "contents"),
        Space(6),
        *lines,
        Space(18),
        Heading(sheet.say("glance.title"), 1, "glance", outline=False),
        sheet.lead("glance.lead"),
        _counts(sheet),
        PageBreak(),
    ]


def _counts(sheet: Sheet) -> Table:
    facts = sheet.facts
    counted: tuple[tuple[str, Sequence[object] | Missing], ...] = (
        ("versions", facts.versions),
        ("deployments", facts.deployments),
        ("datasets", facts.datasets),
        ("metrics", facts.series),
        ("approvals", facts.approvals),
        ("ledger", facts.ledger.entries),
        ("blind_spots", _blind(sheet)),
    )
    columns = (Column("", 0.42, STRONG), Column("", 0.58, CELL, Align.LEFT))
    rows = [(sheet.say(f"section.{name}"), _count(sheet, found)) for name, found in counted]
    return Table(columns, rows, titles=False)


def _blind(sheet: Sheet) -> Sequence[object]:
    spots = sheet.facts.blind_spots
    sources = () if isinstance(spots.sources, Missing) else spots.sources
    return [*(s for s in sources if not s.reached), *spots.unmeasured, *spots.left_out]


def _count(sheet: Sheet, found: Sequence[object] | Missing) -> str:
    if isinstance(found, Missing):
        return sheet.language.missing(found)
    return sheet.language.integer(len(found))
