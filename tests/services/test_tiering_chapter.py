"""The chapter on the tier: what it says, in words of both languages, on paper."""

from datetime import timedelta
from pathlib import Path

import pypdfium2
import pytest

from mlops_desktop.core import clock
from mlops_desktop.core.asof import NOW
from mlops_desktop.dossier.content import Chapter, Kind, Missing, Value
from mlops_desktop.dossier.language import Language
from mlops_desktop.services import dossiers, models, tiering
from mlops_desktop.services.dossiers import Order
from mlops_desktop.services.dossiers.chapters.tiering import build
from mlops_desktop.services.wording import LANGUAGES, read_words
from tests.services.conftest import Bank
from tests.services.steps import bring_in, register
from tests.services.test_tier_templates import written

SIGNER = "Jonas Brandt"


@pytest.fixture
def rated(file_bank: Bank, tmp_path: Path) -> Bank:
    """A model whose tier was typed, assessed and overridden."""
    session = file_bank.session
    register(file_bank)
    bring_in(file_bank, written(tmp_path), "small")
    tiering.assess_tier(session, "1", "small", {"large": "low", "hard": "low"}, reason="jährlich")
    until = clock.today() + timedelta(days=20)
    tiering.override_tier(session, "1", 2, "Neue Verwendung geplant", until)
    return file_bank


def chapter(bank: Bank) -> Chapter:
    sheet = models.show_model(bank.session, "1")
    with bank.session.workspace.read() as view:
        return build(view, sheet, NOW)


def test_every_name_and_code_of_the_chapter_has_words(rated: Bank) -> None:
    found = chapter(rated)
    assert not isinstance(found.parts, Missing)
    wanted = {f"section.{found.name}", f"{found.name}.lead"}
    values: list[Value] = []
    for part in found.parts:
        wanted.add(f"part.{part.name}")
        wanted |= {f"field.{item.name}" for item in part.fields}
        wanted |= {f"column.{name}" for name in (part.grid.columns if part.grid else ())}
        cells = [item.values for item in part.fields]
        cells += [cell for row in (part.grid.rows if part.grid else ()) for cell in row]
        values += [value for cell in cells if not isinstance(cell, Missing) for value in cell]
    wanted |= {f"codes.{value.text}" for value in values if value.kind is Kind.CODE}
    assert "codes.tier_basis.overridden" in wanted
    assert "codes.tier_rose" in wanted
    for language in LANGUAGES:
        words = read_words(language)
        assert {name for name in wanted if f"dossier.{name}" not in words} == set()


def test_a_text_of_the_record_is_printed_in_the_language_of_the_dossier() -> None:
    value = (Value(Kind.BILINGUAL, "How large?\nWie groß?"),)
    assert [Language(read_words(name)).values(value) for name in ("en", "de")] == [
        "How large?",
        "Wie groß?",
    ]


def test_a_model_without_a_tier_says_so(file_bank: Bank) -> None:
    models.register_model(file_bank.session, {"name": "Neu"})
    assert isinstance(chapter(file_bank).parts, Missing)


def test_the_chapter_is_printed(rated: Bank, tmp_path: Path) -> None:
    out = tmp_path / "dossier.pdf"
    dossiers.export_dossier(rated.as_(SIGNER), Order("1", out, "de"), rated.unlock(SIGNER))
    with pypdfium2.PdfDocument(out) as pdf:
        printed = " ".join(page.get_textpage().get_text_range() for page in pdf)
    for text in ("Antworten und Punkte", "Wie large?", "Neue Verwendung geplant", "1 → 4", "4 → 2"):
        assert text in printed
