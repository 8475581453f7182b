"""What differs between two dossiers, as a document and as text."""

from typing import TYPE_CHECKING

from mlops_desktop.cli.answer import Document
from mlops_desktop.cli.documents.values import moment
from mlops_desktop.cli.text import pairs, section, table

if TYPE_CHECKING:
    from mlops_desktop.dossier.content import Cell
    from mlops_desktop.dossier.language import Language
    from mlops_desktop.services.dossiers.difference import Compared, Side


def compared_document(found: "Compared") -> Document:
    """Return both files and the differing lines; values as canonical texts, null where absent."""
    return {
        "before": _side_document(found.before),
        "after": _side_document(found.after),
        "differences": [
            {
                "section": one.section,
                "thing": one.thing,
                "field": one.field,
                "change": one.change.value,
                "before": _plain(one.before),
                "after": _plain(one.after),
            }
            for one in found.differences
        ],
    }


def _side_document(side: "Side") -> Document:
    facts = side.evidence.facts
    return {
        "path": str(side.path),
        "sha256": side.verdict.sha256,
        "id": side.evidence.document.id,
        "model": facts.model_id,
        "verdict": side.verdict.outcome.value,
        "as_at": facts.as_of.as_at.isoformat(),
        "as_known": moment(facts.as_of.as_known),
        "size": facts.ledger.checkpoint.head.size,
        "root": facts.ledger.checkpoint.head.root,
    }


def _plain(cell: "Cell | None") -> str | None:
    from mlops_desktop.dossier.content import Missing

    if cell is None or isinstance(cell, Missing):
        return None
    return "\n".join(value.text for value in cell)


def compared_text(found: "Compared", lang: str) -> str:
    """Return both files and a table of what differs, in words of ``lang``."""
    from mlops_desktop.dossier.language import Language
    from mlops_desktop.services.wording import read_words

    language = Language(read_words(lang))
    facts = found.before.evidence.facts
    told = pairs(
        [
            ("Model", f"{facts.model_id} {facts.model_name}"),
            ("Before", _side_text(found.before, language)),
            ("After", _side_text(found.after, language)),
        ]
    )
    if not found.differences:
        return told + section("Differences", "none")
    rows = [
        (
            language.term("section", one.section),
            language.either(one.thing),
            language.either(_field(one.field, language)),
            language.say(f"difference.{one.change}"),
            _said(one.before, language),
            _said(one.after, language),
        )
        for one in found.differences
    ]
    heads = ("SECTION", "ABOUT", "FIELD", "CHANGE", "BEFORE", "AFTER")
    return told + section("Differences", table(heads, rows))


def _field(name: str, language: "Language") -> str:
    for group in ("field", "column"):
        if (words := language.term(group, name)) != name:
            return words
    return name


def _side_text(side: "Side", language: "Language") -> str:
    of = side.evidence.facts.as_of
    parts = (str(side.path), language.day(of.as_at), side.verdict.outcome.value)
    return " · ".join(parts)


def _said(cell: "Cell | None", language: "Language") -> str:
    return "" if cell is None else language.values(cell).replace("\n", ", ")
