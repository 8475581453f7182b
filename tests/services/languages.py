"""A dossier in both languages: what each holds, and which figures and days each prints."""

import re
from collections import Counter
from dataclasses import fields, replace
from pathlib import Path

import pypdfium2

from mlops_desktop.core.asof import AsOf
from mlops_desktop.dossier.build import build
from mlops_desktop.dossier.content import (
    Chapter,
    DossierContent,
    Facts,
    Field,
    Grid,
    Kind,
    Part,
    Value,
)
from mlops_desktop.dossier.render import read_text
from mlops_desktop.services.dossiers.export import Order, gather_content
from mlops_desktop.services.session import Session
from mlops_desktop.services.wording import read_words
from mlops_desktop.store.queries import people
from tests.dossier.printing import FOOT, days, figures, without_digits


def contents_of(session: Session, model: str, as_of: AsOf) -> dict[str, DossierContent]:
    """Return what the dossier of a model holds in English and in German, at one moment."""
    found = {}
    with session.workspace.read() as view:
        person = people.get_person(view.connection, session.actor.person)
        for language in ("en", "de"):
            order = Order(model, Path("unwritten.pdf"), language, as_of)
            found[language] = gather_content(session, view, order, person)[0].content
    return found


def printed(content: DossierContent) -> tuple[Counter[str], Counter[str]]:
    """Return the days and the figures printed of facts, as a program reads them.

    Texts that are printed as they are written hold no digits here; page numbers are left out.
    """
    plain = without_digits(_without_pages(content))
    assert isinstance(plain, DossierContent)
    language = plain.document.language
    words = read_words(language)
    document = replace(plain.document, generator="MLOps Desktop", classification="Internal")
    pdf = build(replace(plain, document=document), words)
    shown = _between(pdf, *(words.text(f"dossier.section.{name}") for name in _ENDS))
    plain_text = _PARAGRAPH.sub("§", shown)
    return Counter(days(shown, language)), Counter(figures(plain_text, language))


def _without_pages(thing: object) -> object:
    """Return content whose references to sections are their names: no fact has a page."""
    if isinstance(thing, Value):
        return replace(thing, kind=Kind.TEXT) if thing.kind is Kind.PAGE else thing
    if isinstance(thing, tuple):
        return tuple(_without_pages(one) for one in thing)
    if isinstance(thing, DossierContent | Facts | Chapter | Part | Grid | Field):
        parts = {one.name: _without_pages(getattr(thing, one.name)) for one in fields(thing)}
        return type(thing)(**parts)  # type: ignore[arg-type]
    return thing


_PARAGRAPH = re.compile(r"(?<![\d.])\d\.\d\.\d(?![\d.])")
#: Before them stand contents with page numbers, which no fact has; after them what is embedded.
_ENDS = ("document_control", "attachments")


def _between(pdf: bytes, first: str, last: str) -> str:
    """Return what is printed from one section to another, without what stands on every page."""
    pages, places = read_text(pdf), []
    for entry in pypdfium2.PdfDocument(pdf).get_toc():
        title = " ".join(entry.get_title().split())
        if entry.level == 0 and title.partition(" ")[2] in {first, last}:
            dest = entry.get_dest()
            assert dest is not None
            places.append((dest.get_index(), title))
    (start, opening), (end, closing) = places
    kept = [FOOT.sub("", " ".join(page.split())) for page in pages[start : end + 1]]
    kept[-1] = kept[-1][: kept[-1].rindex(closing)]
    kept[0] = kept[0][kept[0].index(opening) :]
    return " ".join(kept)
