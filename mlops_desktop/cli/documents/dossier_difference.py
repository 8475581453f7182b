"""What differs between two dossiers, as a document and as text."""

from collections.abc import Iterable, Iterator
from itertools import chain, groupby
from typing import TYPE_CHECKING

from mlops_desktop.cli.answer import Document
from mlops_desktop.cli.documents.values import moment
from mlops_desktop.cli.text import pairs, section, visible
from mlops_desktop.core.wording import Words

if TYPE_CHECKING:
    from mlops_desktop.services.dossiers.difference import Compared, LineText, Side


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
    """Return both files and what differs, line by line, in words of ``lang``.

    What was is marked ``-``, what is ``+``, as in the difference of two texts.
    """
    from mlops_desktop.services.dossiers.difference import write_lines
    from mlops_desktop.services.wording import read_words

    words, facts = read_words(lang), found.after.evidence.facts
    told = pairs(
        [
            (words.text("dossier.difference.model"), f"{facts.model_id} {facts.model_name}"),
            (words.text("dossier.difference.before"), _side_text(found.before, words)),
            (words.text("dossier.difference.after"), _side_text(found.after, words)),
        ]
    )
    groups = groupby(write_lines(found, lang), key=lambda one: (one.section, one.thing))
    parts = [section(*_part(about, lines)) for about, lines in groups]
    none = "\n\n" + words.text("dossier.difference.none")
    return told + ("".join(parts) or none)


def _part(about: tuple[str, str], lines: "Iterable[LineText]") -> tuple[str, str]:
    title = ", ".join(filter(None, (visible(one) for one in about)))
    return title, "\n".join(chain.from_iterable(map(_lines, lines)))


def _lines(one: "LineText") -> Iterator[str]:
    yield f"  {visible(one.field)} ({one.change})" if one.field else f"  {one.change}"
    for mark, text in (("-", one.before), ("+", one.after)):
        yield from (f"    {mark} {visible(part)}" for part in text.splitlines())


def _side_text(side: "Side", words: Words) -> str:
    from mlops_desktop.services.wording import say_day

    as_at = say_day(side.evidence.facts.as_of.as_at.isoformat(), words.language)
    outcome = words.text(f"dossier.verdict.{side.verdict.outcome.value}")
    return f"{side.path} · {as_at} · {outcome}"
