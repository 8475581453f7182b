"""Whether the pages print what the embedded facts say: they are printed again and compared.

Who holds the key of the seal could seal other pages than the facts make. The same template prints
the same facts to the same bytes, so a page that differs is found. Pages by another template, of
many models, or with a picture on the cover are not or not wholly compared, and it says so.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from io import BytesIO
from itertools import zip_longest
from typing import TypeAlias, TypeGuard

import pikepdf

from mlops_desktop.core.errors import AppError
from mlops_desktop.core.wording import Words
from mlops_desktop.dossier import reading
from mlops_desktop.dossier.build import build
from mlops_desktop.dossier.case import Case, opened_of
from mlops_desktop.dossier.content import DossierContent, Scope
from mlops_desktop.dossier.evidence import Evidence
from mlops_desktop.dossier.render import read_text, render_pages
from mlops_desktop.dossier.template import template_of
from mlops_desktop.dossier.verdict import Check, Outcome, Step, failed, passed

Wording: TypeAlias = Callable[[str], Words]

_MOST_PAGES = 500
_DPI = 40


def check_pages(case: Case, wording: Wording) -> Check:
    """(10) The pages are those that this program prints from the embedded facts."""
    found = case.evidence
    if found is None:
        return _not_compared("not_run")
    reader, generator = opened_of(case).reader, found.document.generator
    if found.document.scope is not Scope.MODEL:
        return _not_compared("pages_of_many")
    if opened_of(case).pages > _MOST_PAGES:
        return _not_compared("pages_too_many", most=_MOST_PAGES)
    words = wording(found.document.language)
    if reading.read_template(reading.read_metadata(reader)) != template_of(words):
        return _not_compared("pages_other_template", generator=generator[:100])
    return _compare(case, found, words)


def _not_compared(code: str, **parameters: str | int) -> Check:
    return Check(Step.PAGES, None, code, tuple(parameters.items()))


def _compare(case: Case, found: Evidence, words: Words) -> Check:
    content = DossierContent(found.document, found.facts, case.leaves)
    draft = _unsealed(case)
    try:
        printed = build(content, words)
        if printed == draft:
            return passed(Step.PAGES, "pages_same")
        logo = _logo_in(draft)
        printed = build(replace(content, logo=logo), words) if logo is not None else printed
    except AppError as fault:
        return failed(Step.PAGES, Outcome.CHANGED, "pages_unprintable", detail=fault.code)
    if printed == draft:
        return passed(Step.PAGES, "pages_same_with_logo")
    texts = ([one.split() for one in read_text(pdf)] for pdf in (draft, printed))
    odd = _first_odd(*texts)
    if odd is not None:
        return failed(Step.PAGES, Outcome.CHANGED, "pages_differ", page=odd)
    pictures = ((one.png for one in render_pages(pdf, dpi=_DPI)) for pdf in (draft, printed))
    odd = _first_odd(*pictures)
    if odd is not None:
        return failed(Step.PAGES, Outcome.CHANGED, "pages_look_otherwise", page=odd)
    return passed(Step.PAGES, "pages_look_same")


def _unsealed(case: Case) -> bytes:
    """Return the file as it was before the seal."""
    end = opened_of(case).reader.xrefs.get_xref_container_info(0).end_location
    return case.pdf[: case.pdf.index(b"%%EOF", end) + 6]


def _logo_in(pdf: bytes) -> bytes | None:
    """Return the only picture of the cover as PNG: a logo, which says nothing and is no fact."""
    with pikepdf.open(BytesIO(pdf)) as opened:
        drawn = opened.pages[0].resources.get("/XObject", pikepdf.Dictionary())
        pictures = [one for _, one in drawn.items() if _is_picture(one)]
        if len(pictures) != 1:
            return None
        out = BytesIO()
        pikepdf.PdfImage(pictures[0]).as_pil_image().save(out, "PNG")
        return out.getvalue()


def _is_picture(drawn: object) -> "TypeGuard[pikepdf.Stream]":
    return isinstance(drawn, pikepdf.Stream) and drawn.get("/Subtype") == pikepdf.Name.Image


def _first_odd(one: Iterable[object], other: Iterable[object]) -> int | None:
    """Return the number of the first page that differs, from 1."""
    pairs = enumerate(zip_longest(one, other), 1)
    return next((number for number, (left, right) in pairs if left != right), None)
