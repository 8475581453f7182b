"""The parts of a bundle, in order: from the shelf where they were printed before."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

from mlops_desktop.core.work import Work
from mlops_desktop.dossier import evidence
from mlops_desktop.dossier.bundle.printing import of_its_own, print_part
from mlops_desktop.dossier.bundle.shapes import BoundPart, PrintedPart
from mlops_desktop.dossier.bundle.shelf import PartShelf
from mlops_desktop.dossier.content import Document, DossierContent
from mlops_desktop.dossier.language import Language
from mlops_desktop.dossier.typeset import lines as lines_of_text

#: After so many parts the circles are collected that setting pages leaves behind.
_COLLECTED = 8


def print_parts(
    content: DossierContent, language: Language, work: Work, shelf: PartShelf | None = None
) -> tuple[BoundPart, ...]:
    """Return every part; raises ``dossier.cancelled``."""
    if content.bundle is None:
        return ()
    kept = shelf if shelf is not None else PartShelf()
    named, lines = content.facts.model_parts, content.bundle.facts
    parts = []
    for number, (one, line) in enumerate(zip(named, lines, strict=True), 1):
        work.tell("dossier.setting_part", number, len(lines))
        with uncollected():
            printed = _printed(line, content.document, language, kept)
        parts.append(BoundPart(f"{one.model_id} {one.model_name}", printed))
        if not number % _COLLECTED:
            lines_of_text.forget()
            _collect()
    kept.tidy()
    return tuple(parts)


def _printed(line: bytes, document: Document, language: Language, shelf: PartShelf) -> PrintedPart:
    own = of_its_own(evidence.decode_facts(line))
    told = evidence.encode_facts(own)
    found = shelf.find(told, language.code)
    if found is not None:
        return found
    printed = print_part(document, own, language)
    shelf.keep(told, language.code, printed)
    return printed


def _collect() -> None:
    # Whoever holds the search back, as the window does, searches on his own thread.
    if gc.isenabled():
        gc.collect()


@contextmanager
def uncollected() -> Iterator[None]:
    """Let the collector rest while pages are set: it costs a third and frees nothing."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
