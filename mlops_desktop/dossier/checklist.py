"""checklist.csv: every rule of the regulatory matrix as a row for a spreadsheet, gaps first.

A file of its own because auditors tick rules off; it says nothing that the pages do not print.
"""

import csv
from collections.abc import Iterator
from io import StringIO

from mlops_desktop.dossier.attachments import Attachment, Relationship
from mlops_desktop.dossier.content import Cell, Facts, Kind, Missing, Part
from mlops_desktop.dossier.language import Language

NAME = "checklist.csv"
_CHAPTER = "regulation"
_RULE = "rule"
_FORMULAS = frozenset("=+-@\t\r'")


def checklist(facts: Facts, language: Language) -> tuple[Attachment, ...]:
    """Return the checklist in a language; nothing where no profile is worked by.

    UTF-8 with a mark, as spreadsheets know it; a cell that would be a formula begins with ``'``.
    """
    found = next((one for one in facts.chapters if one.name == _CHAPTER), None)
    if found is None or isinstance(found.parts, Missing):
        return ()
    parts = [part for part in found.parts if part.grid and part.grid.columns[0] == _RULE]
    if not parts:
        return ()
    out = StringIO(newline="")
    csv.writer(out).writerows([_heads(parts[0], language), *_rows(parts, language)])
    # A lone surrogate has no UTF-8 form; its escape stays readable.
    data = out.getvalue().encode("utf-8-sig", "backslashreplace")
    return (Attachment(NAME, "checklist", "text/csv", Relationship.SUPPLEMENT, data),)


def _heads(part: Part, language: Language) -> list[str]:
    assert part.grid is not None
    columns = [language.term("column", name) for name in part.grid.columns[1:-1]]
    first = [language.say(f"checklist.{name}") for name in ("profile", "rule", "reference")]
    return [*first, *columns, language.say("checklist.sections")]


def _rows(parts: list[Part], language: Language) -> Iterator[list[str]]:
    for part in parts:
        name = language.term("part", part.name) if part.label is None else part.label
        for rule, *cells in part.grid.rows if part.grid else ():
            own = [] if isinstance(rule, Missing) else [language.values((one,)) for one in rule]
            told = (name, *own, *(_say(cell, language) for cell in cells))
            yield [f"'{text}" if text[:1] in _FORMULAS else text for text in told]


def _say(cell: Cell, language: Language) -> str:
    """Return a cell in words; sections by their titles, for a file has no pages."""
    said = language.values(cell)
    is_place = not isinstance(cell, Missing) and any(one.kind is Kind.PAGE for one in cell)
    return said.replace("\n", ", ") if is_place else said.replace("\n", " · ")
