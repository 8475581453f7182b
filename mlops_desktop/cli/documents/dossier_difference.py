"""What differs between two dossiers, as a document and as text."""

from typing import TYPE_CHECKING

from mlops_desktop.cli.answer import Document
from mlops_desktop.cli.documents.values import moment
from mlops_desktop.cli.text import pairs, section, table

if TYPE_CHECKING:
    from mlops_desktop.services.dossiers.difference import Compared, Side


def compared_document(found: "Compared") -> Document:
    """Return both files and the differing lines; values as canonical texts, null where absent."""
    from mlops_desktop.services.dossiers.difference import plain_text

    return {
        "before": _side_document(found.before),
        "after": _side_document(found.after),
        "differences": [
            {
                "section": one.section,
                "thing": one.thing,
                "field": one.field,
                "change": one.change.value,
                "before": plain_text(one.before),
                "after": plain_text(one.after),
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


def compared_text(found: "Compared", lang: str) -> str:
    """Return both files and a table of what differs, in words of ``lang``."""
    from mlops_desktop.services.dossiers.difference import write_lines

    facts = found.after.evidence.facts
    told = pairs(
        [
            ("Model", f"{facts.model_id} {facts.model_name}"),
            ("Before", _side_text(found.before)),
            ("After", _side_text(found.after)),
        ]
    )
    rows = [
        (one.section, one.thing, one.field, one.change, _line(one.before), _line(one.after))
        for one in write_lines(found, lang)
    ]
    heads = ("SECTION", "ABOUT", "FIELD", "CHANGE", "BEFORE", "AFTER")
    return told + section("Differences", table(heads, rows) if rows else "none")


def _side_text(side: "Side") -> str:
    of = side.evidence.facts.as_of
    return f"{side.path} · {of.as_at.isoformat()} · {side.verdict.outcome.value}"


def _line(text: str) -> str:
    return text.replace("\n", ", ")
