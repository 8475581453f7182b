"""The report to the board as it is printed: short, the same in both languages, tagged, a draft."""

import re
from collections import Counter
from io import BytesIO

import pikepdf
import pytest
from pypdfium2 import PdfDocument

from mlops_desktop.dossier.board import build_board
from mlops_desktop.dossier.evidence import facts_digest
from mlops_desktop.dossier.verify import verify
from mlops_desktop.services.wording import read_words
from tests.dossier.board import board

_FIGURES = re.compile(r"\d+")


@pytest.fixture(scope="module")
def printed() -> dict[str, bytes]:
    return {one: build_board(board(one), read_words(one)) for one in ("en", "de")}


def _pages(pdf: bytes) -> list[str]:
    with PdfDocument(pdf) as opened:
        return [page.get_textpage().get_text_bounded() for page in opened]


def test_it_is_two_to_four_pages_however_much_there_is(printed: dict[str, bytes]) -> None:
    assert {one: 2 <= len(_pages(pdf)) <= 4 for one, pdf in printed.items()} == {
        "en": True,
        "de": True,
    }


def test_both_languages_have_the_same_facts_and_figures(printed: dict[str, bytes]) -> None:
    assert facts_digest(board("en").facts) == facts_digest(board("de").facts)
    counted = {}
    for language, pdf in printed.items():
        told = "\n".join(_pages(pdf)).replace("\u200b", "")
        told = re.sub(r"(?m)^.*(Document|Dokument|Page|Seite) .*$", "", told)
        counted[language] = _figures(told, language)
    assert counted["en"].total() > 150
    assert counted["en"] == counted["de"]


def _figures(told: str, language: str) -> Counter[str]:
    """Return every figure; a day is one, however a language writes it."""
    days = {"en": r"\d{1,2}\s+[A-Z][a-z]{2,3}\s+\d{4}", "de": r"\d{2}\.\d{2}\.\d{4}"}[language]
    plain, number = re.subn(days, " ", told)
    return Counter({**Counter(_FIGURES.findall(plain)), "days": number})


def test_it_is_a_tagged_draft_with_its_facts_inside(printed: dict[str, bytes]) -> None:
    for language, pdf in printed.items():
        with pikepdf.open(BytesIO(pdf)) as opened:
            assert opened.Root.MarkInfo.Marked
            assert str(opened.Root.Lang) == language
            assert "evidence.json" in opened.attachments
            tags = [str(one.S) for one in opened.objects if _is_figure(one)]
            assert len(tags) == 2
            told = [str(one.Alt) for one in opened.objects if _is_figure(one)]
            assert all(re.search(r"\d", one) for one in told)
        verdict = verify(pdf)
        assert verdict.outcome.value == "not_a_dossier"


def _is_figure(found: pikepdf.Object) -> bool:
    return isinstance(found, pikepdf.Dictionary) and found.get("/S") == pikepdf.Name.Figure
