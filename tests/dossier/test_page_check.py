"""Whoever holds the key of the seal cannot seal pages that say otherwise than the facts."""

from collections.abc import Callable
from dataclasses import replace
from io import BytesIO

import pikepdf
import pytest
from PIL import Image

from mlops_desktop.core.wording import Words
from mlops_desktop.dossier import build as building
from mlops_desktop.dossier.archive import archive
from mlops_desktop.dossier.attachments import attach
from mlops_desktop.dossier.build import build
from mlops_desktop.dossier.checklist import checklist
from mlops_desktop.dossier.content import DossierContent
from mlops_desktop.dossier.language import Language
from mlops_desktop.dossier.pages.press import print_pages
from mlops_desktop.dossier.pages.sheet import Sheet
from mlops_desktop.dossier.seal import seal
from mlops_desktop.dossier.template import template_of
from mlops_desktop.dossier.verdict import Check, Outcome, Step
from mlops_desktop.dossier.verify import verify
from mlops_desktop.outside.credentials import Credential
from mlops_desktop.services.wording import read_words
from tests.dossier.conftest import NOW, STATEMENT
from tests.dossier.sample import SERIES, content, with_facts
from tests.dossier.tampering import prepared


def asked(pdf: bytes, roots: bytes) -> Check:
    verdict = verify(pdf, roots, NOW, wording=read_words)
    (found,) = (one for one in verdict.checks if one.step is Step.PAGES)
    assert (verdict.outcome is Outcome.VALID) == (found.ok is not False)
    return found


@pytest.mark.parametrize("language", ["en", "de"])
def test_an_honest_dossier_is_printed_again_byte_for_byte(
    language: str, signer: Credential, roots: bytes
) -> None:
    words = read_words(language)
    sealed = seal(build(content(language), words), signer, STATEMENT, words)
    assert asked(sealed, roots).code == "pages_same"


def test_countersigned_it_is_too(both: bytes, roots: bytes) -> None:
    assert asked(both, roots).code == "pages_same"


def test_a_logo_is_no_fact(signer: Credential, english: Words, roots: bytes) -> None:
    out = BytesIO()
    Image.linear_gradient("L").convert("RGBA").resize((90, 40)).save(out, "PNG")
    wanted = replace(content("en"), logo=out.getvalue())
    sealed = seal(build(wanted, english), signer, STATEMENT, english)
    assert asked(sealed, roots).code == "pages_same_with_logo"


def printed_otherwise(base: DossierContent, shown: DossierContent, words: Words) -> bytes:
    """The pages of other facts, with the facts of ``base`` inside and all digests right."""
    language = Language(words)
    files = (*attach(base), *checklist(base.facts, language))
    sheet = Sheet(base.document, shown.facts, language, files)
    about = building._describe(Sheet(base.document, base.facts, language, files))
    return archive(print_pages(sheet), files, about)


def _other_figure(base: DossierContent) -> DossierContent:
    first = SERIES[0]
    points = (*first.points[:-1], replace(first.points[-1], value="0.712"))
    return with_facts(base, series=(replace(first, points=points), *SERIES[1:]))


def _fewer_findings(base: DossierContent) -> DossierContent:
    return with_facts(base, chapters=())


@pytest.mark.parametrize("change", [_other_figure, _fewer_findings])
def test_pages_of_other_facts_are_seen_under_a_good_seal(
    change: Callable[[DossierContent], DossierContent],
    signer: Credential,
    english: Words,
    roots: bytes,
) -> None:
    base = content("en")
    pdf = seal(printed_otherwise(base, change(base), english), signer, STATEMENT, english)
    assert verify(pdf, roots, NOW).outcome is Outcome.VALID
    found = asked(pdf, roots)
    assert (found.code, found.outcome) == ("pages_differ", Outcome.CHANGED)


def _painted(pdf: pikepdf.Pdf) -> None:
    """White over a part of a page: the text below is still copied out."""
    page = pdf.pages[4].obj
    white = pdf.make_stream(b"q 1 1 1 rg 60 200 480 500 re f Q")
    page.Contents = pikepdf.Array([page.Contents, white])


def test_a_page_painted_over_is_seen(
    draft: bytes, signer: Credential, english: Words, roots: bytes
) -> None:
    pdf = seal(prepared._changed(draft, _painted), signer, STATEMENT, english)
    found = asked(pdf, roots)
    assert (found.code, dict(found.parameters)) == ("pages_look_otherwise", {"page": 5})


def test_what_is_hidden_and_not_shown_looks_the_same(
    draft: bytes, signer: Credential, english: Words, roots: bytes
) -> None:
    """It can never be brought out: no later revision may (tests/dossier/test_attacks.py)."""
    pdf = seal(prepared.overlay(draft), signer, STATEMENT, english)
    assert asked(pdf, roots).code == "pages_look_same"


def test_another_template_is_said_and_no_alarm(
    signer: Credential, english: Words, roots: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("mlops_desktop.dossier.build.template_of", lambda _: "0" * 64)
        sealed = seal(build(content("en"), english), signer, STATEMENT, english)
    found = asked(sealed, roots)
    assert (found.ok, found.code) == (None, "pages_other_template")
    for words in (english, read_words("de")):
        said = found.detail(words)
        assert "MLOps Desktop 0.1.0" in said
        assert "version" not in said, "another build may be of the same one"
        assert (said[0].isupper(), said[-1]) == (True, ".")


def test_a_template_differs_by_language_and_wording(english: Words, german: Words) -> None:
    other = replace(english, sentences={**english.sentences, "dossier.furniture.page": "p"})
    assert len({template_of(one) for one in (english, german, other)}) == 3
    assert template_of(english) == template_of(replace(english))
