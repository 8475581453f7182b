"""Prints one model's part: all that its own dossier says but cover, contents and what is common."""

from dataclasses import replace
from datetime import UTC, datetime

from mlops_desktop.dossier.bundle.shapes import PrintedPart
from mlops_desktop.dossier.content import AsOf, Checkpoint, Document, Facts, Head, Ledger
from mlops_desktop.dossier.language import Language
from mlops_desktop.dossier.pages import blind_spots, cover, ledger, press
from mlops_desktop.dossier.pages.sheet import Sheet
from mlops_desktop.dossier.typeset.part import PartDocument

#: What the whole bundle says once, in front of its parts.
COMMON = frozenset({"document_control", "attachments", "signatures", "glossary", "verification"})
_NO_DAY = datetime(1970, 1, 1, tzinfo=UTC)
_NO_HEAD = Checkpoint(Head(0, ""), _NO_DAY, "", ())


def of_its_own(facts: Facts) -> Facts:
    """Return the facts less all that the front says: of these alone the pages of a part are made.

    So a part does not change where only the ledger grew, or the dates asked for moved.
    """
    return replace(
        facts,
        as_of=AsOf(facts.as_of.as_at, _NO_DAY, 0),
        ledger=Ledger(_NO_HEAD, facts.ledger.entries),
        chapters=tuple(one for one in facts.chapters if one.name not in COMMON),
        blind_spots=replace(facts.blind_spots, left_out=()),
    )


def print_part(document: Document, facts: Facts, language: Language) -> PrintedPart:
    """Return the pages of what :func:`of_its_own` gave; nothing of ``document`` is on them."""
    sheet = Sheet(document, facts, language, ())
    names = [name for name in sheet.sections if name not in COMMON]
    sections = press.build(sheet, names)
    sections["ledger"] = ledger.build_events(sheet)
    sections["blind_spots"] = blind_spots.build_own(sheet)
    return PartDocument().print([*cover.title(sheet), *press.in_order(sheet, sections)])
